package cn.mingmian.platform.places;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cn.mingmian.law.facts.Alternative;
import cn.mingmian.law.facts.DeviceKind;
import cn.mingmian.law.facts.Installer;
import cn.mingmian.law.facts.Place;
import cn.mingmian.law.facts.ProcessorKind;
import cn.mingmian.law.facts.Province;
import cn.mingmian.law.facts.Territory;
import cn.mingmian.law.facts.Truth;
import cn.mingmian.law.facts.VideoClass;
import cn.mingmian.law.facts.Zone;
import cn.mingmian.platform.audit.Kind;
import cn.mingmian.platform.audit.Statements;
import cn.mingmian.platform.audit.TestBooks;
import cn.mingmian.platform.purposes.PurposeId;
import cn.mingmian.platform.purposes.Purposes;
import cn.mingmian.platform.purposes.Rung;
import cn.mingmian.platform.purposes.SomeTerms;
import cn.mingmian.platform.records.Actor;
import cn.mingmian.platform.records.RejectedRecordException;
import cn.mingmian.platform.records.StaleVersionException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessException;

class PlacesTest {
  private static final Actor ANNA = new Actor("anna");
  private static final Actor BO = new Actor("bo");

  @TempDir Path directory;
  private TestBooks t;
  private Statements statements;
  private Places places;
  private SiteId site;

  @BeforeEach
  void open() {
    t = new TestBooks(directory);
    statements = new Statements(t.books);
    places = new Places(t.books, statements);
    site = places.addSite("South Court", Territory.CN, Optional.of(Province.SHANGHAI), ANNA);
  }

  @AfterEach
  void close() {
    t.close();
  }

  @Test
  void a_private_space_cannot_hold_a_device_not_even_in_the_database() {
    for (Place place : Place.values()) {
      SiteZoneId zone = zone(Zone.INTERNAL, place);
      boolean named = PrivatePlaces.NAMED.contains(place);
      if (named) {
        assertThatExceptionOfType(RejectedRecordException.class)
            .as(place.name())
            .isThrownBy(() -> places.addDevice(device(zone), ANNA))
            .satisfies(e -> assertThat(e.code()).isEqualTo("private-space"));
        assertThatExceptionOfType(DataAccessException.class)
            .as(place.name())
            .isThrownBy(() -> insertDevicePastTheDoor(zone));
      } else {
        assertThat(places.addDevice(device(zone), ANNA)).isNotNull();
      }
    }
    SiteZoneId claimed = zone(Zone.PRIVATE_SPACE, Place.OFFICE);
    assertThatExceptionOfType(RejectedRecordException.class)
        .isThrownBy(() -> places.addDevice(device(claimed), ANNA));
    assertThatExceptionOfType(DataAccessException.class)
        .isThrownBy(() -> insertDevicePastTheDoor(claimed));
  }

  @Test
  void a_zone_with_a_device_cannot_be_relabelled_as_private_and_a_device_cannot_move_there() {
    SiteZoneId lobby = zone(Zone.PUBLIC, Place.HOTEL_LOBBY);
    DeviceId device = places.addDevice(device(lobby), ANNA);
    assertThatExceptionOfType(RejectedRecordException.class)
        .isThrownBy(
            () ->
                places.reclassZone(
                    lobby, 1, Zone.PRIVATE_SPACE, Place.TOILET, VideoClass.NON_PUBLIC, ANNA))
        .satisfies(e -> assertThat(e.code()).isEqualTo("private-space-holds-device"));
    SiteZoneId toilet = zone(Zone.PRIVATE_SPACE, Place.TOILET);
    assertThatExceptionOfType(RejectedRecordException.class)
        .isThrownBy(() -> places.changeDevice(device, 1, device(toilet), ANNA))
        .satisfies(e -> assertThat(e.code()).isEqualTo("private-space"));
    assertThatExceptionOfType(DataAccessException.class)
        .isThrownBy(
            () ->
                t.database
                    .sql()
                    .sql("UPDATE device SET zone = :z")
                    .param("z", toilet.value())
                    .update());
    assertThat(places.device(device).orElseThrow().zone()).isEqualTo(lobby);
  }

  @Test
  void the_operator_is_recorded_in_versions_and_two_writers_do_not_overwrite_each_other() {
    assertThat(places.operator()).isEmpty();
    recordOperator(0, "South Court Property");
    assertThatExceptionOfType(StaleVersionException.class)
        .isThrownBy(() -> recordOperator(0, "Somebody Else"));
    recordOperator(1, "South Court Property Ltd");
    assertThat(places.operator().orElseThrow().name()).isEqualTo("South Court Property Ltd");
    assertThatExceptionOfType(DataAccessException.class)
        .isThrownBy(() -> t.database.sql().sql("DELETE FROM operator_version").update());
  }

