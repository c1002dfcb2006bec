package cn.mingmian.law;

import cn.mingmian.law.facts.FactField;
import cn.mingmian.law.facts.Facts;
import cn.mingmian.law.facts.FactsReader;
import cn.mingmian.law.facts.Truth;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Random situations near real ones: a base that is in order, with some facts changed. Prints its
/// seed; `-Dseed=N` runs the same again.
final class RandomFacts {
  final long seed;
  final Random random;
  private final List<Facts> bases = new ArrayList<>();

  RandomFacts(String test) {
    seed = Long.getLong("seed", System.nanoTime());
    random = new Random(seed);
    System.out.printf("%s: seed %d%n", test, seed);
    Map<String, byte[]> files = CaseFiles.in(CaseFiles.ours().resolve("base"));
    files
        .values()
        .forEach(bytes -> bases.add(FactsReader.read(new String(bytes, StandardCharsets.UTF_8))));
  }

  List<Facts> bases() {
    return bases;
  }

  /// A base with up to `most` facts changed or taken away.
  Facts near(int most) {
    Facts facts = bases.get(random.nextInt(bases.size()));
    for (int i = random.nextInt(most + 1); i > 0; i--) {
      FactField field = FactField.ALL.get(random.nextInt(FactField.ALL.size()));
      facts = field.with(facts, another(field, facts));
    }
    return facts;
  }

  /// Some value for a field, or nothing where it may be absent.
  @Nullable Object another(FactField field, Facts facts) {
    if (field.isOptional() && random.nextInt(6) == 0) return null;
    return switch (field.type()) {
      case TRUTH -> Truth.of(random.nextBoolean());
      case ONE -> field.values().get(random.nextInt(field.values().size()));
      case SEVERAL -> {
        List<Object> some = new ArrayList<>();
        for (Object value : field.values()) if (random.nextInt(3) > 0) some.add(value);
        yield Set.copyOf(some);
      }
      case TEXT ->
          List.of("n7", "n8", "Head office", "Dongshan Insurance", " ").get(random.nextInt(5));
      case DAY ->
          random.nextBoolean()
              ? LocalDate.of(2005 + random.nextInt(22), 1 + random.nextInt(12), 1)
              : LocalDate.of(2026, 3, 1).plusDays(random.nextInt(20));
      case MOMENT ->
          field.pointer().equals("/at")
              ? Instant.parse("2019-06-01T00:00:00Z").plusSeconds(86_400L * random.nextInt(2_900))
              : facts.at().plusSeconds(3_600L * (random.nextInt(2_000) - 1_000));
      case NUMBER ->
          field.most() < 10
              ? random.nextInt(field.most() + 1)
              : List.of(0, 1, 30, 365, 10_000, 10_001, 99_999, 100_000).get(random.nextInt(8));
    };
  }
}
