package cn.mingmian.platform.places;

import cn.mingmian.law.facts.Alternative;
import cn.mingmian.law.facts.Place;
import cn.mingmian.law.facts.ProcessorKind;
import cn.mingmian.law.facts.Province;
import cn.mingmian.law.facts.Territory;
import cn.mingmian.law.facts.VideoClass;
import cn.mingmian.law.facts.Zone;
import cn.mingmian.platform.audit.Books;
import cn.mingmian.platform.audit.Entry;
import cn.mingmian.platform.audit.Kind;
import cn.mingmian.platform.audit.Statement;
import cn.mingmian.platform.audit.Statements;
import cn.mingmian.platform.audit.Topic;
import cn.mingmian.platform.purposes.PurposeId;
import cn.mingmian.platform.records.Actor;
import cn.mingmian.platform.records.RejectedRecordException;
import cn.mingmian.platform.records.UnknownRecordException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;

/// The door to everything that stands somewhere. Thread-safe.
///
/// Changes name the version they were made from and are refused when it is no longer the latest;
/// creations and changes are told to the audit trail in the same transaction.
public final class Places {
  /// How old the last look at a sign may be.
  public static final Duration SIGN_CHECKED_WITHIN = Duration.ofDays(90);

  private final Books books;
  private final Statements statements;
  private final PlaceTables tables;
  private final Waits waits;

  public Places(Books books, Statements statements) {
    this.books = books;
    this.statements = statements;
    this.tables = new PlaceTables(books);
    this.waits = new Waits(books, tables);
  }

  // ---- the operator

  /// Who processes, as last recorded.
  public Optional<Operator> operator() {
    return tables.operator();
  }

  /// Records who processes; every version is kept.
  ///
  /// @param from the latest version as the caller read it; 0 if there is none
  public Operator recordOperator(
      int from,
      String name,
      String contact,
      String creditCode,
      ProcessorKind kind,
      boolean publicFacing,
      String privacyOfficer,
      Actor by) {
    required("name", name);
    required("contact", contact);
    return books
        .database()
        .inTransaction(
            () -> {
              Operator operator =
                  new Operator(
                      from + 1,
                      name,
                      contact,
                      creditCode,
                      kind,
                      publicFacing,
                      privacyOfficer,
                      books.now());
              tables.insertOperator(from, operator, by);
              books.tell(
                  Entry.of(Kind.OPERATOR_CHANGED)
                      .fact("version", operator.version())
                      .fact("name", name)
                      .fact("kind", kind)
                      .fact("publicFacing", publicFacing)
                      .sealed("contact", contact)
                      .sealed("privacyOfficer", privacyOfficer)
                      .sealed("by", by.id()));
              return operator;
            });
  }

  // ---- sites and zones

  public SiteId addSite(String name, Territory territory, Optional<Province> province, Actor by) {
    required("name", name);
    return books
        .database()
        .inTransaction(
            () -> {
              SiteId id = new SiteId(books.ids().next("sit"));
              tables.insertSite(new Site(id, 1, name, territory, province));
              books.tell(
                  Entry.of(Kind.SITE_CHANGED)
                      .fact("site", id)
                      .fact("territory", territory)
                      .sealed("name", name)
                      .sealed("by", by.id()));
              return id;
            });
  }

  public Optional<Site> site(SiteId id) {
    return tables.site(id);
  }

  public List<Site> sites() {
    return tables.sites();
  }

  public SiteZoneId addZone(
      SiteId site, String name, Zone zone, Place place, VideoClass videoClass, Actor by) {
    required("name", name);
    if (tables.site(site).isEmpty()) throw new UnknownRecordException("site", site.value());
    return books
        .database()
        .inTransaction(
            () -> {
              SiteZoneId id = new SiteZoneId(books.ids().next("zon"));
              SiteZone added = new SiteZone(id, 1, site, name, zone, place, videoClass);
              tables.insertZone(added);
              tellZone(added, by);
              return id;
            });
  }

  /// Classes a zone anew; refused if it would become private space while devices stand in it.
  ///
  /// @throws RejectedRecordException `private-space-holds-device`
  public SiteZone reclassZone(
      SiteZoneId id, int from, Zone zone, Place place, VideoClass videoClass, Actor by) {
    return books
        .database()
        .inTransaction(
            () -> {
              SiteZone before =
                  tables.zone(id).orElseThrow(() -> new UnknownRecordException("zone", id.value()));
              SiteZone after =
                  new SiteZone(id, from + 1, before.site(), before.name(), zone, place, videoClass);
              tables.updateZone(from, after);
              tellZone(after, by);
              return after;
            });
  }

  private void tellZone(SiteZone zone, Actor by) {
    books.tell(
        Entry.of(Kind.ZONE_CHANGED)
            .fact("zone", zone.id())
            .fact("version", zone.version())
            .fact("site", zone.site())
            .fact("kind", zone.zone())
            .fact("place", zone.place())
            .fact("videoClass", zone.videoClass())
            .sealed("by", by.id()));
  }

