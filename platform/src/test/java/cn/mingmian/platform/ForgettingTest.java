package cn.mingmian.platform;

import static org.assertj.core.api.Assertions.assertThat;

import cn.mingmian.law.facts.Verb;
import cn.mingmian.platform.audit.EntryId;
import cn.mingmian.platform.audit.RecordedEntry;
import cn.mingmian.platform.consent.Consent;
import cn.mingmian.platform.enrol.Enrolled;
import cn.mingmian.platform.people.PersonId;
import cn.mingmian.platform.recognise.Identified;
import cn.mingmian.platform.recognise.Verified;
import cn.mingmian.platform.retention.Sweeper;
import cn.mingmian.platform.rights.Withdrawn;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is forgotten, and what is not: each consent carries what it names.
@SuppressWarnings("NullAway.Init")
class ForgettingTest {
  private static final String P01 = "images/p01/enrol.jpg";
  private static final String P01_AGAIN = "images/p01/day1.jpg";

  @TempDir Path data;
  private Gate gate;

  @BeforeEach
  void setUp() {
    gate = Gate.lawful(data);
  }

  @AfterEach
  void tearDown() {
    gate.close();
  }

  // ---- which consent carries what

  @Test
  void a_template_goes_with_the_consent_to_keeping_it_whatever_else_was_agreed_to() {
    PersonId person = gate.grownUp();
    Consent keeping =
        gate.consent(person, gate.act(List.of(), 2), Verb.CAPTURE, Verb.ENROL, Verb.VERIFY);
    gate.consent(person, gate.act(List.of(), 2), Verb.CAPTURE, Verb.IDENTIFY);
    enrol(person);
    assertThat(withdraw(keeping).erased()).isPresent();
    assertThat(gate.platform.people().storedPersons()).isZero();
  }

  @Test
  void who_withdraws_the_search_is_found_by_no_search_and_can_still_be_verified() {
    PersonId person = gate.grownUp();
    gate.consent(person, gate.act(List.of(), 2), Verb.CAPTURE, Verb.ENROL, Verb.VERIFY);
    gate.clock.forward(Duration.ofSeconds(1));
    Consent all = gate.consent(person);
    enrol(person);
    assertThat(searched()).isEqualTo(1);

    Withdrawn withdrawn = withdraw(all);
    assertThat(withdrawn.erased()).isEmpty();
    assertThat(withdrawn.restricted()).isEmpty();
    assertThat(searched()).isZero();
    assertThat(gate.verify(person, P01_AGAIN))
        .isInstanceOfSatisfying(
            Verified.Answered.class, answer -> assertThat(answer.matched()).isTrue());
    assertThat(gate.platform.sweeper().sweep().withdrawn()).isZero();
  }

  @Test
  void what_no_consent_lets_anybody_use_is_not_kept() {
    PersonId person = gate.grownUp();
    gate.consent(person, gate.act(List.of(), 2), Verb.CAPTURE, Verb.ENROL);
    Consent use = gate.consent(person, gate.act(List.of(), 2), Verb.CAPTURE, Verb.VERIFY);
    enrol(person);
    assertThat(withdraw(use).erased()).isPresent();
  }

  @Test
  void a_consent_that_is_found_to_be_forced_carries_nothing_and_the_sweeper_destroys() {
    PersonId person = gate.grownUp();
    Consent forced = gate.consent(person);
    enrol(person);
    gate.platform.consents().declareVoid(forced.id(), "投诉属实", Gate.HASH, Gate.AUTHOR);
    assertThat(gate.platform.sweeper().sweep().withdrawn()).isEqualTo(1);
    assertThat(gate.platform.people().storedPersons()).isZero();
  }

  // ---- passages

  @Test
  void after_seven_days_nothing_tells_any_more_who_passed_when() {
    PersonId person = gate.consenting();
    Enrolled.Done enrolled = (Enrolled.Done) gate.enrol(person, P01);
    Verified.Answered passage = (Verified.Answered) gate.verify(person, P01_AGAIN);
    EntryId decision = gate.platform.permits().find(passage.decision()).orElseThrow().entry();
    gate.clock.forward(Sweeper.PASSAGES_KEPT.plusSeconds(1));
    assertThat(gate.platform.sweeper().sweep().passages()).isPositive();

    assertThat(gate.platform.permits().find(passage.decision())).isEmpty();
    for (EntryId entry : List.of(passage.entry(), decision)) {
      RecordedEntry left = gate.platform.trail().find(entry).orElseThrow();
      assertThat(left.subject()).as(left.kind()).isEmpty();
      assertThat(left.preimage()).as(left.kind()).isEmpty();
      assertThat(left.salt()).as(left.kind()).isEmpty();
      assertThat(gate.platform.trail().receipt(entry)).isPresent();
    }
    // The enrolment is no passage: its evidence stays.
    assertThat(gate.platform.trail().find(enrolled.entry()).orElseThrow().subject())
        .contains(person.value());
  }

  private void enrol(PersonId person) {
    assertThat(gate.enrol(person, P01)).isInstanceOf(Enrolled.Done.class);
  }

  private Withdrawn withdraw(Consent consent) {
    return gate.platform.rights().withdraw(consent.id(), "portal");
  }

  private int searched() {
    return ((Identified.Answered) gate.identify(P01_AGAIN)).searched();
  }
}
