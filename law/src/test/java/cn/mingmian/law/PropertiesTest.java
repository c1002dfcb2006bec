package cn.mingmian.law;

import static org.assertj.core.api.Assertions.assertThat;

import cn.mingmian.law.cases.StoredDecision;
import cn.mingmian.law.facts.Activity;
import cn.mingmian.law.facts.FactField;
import cn.mingmian.law.facts.Facts;
import cn.mingmian.law.facts.Ground;
import cn.mingmian.law.facts.Pack;
import cn.mingmian.law.facts.Place;
import cn.mingmian.law.facts.ProcessorKind;
import cn.mingmian.law.facts.Truth;
import cn.mingmian.law.facts.Unsafe;
import cn.mingmian.law.facts.Verb;
import cn.mingmian.law.facts.Zone;
import cn.mingmian.law.rules.Rule;
import cn.mingmian.law.rules.Situation;
import cn.mingmian.law.rules.Verbs;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What must hold of every situation, tried on random ones near real ones.
class PropertiesTest {
  private static final Rulebook BOOK = Rulebook.standard();
  private static final int TRIES = Integer.getInteger("tries", 25_000);
  private static final Instant PIPL = Instant.parse("2021-10-31T16:00:00Z");

  @Test
  void losing_or_worsening_a_fact_never_turns_a_refusal_into_a_permit() {
    RandomFacts random = new RandomFacts("losing or worsening");
    int tried = 0;
    for (int i = 0; i < TRIES; i++) {
      Facts facts = random.near(4);
      if (BOOK.verdict(facts).outcome() != Outcome.REFUSE) continue;
      for (FactField field : FactField.ALL) {
        if (isAnotherGround(field, facts)) continue;
        for (Facts worse : worse(field, facts)) {
          tried++;
          assertThat(BOOK.verdict(worse).outcome())
              .as("seed %d: %s of %s", random.seed, field.pointer(), facts)
              .isEqualTo(Outcome.REFUSE);
        }
      }
    }
    assertThat(tried).isGreaterThan(TRIES);
  }

  /// Before the PIPL no rule asked for a ground as such. A false claim dropped is not worse then:
  /// a good consent may stand where an emergency did not.
  private static boolean isAnotherGround(FactField field, Facts facts) {
    return field.pointer().equals("/basis/kind")
        && facts.at().isBefore(PIPL)
        && facts.basis().kind() != Ground.CONSENT;
  }

  /// What is worse than this at one field, as the table of fields has it.
  private static List<Facts> worse(FactField field, Facts facts) {
    Object value = field.of(facts);
    List<Facts> worse = new ArrayList<>();
    switch (field.unsafe()) {
      case FALSE -> worse.add(field.with(facts, Truth.NO));
      case TRUE -> worse.add(field.with(facts, Truth.YES));
      case FEWER -> {
        if (value instanceof Set<?> several) {
          for (Object one : several) {
            Set<Object> fewer = new HashSet<>(several);
            fewer.remove(one);
            worse.add(field.with(facts, fewer));
          }
        }
      }
      case LATER -> {
        if (value instanceof Instant when) worse.add(field.with(facts, when.plusSeconds(86_400)));
      }
      case EARLIER -> {
        if (value instanceof LocalDate day
            && day.isBefore(facts.at().atZone(Situation.SHANGHAI).toLocalDate())) {
          worse.add(field.with(facts, day.minusDays(200)));
        }
      }
      case LESS -> {
        if (value instanceof Integer number && number > 0) {
          worse.add(field.with(facts, number - 1));
        }
      }
      case MORE -> {
        if (value instanceof Integer number) worse.add(field.with(facts, number + 100_000));
      }
      case ADDED -> {
        if (value == null) happened(field, facts).forEach(v -> worse.add(field.with(facts, v)));
      }
      case LOST, EITHER, NONE -> {}
    }
    if (field.unsafe().isWorseWhenLost()) worse.add(field.with(facts, null));
    return worse;
  }

  /// What may have happened that was not told of. A day long past: a recent one would establish
  /// that a filing is still in time.
  private static List<Object> happened(FactField field, Facts facts) {
    return switch (field.type()) {
      case DAY -> List.of(LocalDate.of(2019, 1, 1));
      case MOMENT -> List.of(facts.at().minusSeconds(60));
      case ONE -> field.values();
      default -> throw new IllegalStateException(field.pointer());
    };
  }

  @Test
  void adding_a_pack_never_removes_a_violation() {
    RandomFacts random = new RandomFacts("adding packs");
    for (int i = 0; i < TRIES; i++) {
      Facts facts = random.near(6);
      List<String> before = BOOK.verdict(facts).violated();
      for (Pack pack : Pack.values()) {
        Set<Pack> more = EnumSet.of(pack);
        more.addAll(facts.packs());
        assertThat(BOOK.verdict(facts.but().packs(more).build()).violated())
            .as("seed %d: %s", random.seed, facts)
            .containsAll(before);
      }
    }
  }

