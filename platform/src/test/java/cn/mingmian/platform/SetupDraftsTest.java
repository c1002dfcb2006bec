package cn.mingmian.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cn.mingmian.law.facts.Alternative;
import cn.mingmian.law.facts.Section;
import cn.mingmian.law.facts.Territory;
import cn.mingmian.platform.agenda.Point;
import cn.mingmian.platform.controls.Mlps;
import cn.mingmian.platform.places.Accessibility;
import cn.mingmian.platform.places.CaptureAreaDrawn;
import cn.mingmian.platform.places.CaptureAreaDrawn.Corner;
import cn.mingmian.platform.places.CheckpointId;
import cn.mingmian.platform.places.FaceDevice;
import cn.mingmian.platform.places.Places.Outcome;
import cn.mingmian.platform.places.WayIn;
import cn.mingmian.platform.places.WayTerms;
import cn.mingmian.platform.records.Bilingual;
import cn.mingmian.platform.records.RejectedRecordException;
import cn.mingmian.platform.setup.Activation;
import cn.mingmian.platform.setup.Answers;
import cn.mingmian.platform.setup.SetupDraft;
import cn.mingmian.platform.setup.SetupDrafts;
import cn.mingmian.platform.setup.StarterPlace;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init")
class SetupDraftsTest {
  private Gate gate;
  private SetupDrafts drafts;

  @BeforeEach
  void setUp(@TempDir Path data) {
    gate = new Gate(data);
    gate.platform.controls().runAll();
    drafts = gate.platform.setupDrafts();
  }

  @AfterEach
  void tearDown() {
    gate.close();
  }

  @Test
  void every_starter_place_leads_to_a_device_that_may_lawfully_be_switched_on() {
    for (StarterPlace kind : StarterPlace.values()) {
      SetupDraft draft =
          drafts.write(kind, answers(kind, filledIn(kind)), Optional.empty(), Gate.AUTHOR);
      SetupDraft approved = drafts.approve(draft.id(), Gate.APPROVER);
      CheckpointId checkpoint = approved.prepared().orElseThrow().checkpoint();
      assertThat(gate.platform.activation().switchOn(checkpoint, Gate.AUTHOR))
          .as("the other ways of %s were not tried yet", kind)
          .isInstanceOf(Activation.Refused.class);
      walk(checkpoint);
      assertThat(
              gate.platform
                  .agenda()
                  .openPoints(gate.platform.places().checkpoint(checkpoint).orElseThrow()))
          .as(kind.name())
          .isEmpty();
      assertThat(gate.platform.activation().switchOn(checkpoint, Gate.AUTHOR))
          .isInstanceOfSatisfying(
              Activation.On.class,
              on -> assertThat(on.device().state()).isEqualTo(FaceDevice.State.SWITCHED_ON));
    }
    assertThat(gate.platform.places().checkpoints()).hasSize(StarterPlace.values().length);
  }

  @Test
  void nothing_is_on_record_before_another_hand_has_approved_all_of_it() {
    SetupDraft draft = write(Optional.empty());
    assertThat(gate.platform.agenda().today().points())
        .filteredOn(p -> p.kind() == Point.Kind.APPROVAL)
        .singleElement()
        .satisfies(p -> assertThat(p.subject()).isEqualTo(draft.id()));
    assertThatExceptionOfType(RejectedRecordException.class)
        .isThrownBy(() -> drafts.approve(draft.id(), Gate.AUTHOR))
        .satisfies(e -> assertThat(e.code()).isEqualTo("author-is-approver"));
    assertThat(gate.platform.places().operator()).isEmpty();
    assertThat(gate.platform.places().checkpoints()).isEmpty();
    drafts.approve(draft.id(), Gate.APPROVER);
    assertThat(gate.platform.places().operator()).isPresent();
    assertThatExceptionOfType(RejectedRecordException.class)
        .isThrownBy(() -> drafts.approve(draft.id(), Gate.APPROVER))
        .satisfies(e -> assertThat(e.code()).isEqualTo("approved-already"));
    assertThat(drafts.waiting()).isEmpty();
  }

  @Test
  void a_rehearsal_shows_the_notice_and_what_is_left_and_leaves_no_trace() {
    SetupDraft draft = write(Optional.empty());
    long before = entries();
    SetupDrafts.Rehearsal rehearsal = drafts.rehearse(draft.id());
    assertThat(rehearsal.notice().items().values())
        .anySatisfy(text -> assertThat(text.zh()).contains("南苑物业"));
    assertThat(rehearsal.switchingOn().violated()).contains("MEASURES-2025/10.1");
    assertThat(gate.platform.places().sites()).isEmpty();
    assertThat(entries()).isEqualTo(before);
    assertThat(drafts.find(draft.id()).orElseThrow().approver()).isEmpty();
    drafts.approve(draft.id(), Gate.APPROVER);
    assertThat(gate.platform.trail().status().working()).isTrue();
  }