  public Optional<SiteZone> zone(SiteZoneId id) {
    return tables.zone(id);
  }

  public List<SiteZone> zones(SiteId site) {
    return tables.zones(site);
  }

  /// Says why public safety needs a device in a zone; counts once another person approved it.
  public String claimSafetyNecessity(SiteZoneId zone, SafetyNecessity why, Actor author) {
    required("interest", why.interest());
    required("reason", why.reason());
    return statements.make(Topic.SAFETY_NECESSITY, zone.value(), why, author);
  }

  public Optional<Statement<SafetyNecessity>> safetyNecessity(SiteZoneId zone) {
    return statements.inForce(Topic.SAFETY_NECESSITY, zone.value(), SafetyNecessity.class);
  }

  public String recordHearing(SiteId site, Hearing hearing, Actor author) {
    return statements.make(Topic.HEARING, site.value(), hearing, author);
  }

  public Optional<Statement<Hearing>> hearing(SiteId site) {
    return statements.inForce(Topic.HEARING, site.value(), Hearing.class);
  }

  // ---- signs

  /// Records a sign that was photographed in its place.
  ///
  /// @param photoHash SHA-256 of the photo, hexadecimal
  public Sign recordSign(
      SiteZoneId zone, String photoHash, LocalDate takenOn, String position, Actor by) {
    if (!photoHash.matches("[0-9a-f]{64}")) {
      throw new RejectedRecordException(
          "photo-hash-malformed", "a photo's hash has 64 hexadecimal digits");
    }
    if (takenOn.isAfter(books.today())) {
      throw new RejectedRecordException(
          "photo-from-the-future", "the photo is of %s, which is to come".formatted(takenOn));
    }
    required("position", position);
    return books
        .database()
        .inTransaction(
            () -> {
              Instant seen = takenOn.atStartOfDay(Books.SHANGHAI).toInstant();
              Sign sign =
                  new Sign(books.ids().next("sgn"), zone, photoHash, takenOn, position, seen, true);
              tables.insertSign(sign, by);
              books.tell(
                  Entry.of(Kind.SIGN_RECORDED)
                      .fact("zone", zone)
                      .fact("photoHash", photoHash)
                      .fact("takenOn", takenOn)
                      .sealed("by", by.id()));
              return sign;
            });
  }

  /// Records that somebody looked after a sign.
  public void recheckSign(String sign, boolean inPlace, Actor by) {
    books
        .database()
        .transact(
            () -> {
              tables.recheckSign(sign, inPlace, books.now(), by);
              books.tell(
                  Entry.of(Kind.SIGN_RECORDED)
                      .fact("sign", sign)
                      .fact("inPlace", inPlace)
                      .sealed("by", by.id()));
            });
  }

  public List<Sign> signs(SiteZoneId zone) {
    return tables.signs(zone);
  }

  /// law| MEASURES-2025/13.1: a conspicuous sign, there when last looked, which was not long ago.
  public boolean signInPlace(SiteZoneId zone, Instant at) {
    return tables.signs(zone).stream()
        .anyMatch(s -> s.inPlace() && at.isBefore(s.lastCheckedAt().plus(SIGN_CHECKED_WITHIN)));
  }

  // ---- devices

  /// Puts a device on the register; it is not switched on by that.
  ///
  /// @throws RejectedRecordException `private-space` where none may stand
  public DeviceId addDevice(DeviceDraft draft, Actor by) {
    required("name", draft.name());
    required("serial", draft.serial());
    return books
        .database()
        .inTransaction(
            () -> {
              SiteZone zone =
                  tables
                      .zone(draft.zone())
                      .orElseThrow(() -> new UnknownRecordException("zone", draft.zone().value()));
              refusePrivate(zone);
              DeviceId id = new DeviceId(books.ids().next("dev"));
              FaceDevice device =
                  new FaceDevice(
                      id,
                      1,
                      draft.zone(),
                      draft.name(),
                      draft.kind(),
                      draft.serial(),
                      draft.catalogued(),
                      draft.certificate(),
                      draft.lastTested(),
                      draft.installer(),
                      FaceDevice.State.REGISTERED,
                      books.now(),
                      "registered");
              tables.insertDevice(device);
              tellDevice(device, by);
              return id;
            });
  }

