package cn.mingmian.platform.defence;

import cn.mingmian.platform.audit.AuditStatus;
import cn.mingmian.platform.audit.Books;
import cn.mingmian.platform.audit.Entry;
import cn.mingmian.platform.audit.Kind;
import cn.mingmian.platform.defence.Detection.Suspicion;
import cn.mingmian.platform.defence.Target.Extent;
import cn.mingmian.platform.people.PersonId;
import cn.mingmian.platform.places.CheckpointId;
import cn.mingmian.platform.places.DeviceId;
import cn.mingmian.platform.records.Actor;
import cn.mingmian.platform.records.RejectedRecordException;
import cn.mingmian.platform.records.Rows;
import cn.mingmian.platform.records.UnknownRecordException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/// Notices attacks and stops what is attacked, until a person lifts it. Thread-safe.
///
/// law| MEASURES-2025/14.1: intrusion detection and defence. What stands still here is refused by
/// the rulebook, because the family does not protect it: see `FactGatherer`.
public final class Defence {
  private final Books books;
  private final Detection detection = new Detection();
  private final ClockWatch clock;
  private final FileWatch files = new FileWatch();
  private final List<Alert> open = new CopyOnWriteArrayList<>();
  private final Map<String, String> origins = new ConcurrentHashMap<>();

  /// @param uptime what the wall clock is held against
  public Defence(Books books, Uptime uptime) {
    this.books = books;
    this.clock = new ClockWatch(books.clock(), uptime);
    open.addAll(
        books
            .database()
            .sql()
            .sql("SELECT * FROM defence_alert WHERE lifted_at IS NULL ORDER BY at")
            .query(Defence::row)
            .list());
    books
        .database()
        .sql()
        .sql("SELECT device, origin FROM defence_origin")
        .query(
            r -> {
              origins.put(r.getString(1), r.getString(2));
            });
  }

  // ---- fed by the operations

  /// Takes note; raises an alert if that makes an attack.
  public void see(Signal signal) {
    Optional<String> known = Optional.empty();
    if (signal instanceof Signal.DeviceReported reported) known = Optional.of(origin(reported));
    Optional<Suspicion> suspicion;
    synchronized (detection) {
      suspicion = detection.see(signal, known, books.now());
    }
    suspicion.ifPresent(this::raise);
  }

  /// From now on these files are to stay as they are; somebody who changes one lifts the alert.
  public void guard(Collection<Path> guarded) {
    files.guard(guarded);
  }

  /// Looks after what reports nothing by itself: clock, files, log. Called every few minutes.
  public void watch() {
    clock.look().ifPresent(moved -> see(new Signal.ClockMoved(moved)));
    files.look().forEach(this::see);
    AuditStatus log = books.trail().status();
    if (log.state() == AuditStatus.State.FAILING) see(new Signal.LogGone(log.detail()));
  }

  // ---- asked before a face is touched, and at every door

  /// What stands still and concerns this question; empty if nothing does.
  public Optional<Alert> standing(
      CheckpointId checkpoint, Optional<DeviceId> device, Optional<PersonId> person) {
    Optional<String> moved = clock.look();
    if (moved.isPresent()) see(new Signal.ClockMoved(moved.get()));
    List<Target> asked =
        Stream.of(
                Stream.of(Target.INSTALLATION, Target.of(checkpoint)),
                device.stream().map(Target::of),
                person.stream().map(p -> Target.of(checkpoint, p)))
            .flatMap(targets -> targets)
            .toList();
    return open.stream().filter(alert -> asked.stream().anyMatch(alert::suspends)).findFirst();
  }

  /// Whether logins and signed requests from there are turned away.
  public boolean turnsAway(String sender) {
    return open.stream().anyMatch(alert -> alert.suspends(Target.sender(sender)));
  }

  // ---- for the privacy officer

  /// What waits for somebody, oldest first.
  public List<Alert> open() {
    return List.copyOf(open);
  }

  /// Every alert, newest first, those of the self-check left out.
  public List<Alert> history(int atMost) {
    return books
        .database()
        .sql()
        .sql(
            """
            SELECT * FROM defence_alert WHERE lifted_by IS DISTINCT FROM :self
            ORDER BY at DESC LIMIT :most
            """)
        .param("self", CanaryAttackCheck.SELF.id())
        .param("most", atMost)
        .query(Defence::row)
        .list();
  }

