package cn.mingmian.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.mingmian.engine.ModelPack;
import cn.mingmian.engine.UseCase;
import cn.mingmian.law.cases.Replay;
import cn.mingmian.law.facts.Alternative;
import cn.mingmian.law.facts.Content;
import cn.mingmian.law.facts.Destination;
import cn.mingmian.law.facts.DeviceKind;
import cn.mingmian.law.facts.Installer;
import cn.mingmian.law.facts.Place;
import cn.mingmian.law.facts.Verb;
import cn.mingmian.law.facts.VideoClass;
import cn.mingmian.law.facts.Zone;
import cn.mingmian.platform.audit.Statements;
import cn.mingmian.platform.audit.TestBooks;
import cn.mingmian.platform.consent.Consent;
import cn.mingmian.platform.consent.GuardianshipId;
import cn.mingmian.platform.enrol.Capture;
import cn.mingmian.platform.enrol.Enrolled;
import cn.mingmian.platform.enrol.Unusable;
import cn.mingmian.platform.models.ModelOrigin;
import cn.mingmian.platform.orders.OrderDraft;
import cn.mingmian.platform.orders.OrderKind;
import cn.mingmian.platform.orders.Scope;
import cn.mingmian.platform.people.PersonId;
import cn.mingmian.platform.permit.Answer;
import cn.mingmian.platform.permit.Measured;
import cn.mingmian.platform.permit.Opened;
import cn.mingmian.platform.permit.Permit;
import cn.mingmian.platform.permit.PermitMisusedException;
import cn.mingmian.platform.permit.PermitMisusedException.Misuse;
import cn.mingmian.platform.permit.Question;
import cn.mingmian.platform.permit.Refusal;
import cn.mingmian.platform.permit.Session;
import cn.mingmian.platform.permit.Sessions.Opening;
import cn.mingmian.platform.permit.Step;
import cn.mingmian.platform.permit.Subject;
import cn.mingmian.platform.places.DeviceDraft;
import cn.mingmian.platform.places.SiteZoneId;
import cn.mingmian.platform.places.WayId;
import cn.mingmian.platform.places.WayTerms;
import cn.mingmian.platform.purposes.Terms;
import cn.mingmian.platform.recognise.Identified;
import cn.mingmian.platform.recognise.Verified;
import cn.mingmian.platform.records.Bilingual;
import cn.mingmian.platform.records.RejectedRecordException;
import cn.mingmian.platform.rights.ErasureCertificate;
import cn.mingmian.platform.rights.Withdrawn;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One lawful gate, and one thing wrong with it: each way to be refused, with its article.
@SuppressWarnings("NullAway.Init")
class RefusalTest {
  private static final String P01 = "images/p01/enrol.jpg";
  private static final String P01_AGAIN = "images/p01/day1.jpg";

  private Gate gate;

  @BeforeEach
  void setUp(@TempDir Path data) {
    gate = Gate.lawful(data);
  }

  @AfterEach
  void tearDown() {
    gate.close();
  }

  // ---- consent

  @Test
  void nobody_is_enrolled_without_consent() {
    assertThat(refusal(gate.enrol(gate.grownUp(), P01)))
        .contains("MEASURES-2025/6.1", "PIPL/29", "SPC-2021/2.3");
    assertThat(gate.platform.people().storedPersons()).isZero();
  }

  @Test
  void a_consent_bundled_with_the_property_contract_is_none() {
    PersonId person = gate.grownUp();
    gate.consent(person, gate.act(List.of("物业服务合同"), 2), Verb.CAPTURE, Verb.ENROL, Verb.VERIFY);
    assertThat(refusal(gate.enrol(person, P01))).contains("SPC-2021/4.2", "MEASURES-2025/6.1");
  }

  @Test
  void a_twelve_year_old_needs_a_verified_guardian() {
    gate.publishChildRules();
    PersonId child = gate.person(LocalDate.of(2014, 6, 1));
    gate.consent(child);
    assertThat(refusal(gate.enrol(child, "images/p25/enrol.jpg")))
        .contains("MEASURES-2025/7.1", "PIPL/31");

    gate.clock.forward(Duration.ofSeconds(1));
    PersonId mother = gate.grownUp();
    GuardianshipId guardian =
        gate.platform.consents().verifyGuardian(child, mother, Gate.HASH, Gate.AUTHOR);
    gate.consent(
        child,
        gate.act(List.of(), 2),
        Optional.of(guardian),
        Verb.CAPTURE,
        Verb.ENROL,
        Verb.VERIFY);
    assertThat(gate.enrol(child, "images/p25/enrol.jpg")).isInstanceOf(Enrolled.Done.class);
  }