  /// Enters what changed on a device: its zone, certificate, test.
  public FaceDevice changeDevice(DeviceId id, int from, DeviceDraft draft, Actor by) {
    return books
        .database()
        .inTransaction(
            () -> {
              FaceDevice before = known(id);
              refusePrivate(
                  tables
                      .zone(draft.zone())
                      .orElseThrow(() -> new UnknownRecordException("zone", draft.zone().value())));
              FaceDevice after =
                  new FaceDevice(
                      id,
                      from + 1,
                      draft.zone(),
                      draft.name(),
                      draft.kind(),
                      draft.serial(),
                      draft.catalogued(),
                      draft.certificate(),
                      draft.lastTested(),
                      draft.installer(),
                      before.state(),
                      before.since(),
                      before.why());
              tables.updateDevice(from, after);
              tellDevice(after, by);
              return after;
            });
  }

  /// Brings a device into a state.
  ///
  /// @param why for `SWITCHED_ON` the entry of the decision that permitted it, else a reason
  public FaceDevice setDeviceState(
      DeviceId id, int from, FaceDevice.State state, String why, Actor by) {
    required("why", why);
    return books
        .database()
        .inTransaction(
            () -> {
              FaceDevice b = known(id);
              FaceDevice after =
                  new FaceDevice(
                      id,
                      from + 1,
                      b.zone(),
                      b.name(),
                      b.kind(),
                      b.serial(),
                      b.catalogued(),
                      b.certificate(),
                      b.lastTested(),
                      b.installer(),
                      state,
                      books.now(),
                      why);
              tables.updateDevice(from, after);
              tellDevice(after, by);
              return after;
            });
  }

  private static void refusePrivate(SiteZone zone) {
    // law| MEASURES-2025/13.2: none inside private space, whatever anybody agrees to.
    if (!zone.mayHoldDevice()) {
      throw new RejectedRecordException(
          "private-space",
          "`%s` is private space (%s, %s): no device may stand there"
              .formatted(zone.name(), zone.zone(), zone.place()));
    }
  }

  private void tellDevice(FaceDevice device, Actor by) {
    books.tell(
        Entry.of(Kind.DEVICE_CHANGED)
            .fact("device", device.id())
            .fact("version", device.version())
            .fact("zone", device.zone())
            .fact("kind", device.kind())
            .fact("state", device.state())
            .fact("certified", device.certificate().isPresent())
            .sealed("serial", device.serial())
            .sealed("by", by.id()));
  }

  private FaceDevice known(DeviceId id) {
    return tables.device(id).orElseThrow(() -> new UnknownRecordException("device", id.value()));
  }

  public Optional<FaceDevice> device(DeviceId id) {
    return tables.device(id);
  }

  public List<FaceDevice> devices() {
    return tables.devices();
  }

  /// Draws the area in which a device takes faces; counts once another person approved it.
  public String drawCaptureArea(DeviceId device, CaptureAreaDrawn area, Actor author) {
    required("reason", area.reason());
    FaceDevice known = known(device);
    return statements.make(Topic.CAPTURE_AREA, known.id().value(), area, author);
  }

  public Optional<Statement<CaptureAreaDrawn>> captureArea(DeviceId device) {
    return statements.inForce(Topic.CAPTURE_AREA, device.value(), CaptureAreaDrawn.class);
  }

  // ---- checkpoints and ways in

  /// @param faceFrom from when the face is offered; the same as `faceUntil` means all day
  public CheckpointId addCheckpoint(
      String name,
      DeviceId device,
      PurposeId purpose,
      LocalTime faceFrom,
      LocalTime faceUntil,
      Actor by) {
    required("name", name);
    return books
        .database()
        .inTransaction(
            () -> {
              CheckpointId id = new CheckpointId(books.ids().next("chk"));
              Checkpoint checkpoint =
                  new Checkpoint(
                      id, 1, name, known(device).zone(), device, purpose, faceFrom, faceUntil);
              tables.insertCheckpoint(checkpoint);
              books.tell(
                  Entry.of(Kind.CHECKPOINT_CHANGED)
                      .fact("checkpoint", id)
                      .fact("device", device)
                      .fact("purpose", purpose)
                      .sealed("name", name)
                      .sealed("by", by.id()));
              return id;
            });
  }

  public Optional<Checkpoint> checkpoint(CheckpointId id) {
    return tables.checkpoint(id);
  }

  public List<Checkpoint> checkpoints() {
    return tables.checkpoints();
  }

  /// Says what a checkpoint offers to elderly and disabled people; counts once approved.
  public String claimAccessibility(CheckpointId checkpoint, Accessibility what, Actor author) {
    return statements.make(Topic.ACCESSIBILITY, checkpoint.value(), what, author);
  }

  public Optional<Statement<Accessibility>> accessibility(CheckpointId checkpoint) {
    return statements.inForce(Topic.ACCESSIBILITY, checkpoint.value(), Accessibility.class);
  }

