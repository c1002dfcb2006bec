package cn.mingmian.platform.places;

import cn.mingmian.law.facts.Alternative;
import cn.mingmian.law.facts.DeviceKind;
import cn.mingmian.law.facts.Installer;
import cn.mingmian.law.facts.Place;
import cn.mingmian.law.facts.ProcessorKind;
import cn.mingmian.law.facts.Province;
import cn.mingmian.law.facts.Territory;
import cn.mingmian.law.facts.VideoClass;
import cn.mingmian.law.facts.Zone;
import cn.mingmian.platform.audit.Books;
import cn.mingmian.platform.purposes.PurposeId;
import cn.mingmian.platform.records.Actor;
import cn.mingmian.platform.records.RejectedRecordException;
import cn.mingmian.platform.records.Rows;
import cn.mingmian.platform.records.StaleVersionException;
import cn.mingmian.platform.records.UnknownRecordException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The SQL of places.
final class PlaceTables {
  private final Books books;

  PlaceTables(Books books) {
    this.books = books;
  }

  private JdbcClient.StatementSpec sql(String text) {
    return books.database().sql().sql(text);
  }

  // ---- operator

  void insertOperator(int from, Operator o, Actor by) {
    int latest = operator().map(Operator::version).orElse(0);
    if (latest != from) throw new StaleVersionException("operator", "operator", from, latest);
    sql("""
        INSERT INTO operator_version (version, name, contact, credit_code, kind, public_facing,
          privacy_officer, recorded_at, recorded_by)
        VALUES (:version, :name, :contact, :code, :kind, :facing, :officer, :at, :by)
        """)
        .param("version", o.version())
        .param("name", o.name())
        .param("contact", o.contact())
        .param("code", o.creditCode())
        .param("kind", o.kind().name())
        .param("facing", o.publicFacing())
        .param("officer", o.privacyOfficer())
        .param("at", Books.utc(o.recordedAt()))
        .param("by", by.id())
        .update();
  }

  Optional<Operator> operator() {
    return sql("SELECT * FROM operator_version ORDER BY version DESC LIMIT 1")
        .query(
            (r, n) ->
                new Operator(
                    r.getInt("version"),
                    r.getString("name"),
                    r.getString("contact"),
                    r.getString("credit_code"),
                    ProcessorKind.valueOf(r.getString("kind")),
                    r.getBoolean("public_facing"),
                    r.getString("privacy_officer"),
                    Rows.instant(r, "recorded_at")))
        .optional();
  }

  // ---- sites and zones

  void insertSite(Site s) {
    sql("""
        INSERT INTO site (id, version, name, territory, province, added_at)
        VALUES (:id, 1, :name, :territory, :province, :now)
        """)
        .param("id", s.id().value())
        .param("name", s.name())
        .param("territory", s.territory().name())
        .param("province", s.province().map(Enum::name).orElse(null))
        .param("now", Books.utc(books.now()))
        .update();
  }

  Optional<Site> site(SiteId id) {
    return sql("SELECT * FROM site WHERE id = :id")
        .param("id", id.value())
        .query(PlaceTables::readSite)
        .optional();
  }

  List<Site> sites() {
    return sql("SELECT * FROM site ORDER BY added_at, id").query(PlaceTables::readSite).list();
  }

  private static Site readSite(ResultSet r, int n) throws SQLException {
    return new Site(
        new SiteId(r.getString("id")),
        r.getInt("version"),
        r.getString("name"),
        Territory.valueOf(r.getString("territory")),
        Rows.maybeEnum(r, "province", Province.class));
  }

  void insertZone(SiteZone z) {
    sql("""
        INSERT INTO site_zone (id, version, site, name, zone, place, video_class, added_at)
        VALUES (:id, 1, :site, :name, :zone, :place, :video, :now)
        """)
        .param("id", z.id().value())
        .param("site", z.site().value())
        .param("name", z.name())
        .param("zone", z.zone().name())
        .param("place", z.place().name())
        .param("video", z.videoClass().name())
        .param("now", Books.utc(books.now()))
        .update();
  }