  @Test
  void who_withdraws_is_unfindable_at_once_and_gets_a_certificate() {
    PersonId person = gate.enrolled(P01);
    Consent consent = gate.platform.consents().of(person).getFirst();
    // Promised: unfindable within a second. Five leave room for a machine that has other work.
    long before = System.nanoTime();
    Withdrawn withdrawn = gate.platform.rights().withdraw(consent.id(), "portal");
    Duration took = Duration.ofNanos(System.nanoTime() - before);
    assertThat(((Identified.Answered) gate.identify(P01_AGAIN)).searched()).isZero();
    assertThat(took).as("withdrawn and destroyed").isLessThan(Duration.ofSeconds(5));
    assertThat(withdrawn.erased()).isPresent();
    assertThat(withdrawn.logged()).isTrue();

    assertThat(refusal(gate.verify(person, P01_AGAIN))).contains("MEASURES-2025/6.1");
    assertThat(((Identified.Answered) gate.identify(P01_AGAIN)).unknown()).isTrue();
    assertThat(gate.platform.people().storedPersons()).isZero();

    ErasureCertificate certificate = gate.platform.rights().certify(person);
    assertThat(certificate.json())
        .contains("destroyedAt", "copiesUnreadableBy", "c2sp.org/tlog-proof");
    assertThat(gate.platform.rights().export(person)).contains("withdrawnAt", "DESTROYED");
  }

  // ---- the place

  @Test
  void a_changing_room_holds_no_device_whatever_anybody_agreed_to() {
    SiteZoneId room =
        gate.platform
            .places()
            .addZone(
                gate.site,
                "更衣室",
                Zone.PRIVATE_SPACE,
                Place.CHANGING_ROOM,
                VideoClass.NON_PUBLIC,
                Gate.AUTHOR);
    DeviceDraft camera =
        new DeviceDraft(
            room,
            "更衣室一号",
            DeviceKind.FACE_RECOGNITION,
            "SN-2",
            true,
            Optional.of("CERT-2"),
            Optional.of(LocalDate.of(2026, 8, 1)),
            Installer.RESPONSIBLE_MANAGER);
    assertThatThrownBy(() -> gate.platform.places().addDevice(camera, Gate.AUTHOR))
        .isInstanceOf(RejectedRecordException.class)
        .hasMessageContaining("private space");
  }

  @Test
  void no_face_is_looked_at_while_nobody_answers_for_models_of_unproven_origin(
      @TempDir Path other) {
    Session session = gate.session();
    Permit permit =
        (Permit) gate.platform.permits().ask(Question.capture(session, Optional.empty()));
    try (TestBooks empty = new TestBooks(other)) {
      ModelOrigin undecided = new ModelOrigin(new Statements(empty.books), ModelPack.byDefault());
      Capture capture =
          new Capture(
              () -> {
                throw new AssertionError("the engine was asked");
              },
              gate.platform.places(),
              undecided,
              gate.platform.defence());
      assertThatThrownBy(() -> capture.look(permit, session, Gate.photo(P01), UseCase.PROBE))
          .isInstanceOf(RejectedRecordException.class)
          .hasMessageContaining("record a decision about it");
    }
  }

  @Test
  void nobody_is_asked_for_a_face_before_the_models_are_accepted(@TempDir Path other) {
    try (Gate undecided = new Gate(other)) {
      undecided.prepare(Optional.empty());
      assertThat(undecided.platform.modelOrigin().undecided().orElseThrow().unproven())
          .isNotEmpty();
      assertThatThrownBy(undecided::session)
          .isInstanceOf(RejectedRecordException.class)
          .extracting(e -> ((RejectedRecordException) e).code())
          .isEqualTo("model-origin-undecided");
    }
  }

  @Test
  void who_is_asked_for_a_face_is_told_the_other_ways() {
    Opened.Open open = (Opened.Open) gate.open();
    assertThat(open.otherWays())
        .containsExactlyInAnyOrder(Alternative.CARD, Alternative.STAFF_DESK);
    assertThat(open.duties().get("OFFER_ALTERNATIVE")).contains("CARD", "STAFF_DESK");
    assertThat(gate.platform.sessions().words(gate.checkpoint).zh()).contains("刷卡", "人工服务台", "刷脸");
    assertThat(gate.platform.tasks().open()).isEmpty();
  }

