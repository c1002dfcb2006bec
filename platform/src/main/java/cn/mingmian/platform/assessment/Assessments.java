package cn.mingmian.platform.assessment;

import cn.mingmian.law.facts.Section;
import cn.mingmian.law.facts.Verb;
import cn.mingmian.law.facts.Zone;
import cn.mingmian.platform.audit.Books;
import cn.mingmian.platform.audit.Entry;
import cn.mingmian.platform.audit.Kind;
import cn.mingmian.platform.audit.Statement;
import cn.mingmian.platform.places.Checkpoint;
import cn.mingmian.platform.places.Places;
import cn.mingmian.platform.places.SiteZone;
import cn.mingmian.platform.places.SiteZoneId;
import cn.mingmian.platform.purposes.Purpose;
import cn.mingmian.platform.purposes.PurposeId;
import cn.mingmian.platform.purposes.Purposes;
import cn.mingmian.platform.records.Actor;
import cn.mingmian.platform.records.Json;
import cn.mingmian.platform.records.RejectedRecordException;
import cn.mingmian.platform.records.Rows;
import cn.mingmian.platform.records.UnknownRecordException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/// The door to impact assessments. Versions are never changed. Thread-safe.
public final class Assessments {
  private final Books books;
  private final Purposes purposes;
  private final Places places;
  private final Supplier<Map<String, String>> engineSettings;

  /// @param engineSettings what of the engine an assessment rests on: model, threshold, liveness
  public Assessments(
      Books books, Purposes purposes, Places places, Supplier<Map<String, String>> engineSettings) {
    this.books = books;
    this.purposes = purposes;
    this.places = places;
    this.engineSettings = engineSettings;
  }

  /// Writes the next version for a purpose in a zone.
  public AssessmentId write(AssessmentDraft draft, Actor author) {
    return books
        .database()
        .inTransaction(
            () -> {
              if (purposes.latest(draft.purpose()).isEmpty()) {
                throw new UnknownRecordException("purpose", draft.purpose().value());
              }
              SiteZone zone =
                  places
                      .zone(draft.zone())
                      .orElseThrow(() -> new UnknownRecordException("zone", draft.zone().value()));
              AssessmentId id = new AssessmentId(books.ids().next("pia"));
              int version = history(draft.purpose(), draft.zone()).size() + 1;
              books
                  .database()
                  .sql()
                  .sql(
                      """
                      INSERT INTO assessment (id, purpose, zone, version, zone_kind, sections, verbs,
                        author, written_at)
                      VALUES (:id, :purpose, :zone, :version, :kind, CAST(:sections AS jsonb),
                        CAST(:verbs AS text[]), :author, :now)
                      """)
                  .param("id", id.value())
                  .param("purpose", draft.purpose().value())
                  .param("zone", draft.zone().value())
                  .param("version", version)
                  .param("kind", zone.zone().name())
                  .param("sections", Json.write(new Sections(draft.sections())))
                  .param("verbs", Rows.array(draft.verbs()))
                  .param("author", author.id())
                  .param("now", Books.utc(books.now()))
                  .update();
              books.tell(
                  Entry.of(Kind.ASSESSMENT_DRAFTED)
                      .fact("assessment", id)
                      .fact("purpose", draft.purpose())
                      .fact("zone", draft.zone())
                      .fact("version", version)
                      .fact("sections", draft.written().stream().sorted().toList())
                      .fact("verbs", draft.verbs().stream().sorted().toList())
                      .sealed("author", author.id()));
              return id;
            });
  }