  void updateZone(int from, SiteZone z) {
    int changed;
    try {
      changed =
          sql("""
              UPDATE site_zone SET version = :version, zone = :zone, place = :place,
                video_class = :video
              WHERE id = :id AND version = :from
              """)
              .param("version", z.version())
              .param("zone", z.zone().name())
              .param("place", z.place().name())
              .param("video", z.videoClass().name())
              .param("id", z.id().value())
              .param("from", from)
              .update();
    } catch (DataIntegrityViolationException e) {
      throw new RejectedRecordException(
          "private-space-holds-device",
          "`%s` cannot become private space while devices stand in it: remove them first"
              .formatted(z.name()));
    }
    if (changed == 0) {
      throw new StaleVersionException(
          "zone", z.id().value(), from, zone(z.id()).map(SiteZone::version).orElse(0));
    }
  }

  Optional<SiteZone> zone(SiteZoneId id) {
    return sql("SELECT * FROM site_zone WHERE id = :id")
        .param("id", id.value())
        .query(PlaceTables::readZone)
        .optional();
  }

  List<SiteZone> zones(SiteId site) {
    return sql("SELECT * FROM site_zone WHERE site = :site ORDER BY added_at, id")
        .param("site", site.value())
        .query(PlaceTables::readZone)
        .list();
  }

  private static SiteZone readZone(ResultSet r, int n) throws SQLException {
    return new SiteZone(
        new SiteZoneId(r.getString("id")),
        r.getInt("version"),
        new SiteId(r.getString("site")),
        r.getString("name"),
        Zone.valueOf(r.getString("zone")),
        Place.valueOf(r.getString("place")),
        VideoClass.valueOf(r.getString("video_class")));
  }

  // ---- signs

  void insertSign(Sign s, Actor by) {
    sql("""
        INSERT INTO sign (id, zone, photo_hash, taken_on, position, recorded_at, recorded_by)
        VALUES (:id, :zone, :hash, :taken, :position, :now, :by)
        """)
        .param("id", s.id())
        .param("zone", s.zone().value())
        .param("hash", s.photoHash())
        .param("taken", s.takenOn())
        .param("position", s.position())
        .param("now", Books.utc(books.now()))
        .param("by", by.id())
        .update();
  }

  void recheckSign(String sign, boolean inPlace, Instant at, Actor by) {
    boolean known =
        sql("SELECT id FROM sign WHERE id = :id")
            .param("id", sign)
            .query(String.class)
            .optional()
            .isPresent();
    if (!known) throw new UnknownRecordException("sign", sign);
    sql("""
        INSERT INTO sign_check (sign, checked_at, in_place, checked_by)
        VALUES (:sign, :at, :inPlace, :by)
        """)
        .param("sign", sign)
        .param("at", Books.utc(at))
        .param("inPlace", inPlace)
        .param("by", by.id())
        .update();
  }

  List<Sign> signs(SiteZoneId zone) {
    return sql("""
        SELECT s.*, c.checked_at, c.in_place FROM sign s
        LEFT JOIN LATERAL (
          SELECT checked_at, in_place FROM sign_check WHERE sign = s.id
          ORDER BY checked_at DESC LIMIT 1) c ON true
        WHERE s.zone = :zone ORDER BY s.recorded_at DESC, s.id
        """)
        .param("zone", zone.value())
        .query(
            (r, n) -> {
              LocalDate taken = r.getObject("taken_on", LocalDate.class);
              Optional<Instant> checked = Rows.maybeInstant(r, "checked_at");
              return new Sign(
                  r.getString("id"),
                  new SiteZoneId(r.getString("zone")),
                  r.getString("photo_hash"),
                  taken,
                  r.getString("position"),
                  checked.orElse(taken.atStartOfDay(Books.SHANGHAI).toInstant()),
                  checked.isEmpty() || r.getBoolean("in_place"));
            })
        .list();
  }

  // ---- devices

  void insertDevice(FaceDevice d) {
    try {
      device(
              """
              INSERT INTO device (id, version, zone, name, kind, serial, catalogued, certificate,
                last_tested, installer, state, since, why)
              VALUES (:id, :version, :zone, :name, :kind, :serial, :catalogued, :certificate,
                :tested, :installer, :state, :since, :why)
              """,
              d)
          .update();
    } catch (DataIntegrityViolationException e) {
      throw refusedByZone(d, e);
    }
  }