  @Test
  void nobody_is_asked_for_a_face_where_every_other_way_costs_more() {
    for (WayId way : List.of(gate.card, gate.desk)) {
      gate.clock.forward(Duration.ofSeconds(1));
      gate.approve(
          gate.platform
              .places()
              .claimWayTerms(
                  way,
                  new WayTerms(100, 2, LocalTime.MIDNIGHT, LocalTime.MIDNIGHT, "UPS"),
                  Gate.AUTHOR));
    }
    assertThat(opening(Step.PRESSED, true)).contains("MEASURES-2025/12");
  }

  @Test
  void a_terminal_that_shows_its_own_words_has_not_shown_that_they_do_not_mislead() {
    assertThat(opening(Step.PRESSED, false)).contains("MEASURES-2025/12");
  }

  @Test
  void nobody_is_pressed_by_the_words_of_the_purpose() {
    Terms calm = Gate.terms(365);
    Bilingual pressing =
        new Bilingual("限时三天录入人脸，逾期刷卡停用", "enrol within three days, cards stop working");
    gate.platform
        .purposes()
        .revise(
            gate.purpose,
            1,
            new Terms(
                calm.kind(),
                calm.activity(),
                pressing,
                calm.necessity(),
                calm.impact(),
                calm.rung(),
                calm.whyLesserFail(),
                calm.ethics(),
                calm.ground(),
                calm.groundNorm(),
                calm.indispensableBecause(),
                calm.writtenConsentBy(),
                calm.retentionDays(),
                calm.retentionReason(),
                calm.verbs(),
                calm.falseMatchRate()),
            Gate.AUTHOR);
    gate.platform.purposes().approve(gate.purpose, 2, Gate.APPROVER);
    gate.publishNotice();
    assertThat(opening(Step.PRESSED, true)).contains("MEASURES-2025/12");
  }

  /// The rules against opening a session; nothing is captured by trying.
  private List<String> opening(Step step, boolean wordsShown) {
    Opened opened =
        gate.platform
            .sessions()
            .open(
                new Opening(
                    gate.checkpoint, step, true, true, false, true, wordsShown, Session.LONGEST));
    return switch (opened) {
      case Opened.Refused refused -> RecognitionTest.rules(refused.refusal());
      case Opened.Open open -> throw new AssertionError("opened: " + open);
    };
  }

  @Test
  void the_face_may_not_be_the_only_way() {
    PersonId person = gate.consenting();
    gate.platform.places().removeWay(gate.card, Gate.AUTHOR);
    gate.platform.places().removeWay(gate.desk, Gate.AUTHOR);
    assertThat(refusal(gate.enrol(person, P01))).contains("MEASURES-2025/10.1", "SPC-2021/10.1");
  }

  @Test
  void the_face_is_not_asked_for_while_the_other_ways_are_broken() {
    PersonId person = gate.enrolled(P01);
    gate.platform.places().heartbeat(gate.card, false, true, "controller-7");
    gate.platform.places().heartbeat(gate.desk, false, true, "desk-1");
    assertThat(refusal(gate.verify(person, P01_AGAIN))).contains("MEASURES-2025/10.1");
    gate.heartbeat();
    assertThat(gate.verify(person, P01_AGAIN)).isInstanceOf(Verified.Answered.class);
  }

  @Test
  void a_face_outside_the_capture_area_is_not_looked_at() {
    PersonId person = gate.consenting();
    gate.drawArea(0, 0.1);
    gate.assess(Verb.values());
    assertThat(gate.enrol(person, P01))
        .isInstanceOfSatisfying(
            Enrolled.PhotoUnusable.class,
            unusable -> {
              assertThat(unusable.photo().kind()).isEqualTo(Unusable.Kind.NO_FACE);
              assertThat(unusable.photo().dropped()).isEqualTo(1);
            });
  }

  // ---- what was told and weighed

  @Test
  void a_changed_notice_has_to_be_told_first() {
    PersonId person = gate.enrolled(P01);
    gate.platform.purposes().revise(gate.purpose, 1, Gate.terms(90), Gate.AUTHOR);
    gate.platform.purposes().approve(gate.purpose, 2, Gate.APPROVER);
    gate.publishNotice();
    gate.assess(Verb.values());
    assertThat(refusal(gate.verify(person, P01_AGAIN))).contains("MEASURES-2025/5.2");
  }