  @Test
  void private_space_is_refused_whatever_else_is_true() {
    RandomFacts random = new RandomFacts("private space");
    List<Verb> verbs = List.copyOf(Verbs.SOMEWHERE);
    List<Place> places = List.of(Place.values()).subList(0, 9);
    Instant since = Instant.parse("2025-05-31T16:00:00Z");
    for (int i = 0; i < TRIES; i++) {
      Facts facts = random.near(12);
      Facts.Builder b = facts.but().at(since.plusSeconds(random.random.nextInt(100_000_000)));
      b.operation().verb(verbs.get(random.random.nextInt(verbs.size())));
      if (random.random.nextBoolean()) b.site().zone(Zone.PRIVATE_SPACE);
      else b.site().place(places.get(random.random.nextInt(places.size())));
      Verdict verdict = BOOK.verdict(b.build());
      assertThat(verdict.outcome())
          .as("seed %d: %s", random.seed, b.build())
          .isEqualTo(Outcome.REFUSE);
      assertThat(verdict.violated()).contains("VIDEO-REG/8.1");
    }
  }

  @Test
  void the_household_is_asked_for_the_place_and_the_court_alone() {
    RandomFacts random = new RandomFacts("household");
    for (int i = 0; i < TRIES; i++) {
      Facts.Builder b = random.near(12).but();
      b.processor().activity(Activity.HOUSEHOLD).kind(ProcessorKind.INDIVIDUAL);
      b.site().zone(Zone.HOME);
      assertThat(BOOK.verdict(b.build()).violated())
          .as("seed %d: %s", random.seed, b.build())
          .isSubsetOf("VIDEO-REG/8.1", "MEASURES-2025/13.2", "DRAFT-2023/6", "SPC-2021/9");
    }
  }

  @Test
  void the_short_answer_and_the_full_one_agree() {
    RandomFacts random = new RandomFacts("short and full");
    for (int i = 0; i < TRIES; i++) {
      Facts facts = random.near(8);
      Verdict verdict = BOOK.verdict(facts);
      Decision decision = BOOK.decide(facts);
      assertThat(decision.outcome()).isEqualTo(verdict.outcome());
      assertThat(decision.violated()).isEqualTo(verdict.violated());
      assertThat(decision.isPermitted()).isEqualTo(decision.violated().isEmpty());
    }
  }

  @Test
  void a_birthday_that_is_left_out_decides_nothing_but_what_the_age_class_does() {
    RandomFacts random = new RandomFacts("birthdays");
    for (int i = 0; i < TRIES / 5; i++) {
      Facts facts = random.near(6);
      LocalDate today = facts.at().atZone(Situation.SHANGHAI).toLocalDate();
      // Near a fourteenth or eighteenth birthday, where a day makes the difference.
      int years = random.random.nextBoolean() ? 14 : 18;
      LocalDate born = today.minusYears(years).plusDays(random.random.nextInt(5) - 2);
      facts = facts.but().person(p -> p.birthDate(born)).build();
      Decision decision = BOOK.decide(facts);
      StoredDecision told =
          StoredDecision.of(facts, DecisionWriter.write(decision)).withoutBirthday();
      assertThat(told.facts().person().birthDate())
          .isIn(today.minusYears(13), today.minusYears(14), today.minusYears(18));
      assertThat(DecisionWriter.write(BOOK.decide(told.facts())))
          .as("seed %d: born %s, %s", random.seed, born, facts)
          .isEqualTo(DecisionWriter.write(decision));
    }
  }

  @Test
  void the_order_of_rules_decides_nothing() {
    RandomFacts random = new RandomFacts("order of rules");
    List<Rule> shuffled = new ArrayList<>(BOOK.rules());
    Collections.shuffle(shuffled, random.random);
    Rulebook other = Rulebook.of(shuffled, BOOK.instruments());
    assertThat(other.version()).isEqualTo(BOOK.version());
    for (int i = 0; i < 5_000; i++) {
      Facts facts = random.near(8);
      assertThat(other.decide(facts)).isEqualTo(BOOK.decide(facts));
    }
  }

  @Test
  @Tag("slow")
  void every_field_changes_some_decision_or_is_carried_as_evidence() {
    RandomFacts random = new RandomFacts("fields read");
    Set<String> read = new HashSet<>();
    for (int i = 0; i < 400_000 && read.size() < FactField.ALL.size(); i++) {
      Facts facts = random.near(1);
      if (i % 2 == 0) facts = facts.but().packs(Pack.values()).build();
      for (FactField field : FactField.ALL) {
        if (read.contains(field.pointer())) continue;
        Facts other = field.with(facts, random.another(field, facts));
        if (!Objects.equals(field.of(other), field.of(facts)) && differs(facts, other, field)) {
          read.add(field.pointer());
        }
      }
    }
    assertThat(read)
        .containsExactlyInAnyOrderElementsOf(
            FactField.ALL.stream().map(FactField::pointer).toList());
  }

  private static boolean differs(Facts one, Facts other, FactField field) {
    Decision a = BOOK.decide(one);
    Decision b = BOOK.decide(other);
    if (field.unsafe() == Unsafe.NONE) {
      assertThat(a.violated()).isEqualTo(b.violated());
      return !evidence(a, field).equals(evidence(b, field));
    }
    return !a.violated().equals(b.violated()) || !a.duties().equals(b.duties());
  }

  private static List<@Nullable String> evidence(Decision decision, FactField field) {
    List<@Nullable String> values = new ArrayList<>();
    for (Finding finding : decision.findings()) {
      values.add(decision.evidence(finding).get(field.pointer()));
    }
    return values;
  }
}