  @Test
  void of_two_officers_who_change_the_same_draft_the_second_is_told() {
    SetupDraft first = write(Optional.empty());
    SetupDraft second = write(Optional.of(first.id()));
    assertThatExceptionOfType(RejectedRecordException.class)
        .isThrownBy(() -> write(Optional.of(first.id())))
        .satisfies(e -> assertThat(e.code()).isEqualTo("setup-replaced"));
    assertThatExceptionOfType(RejectedRecordException.class)
        .isThrownBy(() -> drafts.approve(first.id(), Gate.APPROVER))
        .satisfies(e -> assertThat(e.code()).isEqualTo("setup-replaced"));
    assertThat(drafts.waiting()).extracting(SetupDraft::id).containsExactly(second.id());
    assertThat(drafts.find(first.id()).orElseThrow().answers())
        .as("what the first one wrote is still there")
        .isEqualTo(first.answers());
  }

  @Test
  void an_assessment_with_blanks_is_not_taken() {
    StarterPlace kind = StarterPlace.OFFICE_ENTRANCE;
    assertThatExceptionOfType(RejectedRecordException.class)
        .isThrownBy(
            () ->
                drafts.write(
                    kind, answers(kind, kind.assessmentDraft()), Optional.empty(), Gate.AUTHOR))
        .satisfies(e -> assertThat(e.code()).isEqualTo("assessment-incomplete"));
  }

  private SetupDraft write(Optional<String> replaces) {
    StarterPlace kind = StarterPlace.RESIDENTIAL_GATE;
    return drafts.write(kind, answers(kind, filledIn(kind)), replaces, Gate.AUTHOR);
  }

  private static Map<Section, String> filledIn(StarterPlace kind) {
    Map<Section, String> sections = new EnumMap<>(Section.class);
    kind.assessmentDraft()
        .forEach((section, text) -> sections.put(section, text.replaceAll("【[^】]*】", "与业主委员会议定")));
    return sections;
  }

  private static Answers answers(StarterPlace kind, Map<Section, String> assessed) {
    WayTerms free = new WayTerms(0, 2, LocalTime.MIDNIGHT, LocalTime.MIDNIGHT, "UPS");
    return new Answers(
        new Answers.Processor("南苑物业", "privacy@nanyuan.example", "李", kind.processor(), true),
        Optional.of(new Mlps(3, "31000-26001", LocalDate.of(2026, 6, 1), Gate.HASH)),
        "南苑",
        Territory.CN,
        Optional.empty(),
        "南门",
        new Answers.Camera(
            "南门一号",
            "SN-" + kind.ordinal(),
            true,
            Optional.of("CERT-1"),
            Optional.of(LocalDate.of(2026, 8, 1)),
            new CaptureAreaDrawn(
                List.of(new Corner(0, 0), new Corner(1, 0), new Corner(1, 1), new Corner(0, 1)),
                0,
                "闸机前一步")),
        new Answers.Signpost(Gate.HASH, LocalDate.of(2026, 11, 20), "门柱左侧"),
        kind.usualDays(),
        kind.usualReason(),
        "与相关方讨论过",
        Map.of(Alternative.CARD, free, Alternative.STAFF_DESK, free),
        new Accessibility(true, true, true, "现场测试报告 2026-10"),
        assessed,
        Optional.of(new Bilingual("已知悉来源不明之处", "what is unproven is known")));
  }

  private void walk(CheckpointId checkpoint) {
    for (WayIn way : gate.platform.places().ways(checkpoint)) {
      gate.platform.places().heartbeat(way.id(), true, true, "controller-7");
      for (int i = 1; i <= 5; i++) {
        Instant began = gate.clock.instant().minus(Duration.ofMinutes(i));
        gate.platform
            .places()
            .recordPassage(
                checkpoint,
                Optional.of(way.id()),
                began,
                began.plusSeconds(4),
                Outcome.PASSED,
                "controller-7");
      }
    }
  }

  private long entries() {
    return gate.platform
        .database()
        .sql()
        .sql("SELECT count(*) FROM audit_entry")
        .query(Long.class)
        .single();
  }
}