  /// Adds a way in beside the face.
  ///
  /// @param beatsEvery 5 seconds to 24 hours: how long it counts as working after a sign of life
  public WayId addWay(
      CheckpointId checkpoint, Alternative kind, String name, Duration beatsEvery, Actor by) {
    required("name", name);
    if (beatsEvery.compareTo(Duration.ofSeconds(5)) < 0
        || beatsEvery.compareTo(Duration.ofHours(24)) > 0) {
      throw new RejectedRecordException(
          "heartbeat-out-of-range",
          "a heartbeat every `%s`, expected 5 seconds to 24 hours".formatted(beatsEvery));
    }
    if (tables.checkpoint(checkpoint).isEmpty()) {
      throw new UnknownRecordException("checkpoint", checkpoint.value());
    }
    return books
        .database()
        .inTransaction(
            () -> {
              WayId id = new WayId(books.ids().next("way"));
              tables.insertWay(id, checkpoint, kind, name, beatsEvery);
              books.tell(
                  Entry.of(Kind.WAY_CHANGED)
                      .fact("way", id)
                      .fact("checkpoint", checkpoint)
                      .fact("kind", kind)
                      .fact("change", "added")
                      .sealed("by", by.id()));
              return id;
            });
  }

  public void removeWay(WayId way, Actor by) {
    books
        .database()
        .transact(
            () -> {
              tables.removeWay(way, books.now());
              books.tell(
                  Entry.of(Kind.WAY_CHANGED)
                      .fact("way", way)
                      .fact("change", "removed")
                      .sealed("by", by.id()));
            });
  }

  public List<WayIn> ways(CheckpointId checkpoint) {
    return tables.ways(checkpoint);
  }

  /// Says on what terms a way is offered; counts once another person approved it.
  public String claimWayTerms(WayId way, WayTerms terms, Actor author) {
    return statements.make(Topic.WAY_TERMS, way.value(), terms, author);
  }

  public Optional<Statement<WayTerms>> wayTerms(WayId way) {
    return statements.inForce(Topic.WAY_TERMS, way.value(), WayTerms.class);
  }

  /// A sign of life. A change of health is told to the audit trail; a repetition is not.
  ///
  /// @param outside whether it comes from outside this process: a card controller, a staff desk
  /// @param reporter who or what said so
  public void heartbeat(WayId way, boolean healthy, boolean outside, String reporter) {
    books
        .database()
        .transact(
            () -> {
              boolean changed = tables.beat(way, healthy, outside, reporter, books.now());
              if (changed) {
                books.tell(
                    Entry.of(Kind.WAY_CHANGED)
                        .fact("way", way)
                        .fact("change", healthy ? "healthy" : "unhealthy")
                        .fact("outside", outside)
                        .sealed("reporter", reporter));
              }
            });
  }

  /// One passage: how long somebody took, and nothing about who.
  ///
  /// @param way empty for the face
  /// @throws RejectedRecordException `passage-times` if it ends before it starts, lasts longer
  ///     than an hour or lies in the future
  public void recordPassage(
      CheckpointId checkpoint,
      Optional<WayId> way,
      Instant started,
      Instant ended,
      Outcome outcome,
      String reporter) {
    if (ended.isBefore(started)
        || Duration.between(started, ended).compareTo(Duration.ofHours(1)) > 0
        || ended.isAfter(books.now().plusSeconds(60))) {
      throw new RejectedRecordException(
          "passage-times",
          "a passage from `%s` to `%s` cannot be: it ends after it starts, within an hour, and not later than now"
              .formatted(started, ended));
    }
    tables.insertPassage(checkpoint, way, started, ended, outcome, reporter);
  }

  /// How a passage ended.
  public enum Outcome {
    PASSED,
    REFUSED,
    FAILED,
    GAVE_UP
  }

  /// A passage as it was reported.
  ///
  /// @param number rises with each report
  /// @param way    empty for the face
  public record Passage(
      long number,
      Optional<WayId> way,
      Instant started,
      Instant ended,
      Outcome outcome,
      String reporter) {}

  /// Passages of a checkpoint below a number, newest first.
  public List<Passage> passages(CheckpointId checkpoint, long below, int atMost) {
    return tables.passages(checkpoint, below, atMost);
  }

  /// Forgets passages that no figure needs any more.
  ///
  /// @return how many
  public int forgetPassages(Instant before) {
    return tables.forgetPassages(before);
  }

  /// The ways in beside the face at a checkpoint, as they stand and were measured.
  ///
  /// @throws UnknownRecordException if there is no such checkpoint
  public OtherWays otherWays(CheckpointId checkpoint) {
    Checkpoint known =
        tables
            .checkpoint(checkpoint)
            .orElseThrow(() -> new UnknownRecordException("checkpoint", checkpoint.value()));
    return waits.measure(known, this::wayTerms, books.now());
  }

  private static void required(String field, String value) {
    if (value.isBlank() || value.length() > 2_000) {
      throw new RejectedRecordException(
          "field-malformed", "`%s` needs 1 to 2000 characters".formatted(field));
    }
  }
}
