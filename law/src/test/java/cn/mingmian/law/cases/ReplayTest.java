package cn.mingmian.law.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.mingmian.law.Decision;
import cn.mingmian.law.Rulebook;
import cn.mingmian.law.cases.Changelog.Entry;
import cn.mingmian.law.cases.Changelog.Release;
import cn.mingmian.law.facts.Facts;
import cn.mingmian.law.facts.MalformedFactsException;
import cn.mingmian.law.facts.Verb;
import cn.mingmian.law.rules.Text;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReplayTest {
  private static final Rulebook TODAY = Rulebook.standard();
  private static final Facts FACTS =
      Facts.of(Instant.parse("2026-05-12T01:30:00Z"), Verb.VERIFY).build();

  /// The rulebook of another day: a rule shorter.
  private static final Rulebook EARLIER =
      Rulebook.of(
          TODAY.rules().stream().filter(rule -> !rule.id().equals("PIPL/28")).toList(),
          TODAY.instruments());

  @Test
  void the_changelog_begins_with_the_rulebook_of_this_program() {
    assertThat(Changelog.standard().releases().getFirst().version())
        .as(
            "the rulebook answers otherwise than before: put its version and what changed at the"
                + " head of rulebook-changes.json, and a line with § into CHANGELOG.md")
        .isEqualTo(TODAY.version());
    assertThat(Changelog.standard().releases())
        .isSortedAccordingTo((a, b) -> b.date().compareTo(a.date()))
        .extracting(Release::version)
        .doesNotHaveDuplicates();
  }

  @Test
  void the_changelog_names_rules_that_there_are_or_were() {
    for (Release release : Changelog.standard().releases()) {
      for (Entry entry : release.entries()) {
        assertThat(entry.rules()).allSatisfy(id -> assertThat(id).matches("[A-Z0-9-]+/[0-9a-z.]+"));
      }
    }
  }

  @Test
  void a_decision_of_this_rulebook_comes_out_the_same_from_its_file() {
    StoredDecision stored = StoredDecision.of(TODAY.decide(FACTS));
    StoredDecision read = StoredDecision.read(stored.write().getBytes(StandardCharsets.UTF_8));
    assertThat(read).isEqualTo(stored);
    Replay replay = Replay.of(read, TODAY, Changelog.standard());
    assertThat(replay.result()).isEqualTo(Replay.Result.SAME);
    assertThat(replay.changes()).contains(List.of());
  }

  @Test
  void a_decision_of_an_older_rulebook_is_explained_by_the_change_of_its_rules() {
    Decision then = EARLIER.decide(FACTS);
    Entry added = entry("PIPL/28");
    Entry other = entry("NDSR/22");
    Changelog log = changelog(List.of(added, other), EARLIER.version());
    Replay replay = Replay.of(StoredDecision.of(then), TODAY, log);
    assertThat(replay.result()).isEqualTo(Replay.Result.EXPLAINED);
    assertThat(replay.differences()).hasSize(1);
    Replay.Difference difference = replay.differences().getFirst();
    assertThat(difference.what()).isEqualTo("PIPL/28");
    assertThat(difference.then()).isEqualTo(Replay.NOTHING);
    assertThat(difference.now()).isEqualTo("VIOLATED NOT_ESTABLISHED");
    assertThat(difference.because()).containsExactly(added);
  }

  @Test
  void a_difference_that_no_entry_touches_is_not_explained_away() {
    Decision then = EARLIER.decide(FACTS);
    Changelog silent = changelog(List.of(entry("NDSR/22")), EARLIER.version());
    assertThat(Replay.of(StoredDecision.of(then), TODAY, silent).result())
        .isEqualTo(Replay.Result.UNEXPLAINED);
    Replay unlisted = Replay.of(StoredDecision.of(then), TODAY, Changelog.standard());
    assertThat(unlisted.changes()).isEmpty();
    assertThat(unlisted.result()).isEqualTo(Replay.Result.UNEXPLAINED);
  }

  @Test
  void another_outcome_is_told_first_with_what_led_to_it() {
    Facts erase = FACTS.but().operation(o -> o.verb(Verb.ERASE)).build();
    String decision = StoredDecision.of(TODAY.decide(erase)).text();
    String before =
        decision.replace("\"VIOLATED\"", "\"SATISFIED\"").replace("\"REFUSE\"", "\"PERMIT\"");
    assertThat(before).isNotEqualTo(decision);
    Entry all = new Entry(Set.of(), new Text("全部", "all"));
    StoredDecision then = StoredDecision.of(erase, before.replace(TODAY.version(), "0".repeat(64)));
    Replay replay = Replay.of(then, TODAY, changelog(List.of(all), "0".repeat(64)));
    assertThat(replay.result()).isEqualTo(Replay.Result.EXPLAINED);
    assertThat(replay.differences().getFirst().what()).isEqualTo(StoredDecision.OUTCOME);
    assertThat(replay.differences().getFirst().then()).isEqualTo("PERMIT");
    assertThat(replay.differences().getFirst().because()).containsExactly(all);
  }

  @Test
  void a_record_that_was_tampered_with_is_told_even_in_its_words() {
    StoredDecision stored = StoredDecision.of(TODAY.decide(FACTS));
    String turned = stored.text().replace("\"REFUSE\"", "\"PERMIT\"");
    assertThat(Replay.of(StoredDecision.of(FACTS, turned), TODAY, Changelog.standard()).result())
        .isEqualTo(Replay.Result.UNEXPLAINED);
    String reworded = stored.text().replace("PIPL, art. 28", "PIPL, art. 29");
    assertThat(reworded).isNotEqualTo(stored.text());
    Replay words = Replay.of(StoredDecision.of(FACTS, reworded), TODAY, Changelog.standard());
    assertThat(words.result()).isEqualTo(Replay.Result.UNEXPLAINED);
    assertThat(words.differences().getFirst().what()).isEqualTo("words");
  }

  @Test
  void a_malformed_file_is_told_with_its_place() {
    String facts =
        "\"facts\":{\"at\":\"2026-05-12T09:30:00+08:00\",\"operation\":{\"verb\":\"ERASE\"}}";
    refuses("[]", "", "an object");
    refuses("{}", "/facts", "the facts judged");
    refuses("{" + facts + "}", "/decision", "the decision taken");
    refuses("{" + facts + ",\"decision\":{}}", "/decision/outcome", "text");
    refuses(
        "{" + facts + ",\"decision\":{\"outcome\":\"PERMIT\"}}", "/decision/findings", "an array");
    refuses(
        "{" + facts + ",\"decision\":{\"outcome\":\"PERMIT\",\"findings\":[7],\"duties\":[]}}",
        "/decision/findings",
        "an object");
    refuses("{\"facts\":{\"at\":\"2026\"},\"decision\":{}}", "/at", "");
  }

  private static void refuses(String json, String pointer, String expected) {
    assertThatThrownBy(() -> StoredDecision.read(json.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOfSatisfying(
            MalformedFactsException.class,
            fault -> {
              assertThat(fault.pointer()).isEqualTo(pointer);
              assertThat(fault.expected()).contains(expected);
            });
  }

  private static Entry entry(String rule) {
    return new Entry(Set.of(rule), new Text("修改", "changed"));
  }

  private static Changelog changelog(List<Entry> newest, String before) {
    return new Changelog(
        List.of(
            new Release(TODAY.version(), LocalDate.of(2027, 1, 1), newest),
            new Release(before, LocalDate.of(2026, 1, 1), List.of())));
  }
}
