package cn.mingmian.law;

import cn.mingmian.law.rules.DutyRule;
import cn.mingmian.law.rules.Requirement;
import cn.mingmian.law.rules.Rule;
import cn.mingmian.law.rules.Situation;
import cn.mingmian.law.rules.Text;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The content hash of a rulebook: the words of every rule, and what its conditions answer in a
/// fixed series of situations, since a condition is code and has no words to hash.
final class RulebookVersion {
  private final MessageDigest hash = sha256();

  private RulebookVersion() {}

  static String of(List<Rule> rules) {
    RulebookVersion version = new RulebookVersion();
    rules.forEach(version::add);
    version.addAnswers(rules);
    return HexFormat.of().formatHex(version.hash.digest());
  }

  private void add(Rule rule) {
    add(rule.id(), rule.citation(), rule.liability());
    add(
        String.valueOf(rule.instrument().from()),
        String.valueOf(rule.instrument().to()),
        rule.instrument().authority().name(),
        String.valueOf(rule.province()),
        String.valueOf(rule.bindsHouseholds()));
    for (Requirement r : rule.requirements()) {
      add(r.verbs().toString());
      add(r.scope());
      add("needs", r.needs(), r.why());
      add(r.remedy());
    }
    for (DutyRule d : rule.duties()) {
      add(d.kind().name(), d.verbs().toString(), d.with().name());
      add(d.scope());
    }
  }

  private void addAnswers(List<Rule> rules) {
    for (Situation sample : Situations.samples()) {
      for (Rule rule : rules) {
        for (Requirement r : rule.requirements()) {
          hash.update((byte) r.applies().in(sample).ordinal());
          hash.update((byte) r.holds().in(sample).ordinal());
        }
        for (DutyRule d : rule.duties()) {
          hash.update((byte) (d.arises().test(sample) ? 1 : 0));
        }
      }
    }
  }

  private void add(String word, Text one, Text other) {
    add(word);
    add(one);
    add(other);
  }

  private void add(@Nullable Text text) {
    if (text == null) add("-");
    else add(text.zh(), text.en());
  }

  private void add(String... words) {
    for (String word : words) {
      hash.update(word.getBytes(StandardCharsets.UTF_8));
      hash.update((byte) 0);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
