package cn.mingmian.law;

import cn.mingmian.law.facts.FactField;
import cn.mingmian.law.facts.Facts;
import cn.mingmian.law.facts.Truth;
import cn.mingmian.law.facts.Verb;
import cn.mingmian.law.rules.Situation;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A fixed series of situations, the same on every machine: [Random] is specified to the bit.
final class Situations {
  private static final int COUNT = 600;
  private static final long SEED = 20250601;
  private static final Instant AROUND = Instant.parse("2026-03-10T02:00:00Z");

  private Situations() {}

  static List<Situation> samples() {
    Random random = new Random(SEED);
    List<Situation> samples = new ArrayList<>();
    for (int i = 0; i < COUNT; i++) {
      Facts.Builder facts = Facts.of(AROUND, Verb.values()[i % Verb.values().length]);
      for (FactField field : FactField.ALL) {
        if (field.isOptional() && random.nextInt(8) > 0) {
          field.setter().accept(facts, value(field, random));
        }
      }
      samples.add(Situation.of(facts.build()));
    }
    return samples;
  }

  private static @Nullable Object value(FactField field, Random random) {
    return switch (field.type()) {
      case TRUTH -> Truth.of(random.nextInt(4) > 0);
      case ONE -> field.values().get(random.nextInt(field.values().size()));
      case SEVERAL -> {
        List<Object> some = new ArrayList<>();
        for (Object value : field.values()) if (random.nextInt(4) > 0) some.add(value);
        yield Set.copyOf(some);
      }
      case TEXT -> random.nextInt(3) > 0 ? "v1" : "v2";
      case DAY -> LocalDate.of(2005, 1, 1).plusDays(random.nextInt(8_000));
      case MOMENT -> AROUND.plusSeconds(86_400L * (random.nextInt(120) - 60));
      case NUMBER -> Math.min(field.most(), random.nextInt(200_000) >> random.nextInt(18));
    };
  }
}