  @Test
  void an_assessment_that_the_configuration_has_left_is_none() {
    PersonId person = gate.enrolled(P01);
    gate.drawArea(0, 0.9);
    assertThat(refusal(gate.verify(person, P01_AGAIN))).contains("MEASURES-2025/9.4");
  }

  @Test
  void an_assessment_for_one_to_one_does_not_cover_a_search(@TempDir Path other) {
    gate.assess(Verb.CAPTURE, Verb.ENROL, Verb.VERIFY);
    assertThat(refusal(gate.identify(P01_AGAIN))).contains("MEASURES-2025/9.1");
  }

  @Test
  void evidence_of_protection_that_is_a_day_old_counts_no_more() {
    PersonId person = gate.enrolled(P01);
    gate.clock.forward(Duration.ofHours(25));
    gate.heartbeat();
    assertThat(refusal(gate.verify(person, P01_AGAIN))).contains("MEASURES-2025/14.1");
  }

  @Test
  void a_clock_that_went_back_stops_faces() {
    PersonId person = gate.enrolled(P01);
    Session session = gate.session();
    gate.clock.forward(Duration.ofSeconds(-30));
    Answer answer = gate.platform.permits().ask(Question.capture(session, Optional.of(person)));
    assertThat(RecognitionTest.rules((Refusal) answer)).contains("MEASURES-2025/14.1");
  }

  // ---- orders and time

  @Test
  void an_injunction_stops_everything() {
    PersonId person = gate.enrolled(P01);
    gate.platform
        .orders()
        .enter(
            new OrderDraft(
                OrderKind.INJUNCTION,
                Scope.of(gate.purpose, gate.site),
                "某某人民法院",
                Gate.HASH,
                Optional.empty(),
                Optional.empty(),
                gate.clock.instant(),
                Optional.empty()),
            Gate.AUTHOR);
    assertThat(refusal(gate.verify(person, P01_AGAIN))).contains("SPC-2021/9");
  }

  @Test
  void a_legal_hold_keeps_what_nothing_finds_any_more() {
    PersonId person = gate.enrolled(P01);
    gate.platform
        .orders()
        .enter(
            new OrderDraft(
                OrderKind.LEGAL_HOLD,
                Scope.of(person),
                "某某人民法院",
                Gate.HASH,
                Optional.empty(),
                Optional.empty(),
                gate.clock.instant(),
                Optional.empty()),
            Gate.AUTHOR);
    Withdrawn withdrawn =
        gate.platform
            .rights()
            .withdraw(gate.platform.consents().of(person).getFirst().id(), "desk");
    assertThat(withdrawn.restricted()).isPresent();
    assertThat(((Identified.Answered) gate.identify(P01_AGAIN)).unknown()).isTrue();
  }

  @Test
  void what_is_past_its_time_is_refused_before_the_sweep_and_gone_after_it() {
    PersonId person = gate.enrolled(P01);
    gate.clock.forward(Duration.ofDays(366));
    gate.platform.controls().runAll();
    gate.heartbeat();
    gate.passages(gate.card);
    assertThat(refusal(gate.verify(person, P01_AGAIN))).contains("MEASURES-2025/8.2", "PIPL/19");
    assertThat(gate.platform.sweeper().sweep().expired()).isEqualTo(1);
    assertThat(gate.platform.people().storedPersons()).isZero();
  }

  // ---- permits

  @Test
  void a_permit_is_good_for_one_deed_of_one_kind_with_one_person_and_for_ten_seconds() {
    PersonId person = gate.consenting();
    PersonId other = gate.consenting();
    Session session = gate.session();
    assertThat(misuse(permit(session, person), Verb.VERIFY, Subject.person(person)))
        .isEqualTo(Misuse.OTHER_VERB);
    assertThat(misuse(permit(session, person), Verb.ENROL, Subject.person(other)))
        .isEqualTo(Misuse.OTHER_SUBJECT);
    Permit used = permit(session, person);
    used.use(Verb.ENROL, gate.purpose, Subject.person(person), gate.checkpoint);
    assertThat(misuse(used, Verb.ENROL, Subject.person(person))).isEqualTo(Misuse.USED_BEFORE);
    Permit stale = permit(session, person);
    gate.clock.forward(Permit.LIFE.plusMillis(1));
    assertThat(misuse(stale, Verb.ENROL, Subject.person(person))).isEqualTo(Misuse.STALE);
  }