  /// Ends an alert and what it suspended.
  ///
  /// @param reason what was found and done
  /// @throws RejectedRecordException `reason-missing`
  /// @throws UnknownRecordException if there is no such open alert
  public Alert lift(String id, String reason, Actor by) {
    if (reason.isBlank()) {
      throw new RejectedRecordException("reason-missing", "say what was found and what was done");
    }
    Alert alert =
        open.stream()
            .filter(each -> each.id().equals(id))
            .findFirst()
            .orElseThrow(() -> new UnknownRecordException("open-alert", id));
    var lifted = new Alert.Lifted(books.now(), by, reason);
    books
        .database()
        .transact(
            () -> {
              books
                  .database()
                  .sql()
                  .sql(
                      """
                      UPDATE defence_alert SET lifted_at = :now, lifted_by = :by, reason = :reason
                      WHERE id = :id AND lifted_at IS NULL
                      """)
                  .param("now", Books.utc(lifted.at()))
                  .param("by", by.id())
                  .param("reason", reason)
                  .param("id", id)
                  .update();
              books.tell(
                  Entry.of(Kind.ALERT_LIFTED)
                      .fact("alert", id)
                      .fact("attack", alert.attack())
                      .sealed("reason", reason)
                      .sealed("by", by.id()));
              books.database().afterCommit(() -> lifted(alert));
            });
    return new Alert(
        id,
        alert.attack(),
        alert.target(),
        alert.at(),
        alert.evidence(),
        alert.suspends(),
        Optional.of(lifted));
  }

  private void lifted(Alert alert) {
    if (alert.attack() == Attack.CLOCK_MOVED) clock.accept();
    if (alert.attack() == Attack.FILE_CHANGED) files.accept();
    open.remove(alert);
  }

  /// Where a device belongs from now on.
  public void place(DeviceId device, String origin, Actor by) {
    books
        .database()
        .transact(
            () -> {
              books
                  .database()
                  .sql()
                  .sql(
                      """
                      INSERT INTO defence_origin (device, origin, since, told_by)
                      VALUES (:device, :origin, :now, :by)
                      ON CONFLICT (device) DO UPDATE
                        SET origin = EXCLUDED.origin, since = EXCLUDED.since, told_by = EXCLUDED.told_by
                      """)
                  .param("device", device.value())
                  .param("origin", origin)
                  .param("now", Books.utc(books.now()))
                  .param("by", by.id())
                  .update();
              books.tell(
                  Entry.of(Kind.CONFIGURATION_CHANGED)
                      .fact("device", device)
                      .sealed("origin", origin)
                      .sealed("by", by.id()));
              books.database().afterCommit(() -> origins.put(device.value(), origin));
            });
  }

  /// The first report of a device says where it belongs.
  private String origin(Signal.DeviceReported reported) {
    String known = origins.get(reported.device().value());
    if (known != null) return known;
    place(reported.device(), reported.origin(), Actor.system("defence"));
    return reported.origin();
  }

  // ---- records

  private void raise(Suspicion suspicion) {
    if (open.stream().anyMatch(alert -> isOf(alert, suspicion))) return;
    Alert alert =
        new Alert(
            books.ids().next("alt"),
            suspicion.attack(),
            suspicion.target(),
            books.now(),
            suspicion.evidence(),
            suspicion.suspends(),
            Optional.empty());
    // What is attacked stands still from this moment, whether or not it can be written down.
    open.add(alert);
    books
        .database()
        .transact(
            () -> {
              books
                  .database()
                  .sql()
                  .sql(
                      """
                      INSERT INTO defence_alert (id, attack, extent, target, at, evidence, suspends)
                      VALUES (:id, :attack, :extent, :target, :at, :evidence, :suspends)
                      ON CONFLICT (attack, extent, target) WHERE lifted_at IS NULL DO NOTHING
                      """)
                  .param("id", alert.id())
                  .param("attack", alert.attack().name())
                  .param("extent", alert.target().extent().name())
                  .param("target", alert.target().id())
                  .param("at", Books.utc(alert.at()))
                  .param("evidence", alert.evidence())
                  .param("suspends", alert.suspends())
                  .update();
              books.tell(told(alert));
            });
  }

  private static boolean isOf(Alert alert, Suspicion suspicion) {
    return alert.attack() == suspicion.attack() && alert.target().equals(suspicion.target());
  }

  private static Entry told(Alert alert) {
    Entry entry =
        Entry.of(Kind.ALERT_RAISED)
            .fact("alert", alert.id())
            .fact("attack", alert.attack())
            .fact("extent", alert.target().extent())
            .fact("suspends", alert.suspends())
            .sealed("evidence", alert.evidence());
    return alert.target().speaksOfSomebody()
        ? entry.sealed("target", alert.target().id())
        : entry.fact("target", alert.target().id());
  }

  private static Alert row(ResultSet r, int n) throws SQLException {
    Optional<Alert.Lifted> lifted = Optional.empty();
    if (r.getString("lifted_by") != null) {
      lifted =
          Optional.of(
              new Alert.Lifted(
                  Rows.instant(r, "lifted_at"),
                  new Actor(r.getString("lifted_by")),
                  r.getString("reason")));
    }
    return new Alert(
        r.getString("id"),
        Attack.valueOf(r.getString("attack")),
        new Target(Extent.valueOf(r.getString("extent")), r.getString("target")),
        Rows.instant(r, "at"),
        r.getString("evidence"),
        r.getBoolean("suspends"),
        lifted);
  }
}