  @Test
  void a_sign_counts_while_somebody_looks_after_it() {
    SiteZoneId gate = zone(Zone.PUBLIC, Place.STREET);
    Instant now = t.clock.instant();
    assertThat(places.signInPlace(gate, now)).isFalse();
    Sign sign =
        places.recordSign(gate, "ab".repeat(32), LocalDate.of(2026, 11, 20), "left post", ANNA);
    assertThat(places.signInPlace(gate, now)).isTrue();
    assertThat(places.signInPlace(gate, now.plus(Duration.ofDays(91)))).isFalse();
    places.recheckSign(sign.id(), false, BO);
    assertThat(places.signInPlace(gate, now)).as("it was gone").isFalse();
    t.clock.forward(Duration.ofDays(1));
    places.recheckSign(sign.id(), true, BO);
    assertThat(places.signInPlace(gate, t.clock.instant().plus(Duration.ofDays(60)))).isTrue();
    assertThatExceptionOfType(RejectedRecordException.class)
        .isThrownBy(
            () -> places.recordSign(gate, "ab".repeat(32), LocalDate.of(2027, 1, 1), "x", ANNA));
  }

  @Test
  void capture_area_and_safety_necessity_count_once_another_person_approved_them() {
    SiteZoneId gate = zone(Zone.PUBLIC, Place.STREET);
    DeviceId device = places.addDevice(device(gate), ANNA);
    String area = places.drawCaptureArea(device, area(), ANNA);
    String need =
        places.claimSafetyNecessity(gate, new SafetyNecessity("public safety", "thefts"), ANNA);
    assertThat(places.captureArea(device)).isEmpty();
    assertThat(places.safetyNecessity(gate)).isEmpty();
    assertThatExceptionOfType(RejectedRecordException.class)
        .isThrownBy(() -> statements.approve(area, ANNA));
    assertThatExceptionOfType(DataAccessException.class)
        .isThrownBy(
            () ->
                t.database
                    .sql()
                    .sql("UPDATE statement SET approver = author, approved_at = now()")
                    .update());
    statements.approve(area, BO);
    statements.approve(need, BO);
    assertThat(places.captureArea(device).orElseThrow().body()).isEqualTo(area());
    assertThat(places.safetyNecessity(gate)).isPresent();
    assertThatExceptionOfType(DataAccessException.class)
        .as("what was approved stays what it was")
        .isThrownBy(() -> t.database.sql().sql("UPDATE statement SET body = '{}'::jsonb").update());
  }

  @Test
  void a_way_in_works_only_while_it_beats_and_one_must_be_heard_from_outside() {
    CheckpointId gate = checkpoint();
    WayId code = places.addWay(gate, Alternative.ONE_TIME_CODE, "code", secs(60), ANNA);
    WayId card = places.addWay(gate, Alternative.CARD, "card", secs(60), ANNA);
    assertThat(places.otherWays(gate).faceMayBeAsked()).isFalse();

    places.heartbeat(code, true, false, "this program");
    assertThat(places.otherWays(gate).faceMayBeAsked())
        .as("only this process speaks for it")
        .isFalse();
    places.heartbeat(card, true, true, "controller 7");
    assertThat(places.otherWays(gate).offered())
        .containsExactlyInAnyOrder(Alternative.CARD, Alternative.ONE_TIME_CODE);

    t.clock.forward(secs(61));
    assertThat(places.otherWays(gate).offered()).as("silence").isEmpty();
    places.heartbeat(card, true, true, "controller 7");
    places.heartbeat(card, false, true, "controller 7");
    assertThat(places.otherWays(gate).offered()).as("unhealthy").isEmpty();
    // Told: added twice, first beats twice, unhealthy once; a repetition is not.
    assertThat(t.told(Kind.WAY_CHANGED)).isEqualTo(5);
  }