  /// Approves a version as the configuration stands now; what it stands like is kept with it.
  ///
  /// @throws RejectedRecordException `author-is-approver`, `approved-already`,
  ///     `assessment-incomplete`, `purpose-not-in-force`, `zone-changed`
  public void approve(AssessmentId id, Actor approver) {
    books
        .database()
        .transact(
            () -> {
              Assessment a =
                  find(id).orElseThrow(() -> new UnknownRecordException("assessment", id.value()));
              RejectedRecordException.refuseSameHand(a.author(), approver);
              if (a.approved()) {
                throw new RejectedRecordException(
                    "approved-already", "assessment `%s` is approved already".formatted(id));
              }
              List<Section> missing =
                  AssessmentDraft.DUE.stream()
                      .filter(s -> !a.draft().written().contains(s))
                      .sorted()
                      .toList();
              if (!missing.isEmpty()) {
                throw new RejectedRecordException(
                    "assessment-incomplete", "nothing is written under %s".formatted(missing));
              }
              if (purposes.inForce(a.draft().purpose()).isEmpty()) {
                throw new RejectedRecordException(
                    "purpose-not-in-force", "the purpose has no approved version");
              }
              SiteZone zone = places.zone(a.draft().zone()).orElseThrow();
              if (zone.zone() != a.zoneKind()) {
                throw new RejectedRecordException(
                    "zone-changed", "the zone was classed anew since this was written");
              }
              books
                  .database()
                  .sql()
                  .sql(
                      """
                      INSERT INTO assessment_approval (assessment, approver, approved_at, snapshot)
                      VALUES (:id, :by, :now, CAST(:snapshot AS jsonb))
                      """)
                  .param("id", id.value())
                  .param("by", approver.id())
                  .param("now", Books.utc(books.now()))
                  .param("snapshot", Json.write(snapshot(a.draft().purpose(), a.draft().zone())))
                  .update();
              books.tell(
                  Entry.of(Kind.ASSESSMENT_APPROVED)
                      .fact("assessment", id)
                      .sealed("approver", approver.id()));
            });
  }

  /// Reopens assessments after a major security incident.
  ///
  /// law| MEASURES-2025/9.4: a major incident makes the assessment due again.
  ///
  /// @param purpose the one it touched; empty means all
  public void recordIncident(Optional<PurposeId> purpose, String what, Actor by) {
    books
        .database()
        .transact(
            () -> {
              books
                  .database()
                  .sql()
                  .sql(
                      """
                      INSERT INTO assessment_incident (purpose, what, recorded_by, recorded_at)
                      VALUES (:purpose, :what, :by, :now)
                      """)
                  .param("purpose", purpose.map(PurposeId::value).orElse(null))
                  .param("what", what)
                  .param("by", by.id())
                  .param("now", Books.utc(books.now()))
                  .update();
              books.tell(
                  Entry.of(Kind.ASSESSMENT_REOPENED)
                      .fact("purpose", purpose.map(PurposeId::value).orElse("all"))
                      .sealed("what", what)
                      .sealed("by", by.id()));
            });
  }

  /// The latest approved version for a purpose in a zone; if there is none, the latest draft.
  public Optional<Assessment> standing(PurposeId purpose, SiteZoneId zone) {
    List<Assessment> all = history(purpose, zone);
    return all.stream().filter(Assessment::approved).findFirst().or(() -> all.stream().findFirst());
  }

  public Optional<Assessment> find(AssessmentId id) {
    return books
        .database()
        .sql()
        .sql(SELECT + " WHERE a.id = :id")
        .param("id", id.value())
        .query(Assessments::row)
        .optional()
        .map(this::complete);
  }

  /// All versions for a purpose in a zone, newest first.
  public List<Assessment> history(PurposeId purpose, SiteZoneId zone) {
    return books
        .database()
        .sql()
        .sql(SELECT + " WHERE a.purpose = :purpose AND a.zone = :zone ORDER BY a.version DESC")
        .param("purpose", purpose.value())
        .param("zone", zone.value())
        .query(Assessments::row)
        .list()
        .stream()
        .map(this::complete)
        .toList();
  }

  /// The newest version of each purpose and zone, where nobody has approved it yet.
  public List<Assessment> waiting() {
    return books
        .database()
        .sql()
        .sql(
            SELECT
                + " WHERE p.approver IS NULL AND a.version = (SELECT max(version) FROM assessment"
                + " WHERE purpose = a.purpose AND zone = a.zone) ORDER BY a.written_at, a.id")
        .query(Assessments::row)
        .list()
        .stream()
        .map(Row::assessment)
        .toList();
  }

  /// One setting that is not as it was assessed.
  ///
  /// @param assessed what it was at the approval, `none` if there was none
  /// @param now      what it is, `none` if it is gone
  public record Change(String name, String assessed, String now) {}