  @Test
  void of_many_threads_that_show_one_permit_one_succeeds() throws Exception {
    PersonId person = gate.consenting();
    Permit permit = permit(gate.session(), person);
    Callable<Boolean> show =
        () -> {
          try {
            permit.use(Verb.ENROL, gate.purpose, Subject.person(person), gate.checkpoint);
            return true;
          } catch (PermitMisusedException late) {
            return false;
          }
        };
    try (ExecutorService many = Executors.newVirtualThreadPerTaskExecutor()) {
      int accepted = 0;
      for (var shown : many.invokeAll(java.util.Collections.nCopies(64, show))) {
        if (shown.get()) accepted++;
      }
      assertThat(accepted).isEqualTo(1);
    }
  }

  @Test
  void a_session_is_over_after_sixty_seconds_and_belongs_to_its_checkpoint() {
    PersonId person = gate.enrolled(P01);
    Session session = gate.session();
    gate.clock.forward(Session.LONGEST);
    assertThat(
            gate.platform
                .recognition()
                .verify(session.id(), gate.checkpoint, person, Gate.photo(P01_AGAIN)))
        .isInstanceOf(Verified.NoSession.class);
  }

  @Test
  void who_only_came_near_is_not_captured() {
    Session passing =
        ((Opened.Open)
                gate.platform
                    .sessions()
                    .open(
                        new Opening(
                            gate.checkpoint,
                            Step.NONE,
                            false,
                            false,
                            false,
                            true,
                            true,
                            Session.LONGEST)))
            .session();
    assertThat(
            refusal(
                gate.platform
                    .recognition()
                    .identify(passing.id(), gate.checkpoint, Gate.photo(P01_AGAIN))))
        .contains("MEASURES-2025/6.1", "PIPL/29");
  }

  // ---- other deeds

  @Test
  void a_template_does_not_leave_over_the_internet() {
    PersonId person = gate.enrolled(P01);
    Answer answer =
        gate.platform
            .permits()
            .ask(
                Question.transmit(
                    person,
                    gate.purpose,
                    gate.checkpoint,
                    new Question.Move(Destination.INTERNET, Content.TEMPLATE, "云平台")));
    assertThat(RecognitionTest.rules((Refusal) answer)).contains("MEASURES-2025/8.1");
  }

  @Test
  void a_printed_face_is_suspected_and_the_refusal_says_why() {
    PersonId person = gate.enrolled(P01);
    assertThat(gate.verify(person, "attacks/p01_print.jpg"))
        .isInstanceOfSatisfying(
            Verified.SpoofSuspected.class,
            spoof ->
                assertThat(RecognitionTest.rules(spoof.refusal())).contains("MEASURES-2025/14.1"));
  }

  @Test
  void enrolling_twice_keeps_one_template() {
    PersonId person = gate.enrolled(P01);
    assertThat(gate.enrol(person, P01_AGAIN)).isInstanceOf(Enrolled.AlreadyEnrolled.class);
    assertThat(gate.platform.people().holdings(person)).hasSize(1);
  }

  // ---- remembering

  @Test
  void every_decision_can_be_replayed_and_names_the_source_of_every_fact() {
    PersonId person = gate.enrolled(P01);
    Verified.Answered answer = (Verified.Answered) gate.verify(person, P01_AGAIN);
    var recorded = gate.platform.permits().find(answer.decision()).orElseThrow();
    assertThat(gate.platform.permits().replay(answer.decision()))
        .map(Replay::result)
        .contains(Replay.Result.SAME);
    assertThat(recorded.sources()).contains("/consent/givenAt", "/alternatives", "heartbeats");
    assertThat(gate.platform.permits().published(recorded.entry())).isTrue();
  }

  private Permit permit(Session session, PersonId person) {
    return (Permit) gate.platform.permits().ask(Question.enrol(session, person, Measured.NOTHING));
  }

  private Misuse misuse(Permit permit, Verb verb, Subject subject) {
    try {
      permit.use(verb, gate.purpose, subject, gate.checkpoint);
    } catch (PermitMisusedException misused) {
      return misused.misuse();
    }
    throw new AssertionError("the permit was accepted");
  }

  private static Set<String> refusal(Object answer) {
    return switch (answer) {
      case Enrolled.Refused refused -> Set.copyOf(RecognitionTest.rules(refused.refusal()));
      case Verified.Refused refused -> Set.copyOf(RecognitionTest.rules(refused.refusal()));
      case Identified.Refused refused -> Set.copyOf(RecognitionTest.rules(refused.refusal()));
      default -> throw new AssertionError("not refused: " + answer);
    };
  }
}