  @Test
  void reasonable_derives_from_a_week_of_figures_and_from_approved_terms() {
    CheckpointId gate = checkpoint();
    WayId card = places.addWay(gate, Alternative.CARD, "card", secs(3_600), ANNA);
    places.heartbeat(card, true, true, "controller 7");
    assertThat(places.otherWays(gate).reasonable()).isEqualTo(Truth.UNKNOWN);

    passages(gate, Optional.of(card), 10, 20);
    assertThat(places.otherWays(gate).reasonable()).as("no terms").isEqualTo(Truth.UNKNOWN);
    approveTerms(card, new WayTerms(0, 5, LocalTime.MIN, LocalTime.MIN, "battery"));
    assertThat(places.otherWays(gate).reasonable()).isEqualTo(Truth.YES);

    // Nine in ten wait 31 s with the card and 2 s with the face... allowed are 32.
    passages(gate, Optional.empty(), 20, 2);
    passages(gate, Optional.of(card), 200, 31);
    assertThat(places.otherWays(gate).reasonable()).isEqualTo(Truth.YES);
    passages(gate, Optional.of(card), 60, 40);
    assertThat(places.otherWays(gate).reasonable()).as("a queue").isEqualTo(Truth.NO);

    // A week later nothing is known any more, and nothing is presumed.
    t.clock.forward(Duration.ofDays(8));
    places.heartbeat(card, true, true, "controller 7");
    assertThat(places.otherWays(gate).reasonable()).isEqualTo(Truth.UNKNOWN);

    passages(gate, Optional.of(card), 10, 3);
    assertThat(places.otherWays(gate).reasonable()).isEqualTo(Truth.YES);
    for (WayTerms worse :
        List.of(
            new WayTerms(100, 5, LocalTime.MIN, LocalTime.MIN, "battery"),
            new WayTerms(0, 300, LocalTime.MIN, LocalTime.MIN, "battery"),
            new WayTerms(0, 5, LocalTime.of(9, 0), LocalTime.of(17, 0), "battery"))) {
      approveTerms(card, worse);
      assertThat(places.otherWays(gate).reasonable()).as("%s", worse).isEqualTo(Truth.NO);
    }
  }

  private void approveTerms(WayId way, WayTerms terms) {
    t.clock.forward(Duration.ofSeconds(1));
    statements.approve(places.claimWayTerms(way, terms, ANNA), BO);
  }

  private void passages(CheckpointId gate, Optional<WayId> way, int count, int seconds) {
    Instant end = t.clock.instant();
    for (int i = 0; i < count; i++) {
      places.recordPassage(
          gate, way, end.minusSeconds(seconds), end, Places.Outcome.PASSED, "controller 7");
    }
  }

  private CheckpointId checkpoint() {
    Purposes purposes = new Purposes(t.books);
    PurposeId purpose = purposes.draft(SomeTerms.gate(Rung.CLOSED_GROUP), ANNA);
    DeviceId device = places.addDevice(device(zone(Zone.PROPERTY_GATE, Place.STREET)), ANNA);
    return places.addCheckpoint("south gate", device, purpose, LocalTime.MIN, LocalTime.MIN, ANNA);
  }

  private SiteZoneId zone(Zone zone, Place place) {
    return places.addZone(site, place.name(), zone, place, VideoClass.NON_PUBLIC, ANNA);
  }

  private static DeviceDraft device(SiteZoneId zone) {
    return new DeviceDraft(
        zone,
        "camera",
        DeviceKind.FACE_RECOGNITION,
        "SN-1",
        false,
        Optional.of("CCC-1"),
        Optional.of(LocalDate.of(2026, 6, 1)),
        Installer.RESPONSIBLE_MANAGER);
  }

  private static CaptureAreaDrawn area() {
    return new CaptureAreaDrawn(
        List.of(
            new CaptureAreaDrawn.Corner(0.2, 0.1),
            new CaptureAreaDrawn.Corner(0.8, 0.1),
            new CaptureAreaDrawn.Corner(0.8, 0.9)),
        0.2,
        "the lane in front of the gate");
  }

  private void recordOperator(int from, String name) {
    places.recordOperator(
        from, name, "privacy@example.cn", "", ProcessorKind.PROPERTY_MANAGER, true, "Li", ANNA);
  }

  private void insertDevicePastTheDoor(SiteZoneId zone) {
    t.database
        .sql()
        .sql(
            """
            INSERT INTO device (id, version, zone, name, kind, serial, catalogued, installer, state,
              since, why)
            VALUES (:id, 1, :zone, 'x', 'CAMERA', 'x', false, 'OTHER', 'REGISTERED', now(), 'x')
            """)
        .param("id", t.books.ids().next("dev"))
        .param("zone", zone.value())
        .update();
  }

  private static Duration secs(int seconds) {
    return Duration.ofSeconds(seconds);
  }
}
