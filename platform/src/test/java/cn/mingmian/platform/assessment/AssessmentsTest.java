package cn.mingmian.platform.assessment;

import static cn.mingmian.platform.consent.SomeGate.ANNA;
import static cn.mingmian.platform.consent.SomeGate.BO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cn.mingmian.law.facts.DeviceKind;
import cn.mingmian.law.facts.Installer;
import cn.mingmian.law.facts.Place;
import cn.mingmian.law.facts.Section;
import cn.mingmian.law.facts.Verb;
import cn.mingmian.law.facts.VideoClass;
import cn.mingmian.law.facts.Zone;
import cn.mingmian.platform.audit.TestBooks;
import cn.mingmian.platform.consent.SomeGate;
import cn.mingmian.platform.places.CaptureAreaDrawn;
import cn.mingmian.platform.places.DeviceDraft;
import cn.mingmian.platform.places.DeviceId;
import cn.mingmian.platform.places.SiteZoneId;
import cn.mingmian.platform.purposes.SomeTerms;
import cn.mingmian.platform.records.RejectedRecordException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessException;

class AssessmentsTest {
  @TempDir Path directory;
  private final Map<String, String> engine = new HashMap<>(Map.of("model", "arcface-r50 1"));
  private TestBooks t;
  private SomeGate gate;
  private Assessments assessments;
  private SiteZoneId zone;

  @BeforeEach
  void open() {
    t = new TestBooks(directory);
    gate = new SomeGate(t);
    assessments = new Assessments(t.books, gate.purposes, gate.places, () -> engine);
    zone =
        gate.places.addZone(
            gate.site, "gate", Zone.PROPERTY_GATE, Place.STREET, VideoClass.NON_PUBLIC, ANNA);
  }

  @AfterEach
  void close() {
    t.close();
  }

  @Test
  void an_assessment_counts_once_complete_and_approved_by_another_person() {
    assertThat(assessments.standing(gate.purpose, zone)).isEmpty();
    AssessmentId thin =
        assessments.write(
            new AssessmentDraft(
                gate.purpose, zone, Map.of(Section.LAWFUL_PURPOSE, "x"), Set.of(Verb.VERIFY)),
            ANNA);
    assertThatExceptionOfType(RejectedRecordException.class)
        .isThrownBy(() -> assessments.approve(thin, BO))
        .withMessageContaining("RIGHTS_IMPACT")
        .satisfies(e -> assertThat(e.code()).isEqualTo("assessment-incomplete"));
    AssessmentId full = write();
    assertThatExceptionOfType(RejectedRecordException.class)
        .isThrownBy(() -> assessments.approve(full, ANNA));
    assertThatExceptionOfType(DataAccessException.class)
        .as("the database holds it too")
        .isThrownBy(
            () ->
                t.database
                    .sql()
                    .sql("INSERT INTO assessment_approval VALUES (:id, 'anna', now(), '{}')")
                    .param("id", full.value())
                    .update());
    assertThat(assessments.standing(gate.purpose, zone).orElseThrow().approved()).isFalse();
    assessments.approve(full, BO);
    Assessment standing = assessments.standing(gate.purpose, zone).orElseThrow();
    assertThat(standing.id()).isEqualTo(full);
    assertThat(standing.zoneKind()).isEqualTo(Zone.PROPERTY_GATE);
    assertThat(standing.changedSince()).isFalse();
    assertThat(standing.incidentSince()).isFalse();
  }

  @Test
  void when_purpose_zone_device_area_or_model_change_the_assessment_is_behind() {
    DeviceId device = device();
    assessments.approve(write(), BO);
    assertThat(standing().changedSince()).isFalse();

    gate.statements.approve(gate.places.drawCaptureArea(device, area(), ANNA), BO);
    assertThat(standing().changedSince()).as("another capture area").isTrue();
    assessments.approve(write(), BO);
    assertThat(standing().changedSince()).isFalse();

    engine.put("threshold", "0.4");
    assertThat(standing().changedSince()).as("another threshold").isTrue();
    assessments.approve(write(), BO);

    gate.purposes.approve(
        gate.purpose, gate.purposes.revise(gate.purpose, 1, SomeTerms.keptFor(30), ANNA), BO);
    assertThat(standing().changedSince()).as("another purpose").isTrue();
    assessments.approve(write(), BO);

    gate.places.reclassZone(zone, 1, Zone.PUBLIC, Place.STREET, VideoClass.ART9, ANNA);
    assertThat(standing().changedSince()).as("another class of zone").isTrue();
    assertThat(standing().zoneKind()).isEqualTo(Zone.PROPERTY_GATE);
  }

  @Test
  void a_major_incident_reopens_it_until_the_next_approval() {
    assessments.approve(write(), BO);
    t.clock.forward(Duration.ofDays(1));
    assessments.recordIncident(Optional.empty(), "a disk was stolen", ANNA);
    assertThat(standing().incidentSince()).isTrue();
    t.clock.forward(Duration.ofDays(1));
    assessments.approve(write(), BO);
    assertThat(standing().incidentSince()).isFalse();
  }

  private Assessment standing() {
    return assessments.standing(gate.purpose, zone).orElseThrow();
  }

  private AssessmentId write() {
    Map<Section, String> sections = new EnumMap<>(Section.class);
    for (Section s : Section.values()) sections.put(s, "weighed: " + s);
    return assessments.write(
        new AssessmentDraft(
            gate.purpose, zone, sections, Set.of(Verb.CAPTURE, Verb.ENROL, Verb.VERIFY)),
        ANNA);
  }

  private DeviceId device() {
    DeviceId device =
        gate.places.addDevice(
            new DeviceDraft(
                zone,
                "camera",
                DeviceKind.FACE_RECOGNITION,
                "SN-1",
                false,
                Optional.empty(),
                Optional.empty(),
                Installer.RESPONSIBLE_MANAGER),
            ANNA);
    gate.places.addCheckpoint("gate", device, gate.purpose, LocalTime.MIN, LocalTime.MIN, ANNA);
    return device;
  }

  private static CaptureAreaDrawn area() {
    return new CaptureAreaDrawn(
        List.of(
            new CaptureAreaDrawn.Corner(0, 0),
            new CaptureAreaDrawn.Corner(1, 0),
            new CaptureAreaDrawn.Corner(1, 1)),
        0.1,
        "the lane");
  }
}
