package cn.mingmian.platform.controls;

import cn.mingmian.law.facts.Control;
import cn.mingmian.platform.audit.AuditStatus;
import cn.mingmian.platform.audit.Books;
import cn.mingmian.platform.audit.Entry;
import cn.mingmian.platform.audit.Kind;
import cn.mingmian.platform.records.Actor;
import cn.mingmian.platform.records.RejectedRecordException;
import cn.mingmian.platform.records.Rows;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/// Which families of protection work, from dated checks. Thread-safe.
///
/// law| MEASURES-2025/14.1: encryption, security audit, access control, authorisation, intrusion
/// detection and defence.
public final class Controls {
  /// A check that passed longer ago than this says nothing any more.
  public static final Duration GOOD_FOR = Duration.ofHours(24);

  private final Books books;
  private final List<SelfCheck> registered = new CopyOnWriteArrayList<>();
  private volatile Map<String, ControlState.Check> latest = Map.of();

  /// Brings the audit trail's own check; the other families' are registered by whoever has them.
  public Controls(Books books) {
    this.books = books;
    register(new AuditCheck(books));
  }

  /// Adds a check; for the wiring. It counts from its first run.
  public void register(SelfCheck check) {
    if (registered.stream().anyMatch(c -> c.name().equals(check.name()))) {
      throw new IllegalArgumentException(
          "check `%s` is registered already".formatted(check.name()));
    }
    registered.add(check);
  }

  /// Runs every check and records the evidence. Run at start and every few hours; a change of
  /// result is told to the audit trail.
  public List<ControlState> runAll() {
    Map<String, ControlState.Check> results = new java.util.HashMap<>();
    for (SelfCheck check : registered) {
      SelfCheck.Outcome outcome = run(check);
      Instant at = books.now();
      ControlState.Check result =
          new ControlState.Check(check.name(), outcome.passed(), outcome.evidence(), at);
      results.put(check.name(), result);
    }
    Map<String, ControlState.Check> before = latest;
    latest = Map.copyOf(results);
    books
        .database()
        .transact(
            () -> {
              for (SelfCheck check : registered) {
                ControlState.Check result = results.get(check.name());
                if (result != null) record(check.family(), result, before.get(check.name()));
              }
            });
    return states();
  }

  private static SelfCheck.Outcome run(SelfCheck check) {
    try {
      return check.run();
    } catch (RuntimeException e) {
      // Whatever went wrong in a trial of a protection, the protection is not shown to work.
      return new SelfCheck.Outcome(
          false, "%s: %s".formatted(e.getClass().getSimpleName(), e.getMessage()));
    }
  }

  private void record(
      Control family,
      ControlState.Check result,
      ControlState.@org.jspecify.annotations.Nullable Check before) {
    books
        .database()
        .sql()
        .sql(
            """
            INSERT INTO control_check (family, name, passed, evidence, at)
            VALUES (:family, :name, :passed, :evidence, :at)
            """)
        .param("family", family.name())
        .param("name", result.name())
        .param("passed", result.passed())
        .param("evidence", result.evidence())
        .param("at", Books.utc(result.at()))
        .update();
    if (before == null || before.passed() != result.passed()) {
      books.tell(
          Entry.of(Kind.CONTROL_CHECKED)
              .fact("family", family)
              .fact("check", result.name())
              .fact("passed", result.passed())
              .sealed("evidence", result.evidence()));
    }
  }

  /// The five families as they stand now.
  public List<ControlState> states() {
    Instant now = books.now();
    Map<Control, List<ControlState.Check>> checks = new EnumMap<>(Control.class);
    Map<Control, String> failing = new EnumMap<>(Control.class);
    Map<String, ControlState.Check> results = latest;
    for (SelfCheck check : registered) {
      ControlState.Check result = results.get(check.name());
      if (result == null) {
        failing.putIfAbsent(check.family(), "`%s` has not run yet".formatted(check.name()));
        continue;
      }
      checks.computeIfAbsent(check.family(), f -> new ArrayList<>()).add(result);
      if (!result.passed()) {
        failing.putIfAbsent(
            check.family(), "`%s` failed: %s".formatted(check.name(), result.evidence()));
      } else if (result.at().isAfter(now) || now.isAfter(result.at().plus(GOOD_FOR))) {
        failing.putIfAbsent(
            check.family(), "`%s` last passed at %s".formatted(check.name(), result.at()));
      }
    }
    // The trail's state is asked each time: no decision is made that could not be recorded.
    AuditStatus trail = books.trail().status();
    if (!trail.working()) {
      failing.put(
          Control.AUDIT, "the audit trail is %s: %s".formatted(trail.state(), trail.detail()));
    }
    List<ControlState> states = new ArrayList<>();
    for (Control family : Control.values()) {
      List<ControlState.Check> of = checks.getOrDefault(family, List.of());
      String why = failing.getOrDefault(family, of.isEmpty() ? "no check of it has run" : "");
      states.add(new ControlState(family, why.isEmpty(), why, of));
    }
    return List.copyOf(states);
  }

  /// The families that work and are evidenced.
  public Set<Control> working() {
    EnumSet<Control> working = EnumSet.noneOf(Control.class);
    states().stream().filter(ControlState::working).forEach(s -> working.add(s.family()));
    return Set.copyOf(working);
  }

  // ---- classified protection

  /// Records the level of classified protection.
  ///
  /// @throws RejectedRecordException `mlps-level-out-of-range`, `document-hash-malformed`
  public void recordMlps(Mlps mlps, Actor by) {
    if (mlps.level() < 1 || mlps.level() > 5) {
      throw new RejectedRecordException(
          "mlps-level-out-of-range", "a level of `%d`, expected 1 to 5".formatted(mlps.level()));
    }
    if (!mlps.documentHash().matches("[0-9a-f]{64}")) {
      throw new RejectedRecordException(
          "document-hash-malformed", "a document's hash has 64 hexadecimal digits");
    }
    books
        .database()
        .transact(
            () -> {
              books
                  .database()
                  .sql()
                  .sql(
                      """
                      INSERT INTO mlps (level, filing_number, assessed_on, document_hash,
                        recorded_by, recorded_at)
                      VALUES (:level, :number, :on, :hash, :by, :now)
                      """)
                  .param("level", mlps.level())
                  .param("number", mlps.filingNumber())
                  .param("on", mlps.assessedOn())
                  .param("hash", mlps.documentHash())
                  .param("by", by.id())
                  .param("now", Books.utc(books.now()))
                  .update();
              books.tell(
                  Entry.of(Kind.MLPS_RECORDED)
                      .fact("level", mlps.level())
                      .sealed("filingNumber", mlps.filingNumber())
                      .sealed("by", by.id()));
            });
  }

  public Optional<Mlps> mlps() {
    return books
        .database()
        .sql()
        .sql("SELECT * FROM mlps ORDER BY id DESC LIMIT 1")
        .query(
            (r, n) ->
                new Mlps(
                    r.getInt("level"),
                    r.getString("filing_number"),
                    r.getObject("assessed_on", LocalDate.class),
                    r.getString("document_hash")))
        .optional();
  }

  /// The recorded runs of a family, newest first.
  public List<ControlState.Check> history(Control family, int atMost) {
    return books
        .database()
        .sql()
        .sql("SELECT * FROM control_check WHERE family = :family ORDER BY id DESC LIMIT :most")
        .param("family", family.name())
        .param("most", atMost)
        .query(
            (r, n) ->
                new ControlState.Check(
                    r.getString("name"),
                    r.getBoolean("passed"),
                    r.getString("evidence"),
                    Rows.instant(r, "at")))
        .list();
  }
}