  void updateDevice(int from, FaceDevice d) {
    int changed;
    try {
      changed =
          device(
                  """
                  UPDATE device SET version = :version, zone = :zone, name = :name, kind = :kind,
                    serial = :serial, catalogued = :catalogued, certificate = :certificate,
                    last_tested = :tested, installer = :installer, state = :state, since = :since,
                    why = :why
                  WHERE id = :id AND version = :from
                  """,
                  d)
              .param("from", from)
              .update();
    } catch (DataIntegrityViolationException e) {
      throw refusedByZone(d, e);
    }
    if (changed == 0) {
      throw new StaleVersionException(
          "device", d.id().value(), from, device(d.id()).map(FaceDevice::version).orElse(0));
    }
  }

  private static RuntimeException refusedByZone(FaceDevice d, DataIntegrityViolationException e) {
    return String.valueOf(e.getMessage()).contains("device_not_in_private_space")
        ? new RejectedRecordException(
            "private-space", "zone `%s` is private space".formatted(d.zone()))
        : e;
  }

  private JdbcClient.StatementSpec device(String text, FaceDevice d) {
    return sql(text)
        .param("id", d.id().value())
        .param("version", d.version())
        .param("zone", d.zone().value())
        .param("name", d.name())
        .param("kind", d.kind().name())
        .param("serial", d.serial())
        .param("catalogued", d.catalogued())
        .param("certificate", d.certificate().orElse(null))
        .param("tested", d.lastTested().orElse(null))
        .param("installer", d.installer().name())
        .param("state", d.state().name())
        .param("since", Books.utc(d.since()))
        .param("why", d.why());
  }

  Optional<FaceDevice> device(DeviceId id) {
    return sql("SELECT * FROM device WHERE id = :id")
        .param("id", id.value())
        .query(PlaceTables::readDevice)
        .optional();
  }

  List<FaceDevice> devices() {
    return sql("SELECT * FROM device ORDER BY since, id").query(PlaceTables::readDevice).list();
  }

  private static FaceDevice readDevice(ResultSet r, int n) throws SQLException {
    return new FaceDevice(
        new DeviceId(r.getString("id")),
        r.getInt("version"),
        new SiteZoneId(r.getString("zone")),
        r.getString("name"),
        DeviceKind.valueOf(r.getString("kind")),
        r.getString("serial"),
        r.getBoolean("catalogued"),
        Rows.maybeText(r, "certificate"),
        Rows.maybeDate(r, "last_tested"),
        Installer.valueOf(r.getString("installer")),
        FaceDevice.State.valueOf(r.getString("state")),
        Rows.instant(r, "since"),
        r.getString("why"));
  }

  // ---- checkpoints and ways

  void insertCheckpoint(Checkpoint c) {
    sql("""
        INSERT INTO checkpoint (id, version, name, device, purpose, face_from, face_until, added_at)
        VALUES (:id, 1, :name, :device, :purpose, :from, :until, :now)
        """)
        .param("id", c.id().value())
        .param("name", c.name())
        .param("device", c.device().value())
        .param("purpose", c.purpose().value())
        .param("from", c.faceFrom())
        .param("until", c.faceUntil())
        .param("now", Books.utc(books.now()))
        .update();
  }

  private static final String CHECKPOINT =
      """
      SELECT c.id, c.version, c.name, d.zone, c.device, c.purpose, c.face_from, c.face_until
      FROM checkpoint c JOIN device d ON d.id = c.device
      """;

  Optional<Checkpoint> checkpoint(CheckpointId id) {
    return sql(CHECKPOINT + " WHERE c.id = :id")
        .param("id", id.value())
        .query(PlaceTables::readCheckpoint)
        .optional();
  }

  List<Checkpoint> checkpoints() {
    return sql(CHECKPOINT + " ORDER BY c.added_at, c.id").query(PlaceTables::readCheckpoint).list();
  }

  private static Checkpoint readCheckpoint(ResultSet r, int n) throws SQLException {
    return new Checkpoint(
        new CheckpointId(r.getString("id")),
        r.getInt("version"),
        r.getString("name"),
        new SiteZoneId(r.getString("zone")),
        new DeviceId(r.getString("device")),
        new PurposeId(r.getString("purpose")),
        r.getObject("face_from", LocalTime.class),
        r.getObject("face_until", LocalTime.class));
  }