  /// What has changed since a version was approved; empty if nothing has, or nobody approved it.
  public List<Change> drift(AssessmentId id) {
    return books
        .database()
        .sql()
        .sql(SELECT + " WHERE a.id = :id")
        .param("id", id.value())
        .query(Assessments::row)
        .optional()
        .map(row -> row.snapshot.map(text -> drift(row.assessment, text)).orElse(List.of()))
        .orElseThrow(() -> new UnknownRecordException("assessment", id.value()));
  }

  private List<Change> drift(Assessment of, String snapshot) {
    Map<String, String> approved = read(snapshot);
    Map<String, String> now = snapshot(of.draft().purpose(), of.draft().zone());
    SortedSet<String> names = new TreeSet<>(approved.keySet());
    names.addAll(now.keySet());
    return names.stream()
        .map(
            name ->
                new Change(
                    name, approved.getOrDefault(name, "none"), now.getOrDefault(name, "none")))
        .filter(change -> !change.assessed().equals(change.now()))
        .toList();
  }

  @SuppressWarnings("unchecked")
  private static Map<String, String> read(String snapshot) {
    return Json.read(snapshot, Map.class);
  }

  /// What an approval rests on: purpose version, class of the zone, the devices that serve the
  /// purpose there with their areas, and the engine's settings.
  SortedMap<String, String> snapshot(PurposeId purpose, SiteZoneId zone) {
    SortedMap<String, String> now = new TreeMap<>();
    Optional<Purpose> inForce = purposes.inForce(purpose);
    now.put("purpose.version", inForce.map(p -> Integer.toString(p.version())).orElse("none"));
    SiteZone where =
        places.zone(zone).orElseThrow(() -> new UnknownRecordException("zone", zone.value()));
    now.put("zone.kind", where.zone().name());
    now.put("zone.place", where.place().name());
    now.put("zone.videoClass", where.videoClass().name());
    for (Checkpoint c : places.checkpoints()) {
      if (!c.purpose().equals(purpose) || !c.zone().equals(zone)) continue;
      places
          .device(c.device())
          .ifPresent(d -> now.put("device." + d.id() + ".kind", d.kind().name()));
      now.put(
          "device." + c.device() + ".area",
          places.captureArea(c.device()).map(Statement::id).orElse("none"));
    }
    engineSettings.get().forEach((name, value) -> now.put("engine." + name, value));
    return now;
  }

  private static final String SELECT =
      """
      SELECT a.*, p.approver, p.approved_at, p.snapshot,
        EXISTS (SELECT FROM assessment_incident i
          WHERE (i.purpose IS NULL OR i.purpose = a.purpose) AND i.recorded_at >= p.approved_at)
          AS incident_since
      FROM assessment a LEFT JOIN assessment_approval p ON p.assessment = a.id
      """;

  /// The shape of the sections column.
  record Sections(Map<Section, String> sections) {}

  private record Row(Assessment assessment, Optional<String> snapshot) {}

  private Assessment complete(Row row) {
    Assessment a = row.assessment;
    if (row.snapshot.isEmpty()) return a;
    boolean changed = !drift(a, row.snapshot.get()).isEmpty();
    return new Assessment(
        a.id(),
        a.version(),
        a.draft(),
        a.zoneKind(),
        a.author(),
        a.writtenAt(),
        a.approver(),
        a.approvedAt(),
        changed,
        a.incidentSince());
  }

  private static Row row(ResultSet r, int n) throws SQLException {
    Optional<Instant> approvedAt = Rows.maybeInstant(r, "approved_at");
    return new Row(
        new Assessment(
            new AssessmentId(r.getString("id")),
            r.getInt("version"),
            new AssessmentDraft(
                new PurposeId(r.getString("purpose")),
                new SiteZoneId(r.getString("zone")),
                Json.read(r.getString("sections"), Sections.class).sections(),
                Rows.enums(r, "verbs", Verb.class)),
            Zone.valueOf(r.getString("zone_kind")),
            new Actor(r.getString("author")),
            Rows.instant(r, "written_at"),
            Rows.maybeActor(r, "approver"),
            approvedAt,
            false,
            r.getBoolean("incident_since")),
        Rows.maybeText(r, "snapshot"));
  }
}