  void insertWay(
      WayId id, CheckpointId checkpoint, Alternative kind, String name, Duration beatsEvery) {
    sql("""
        INSERT INTO way_in (id, checkpoint, kind, name, beats_every_seconds, added_at)
        VALUES (:id, :checkpoint, :kind, :name, :beats, :now)
        """)
        .param("id", id.value())
        .param("checkpoint", checkpoint.value())
        .param("kind", kind.name())
        .param("name", name)
        .param("beats", beatsEvery.toSeconds())
        .param("now", Books.utc(books.now()))
        .update();
  }

  void removeWay(WayId way, Instant at) {
    int changed =
        sql("UPDATE way_in SET removed_at = :at WHERE id = :id AND removed_at IS NULL")
            .param("at", Books.utc(at))
            .param("id", way.value())
            .update();
    if (changed == 0) throw new UnknownRecordException("way", way.value());
  }

  /// @return whether its health or its source changed
  boolean beat(WayId way, boolean healthy, boolean outside, String reporter, Instant at) {
    return sql("""
        UPDATE way_in w SET last_beat = :at, last_beat_outside = :outside, healthy = :healthy,
          reporter = :reporter
        FROM (SELECT id, last_beat, healthy, last_beat_outside FROM way_in WHERE id = :id
              FOR UPDATE) b
        WHERE w.id = b.id AND w.removed_at IS NULL
        RETURNING b.last_beat IS NULL OR b.healthy <> :healthy OR b.last_beat_outside <> :outside
        """)
        .param("at", Books.utc(at))
        .param("outside", outside)
        .param("healthy", healthy)
        .param("reporter", reporter)
        .param("id", way.value())
        .query(Boolean.class)
        .optional()
        .orElseThrow(() -> new UnknownRecordException("way", way.value()));
  }

  List<WayIn> ways(CheckpointId checkpoint) {
    return sql("SELECT * FROM way_in WHERE checkpoint = :checkpoint ORDER BY added_at, id")
        .param("checkpoint", checkpoint.value())
        .query(
            (r, n) ->
                new WayIn(
                    new WayId(r.getString("id")),
                    new CheckpointId(r.getString("checkpoint")),
                    Alternative.valueOf(r.getString("kind")),
                    r.getString("name"),
                    Duration.ofSeconds(r.getLong("beats_every_seconds")),
                    Rows.maybeInstant(r, "last_beat"),
                    r.getBoolean("last_beat_outside"),
                    r.getBoolean("healthy"),
                    Rows.maybeInstant(r, "removed_at")))
        .list();
  }

  void insertPassage(
      CheckpointId checkpoint,
      Optional<WayId> way,
      Instant started,
      Instant ended,
      Places.Outcome outcome,
      String reporter) {
    try {
      sql("""
          INSERT INTO passage (checkpoint, way, started_at, ended_at, outcome, reporter)
          VALUES (:checkpoint, :way, :started, :ended, :outcome, :reporter)
          """)
          .param("checkpoint", checkpoint.value())
          .param("way", way.map(WayId::value).orElse(null))
          .param("started", Books.utc(started))
          .param("ended", Books.utc(ended))
          .param("outcome", outcome.name())
          .param("reporter", reporter)
          .update();
    } catch (DataIntegrityViolationException e) {
      throw new UnknownRecordException("checkpoint", checkpoint.value());
    }
  }

  List<Places.Passage> passages(CheckpointId checkpoint, long below, int atMost) {
    return sql("""
        SELECT * FROM passage WHERE checkpoint = :checkpoint AND id < :below
        ORDER BY id DESC LIMIT :most
        """)
        .param("checkpoint", checkpoint.value())
        .param("below", below)
        .param("most", atMost)
        .query(
            (r, n) ->
                new Places.Passage(
                    r.getLong("id"),
                    Optional.ofNullable(r.getString("way")).map(WayId::new),
                    r.getObject("started_at", OffsetDateTime.class).toInstant(),
                    r.getObject("ended_at", OffsetDateTime.class).toInstant(),
                    Places.Outcome.valueOf(r.getString("outcome")),
                    r.getString("reporter")))
        .list();
  }

  int forgetPassages(Instant before) {
    return sql("DELETE FROM passage WHERE ended_at < :before")
        .param("before", Books.utc(before))
        .update();
  }
}
