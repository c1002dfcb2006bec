package cn.mingmian.platform.audit;

import cn.mingmian.ledger.LogDamagedException;
import cn.mingmian.ledger.LogForkException;
import cn.mingmian.ledger.LogGapException;
import cn.mingmian.ledger.LogInUseException;
import cn.mingmian.ledger.LogWriteException;
import cn.mingmian.ledger.Receipt;
import cn.mingmian.ledger.Resource;
import cn.mingmian.ledger.SignedCheckpoint;
import cn.mingmian.ledger.TransparencyLog;
import cn.mingmian.platform.audit.AuditStatus.State;
import cn.mingmian.platform.records.Actor;
import cn.mingmian.platform.records.Database;
import cn.mingmian.platform.records.DatabaseException;
import cn.mingmian.platform.records.Ids;
import cn.mingmian.platform.records.RejectedRecordException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

/// Records what happens: in the caller's transaction first, then, numbered without gaps by one
/// sequencer, in the transparency log under a signed checkpoint, usually within some 20 ms.
///
/// What a crash leaves: an entry whose transaction committed is published at the next start; one
/// whose transaction did not, never was. Thread-safe; whoever opens, closes.
public final class AuditTrail implements AutoCloseable {
  /// An acknowledged act is in the log within this time.
  public static final Duration PUBLISHED_WITHIN = Duration.ofMillis(200);

  private static final int BATCH = 1_000;
  private static final Duration IDLE = Duration.ofSeconds(1);
  private static final Duration RETRY = Duration.ofMillis(500);

  private final Database database;
  private final AuditTable table;
  private final Supplier<TransparencyLog> opener;
  private final Clock clock;
  private final Ids ids;
  private final Thread sequencer;

  private final ReentrantLock gate = new ReentrantLock();
  private final Condition published = gate.newCondition();
  private final Condition woken = gate.newCondition();
  private long wakes;
  private boolean closed;
  private TransparencyLog log;

  /// Whether the log must be opened anew before anything is published.
  private boolean logGone;

  private AuditStatus status;

  private AuditTrail(Database database, Supplier<TransparencyLog> opener, Clock clock, Ids ids) {
    this.database = database;
    this.table = new AuditTable(database);
    this.opener = opener;
    this.clock = clock;
    this.ids = ids;
    this.log = opener.get();
    this.status = new AuditStatus(State.FAILING, clock.instant(), "starting", log.size());
    this.sequencer = Thread.ofPlatform().name("audit-sequencer").unstarted(this::sequence);
  }

  /// Opens the log, compares it with the database and finishes publishing what a crash left.
  ///
  /// @param opener opens the log's directory with its signer; asked again after a failed write
  public static AuditTrail open(
      Database database, Supplier<TransparencyLog> opener, Clock clock, Ids ids) {
    AuditTrail trail = new AuditTrail(database, opener, clock, ids);
    try {
      trail.compare();
      if (trail.status.working()) trail.publishWaiting();
    } catch (RuntimeException e) {
      trail.log.close();
      throw e;
    }
    trail.sequencer.start();
    return trail;
  }

  // ---- writing

  /// Records an entry; it exists exactly if the caller's transaction commits.
  ///
  /// @throws IllegalStateException if this thread has no open transaction
  public EntryId append(Entry entry) {
    database.requireTransaction("an entry of the audit trail");
    EntryId id = new EntryId(ids.next("ent"));
    // PostgreSQL keeps microseconds: what is published is what can be read back.
    Instant at = clock.instant().truncatedTo(java.time.temporal.ChronoUnit.MICROS);
    byte @Nullable [] salt = null;
    byte @Nullable [] preimage = null;
    byte @Nullable [] commitment = null;
    if (!entry.sealedFacts().isEmpty()) {
      salt = ids.secret();
      preimage = EntryText.preimage(entry);
      commitment = Digests.commitment(salt, preimage);
    }
    byte[] text = EntryText.write(id, at, entry, commitment);
    table.insert(id, at, entry.kind(), text, entry.subject(), salt, preimage);
    database.afterCommit(this::wake);
    return id;
  }

  /// Waits until an entry is in the log under a signed checkpoint on the disk.
  ///
  /// @return false if that did not happen in time; the entry is committed and will follow
  public boolean awaitPublished(EntryId id, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    Optional<Long> number = table.numberOf(id);
    while (true) {
      gate.lock();
      try {
        if (number.isPresent() && number.get() < log.size()) return true;
        long left = deadline - System.nanoTime();
        if (left <= 0 || closed) return false;
        published.awaitNanos(Math.min(left, TimeUnit.MILLISECONDS.toNanos(50)));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      } finally {
        gate.unlock();
      }
      if (number.isEmpty()) number = table.numberOf(id);
    }
  }

  /// Forgets what would open the entries about one subject, up to an instant: the entries stay, and
  /// nobody can tell any more whom they are about.
  ///
  /// @return how many entries
  public int forget(String subject, Instant upTo) {
    return table.forget(subject, upTo);
  }

  /// Forgets what would open these entries.
  public void forget(List<EntryId> entries) {
    table.forget(entries);
  }

  /// Forgets what would open the entries of some kinds from before an instant.
  public void forget(Set<Kind> kinds, Instant before) {
    table.forget(kinds, before);
  }

  // ---- reading

  public AuditStatus status() {
    gate.lock();
    try {
      return new AuditStatus(status.state(), status.since(), status.detail(), log.size());
    } finally {
      gate.unlock();
    }
  }

  public Optional<RecordedEntry> find(EntryId id) {
    return table.find(id);
  }

  /// Entries about one subject, newest first.
  public List<RecordedEntry> about(String subject, int atMost) {
    return table.about(subject, atMost);
  }

  /// Numbered entries below a number, newest first.
  public List<RecordedEntry> page(long below, int atMost) {
    return table.page(below, atMost);
  }

  /// The proof that an entry is in the log.
  ///
  /// @return empty while it is not published, or if it is unknown
  public Optional<Receipt> receipt(EntryId id) {
    TransparencyLog now = log();
    return table.numberOf(id).filter(n -> n < now.size()).map(now::receipt);
  }

  /// The same as the file that a person takes along, in the format of C2SP tlog-proof.
  public Optional<String> receiptText(EntryId id) {
    return receipt(id).map(Receipt::text);
  }

  public SignedCheckpoint checkpoint() {
    return log().checkpoint();
  }

  /// What the log serves under a path of C2SP tlog-tiles.
  public Optional<Resource> resource(String path) {
    return log().resource(path);
  }

  /// Writes the log as it is now into an empty directory.
  ///
  /// @return how many entries
  public long copyTo(Path target) {
    return log().copyTo(target).size();
  }

  private TransparencyLog log() {
    gate.lock();
    try {
      return log;
    } finally {
      gate.unlock();
    }
  }

  // ---- after a restored backup

  /// Takes the entries that a restored database misses from the log, and does its withdrawals and
  /// erasures again, in one transaction; then faces are accepted again.
  ///
  /// @throws RejectedRecordException `no-recovery-needed` or `log-diverged`
  public Recovery recover(List<Recovery.Reapply> families, Actor by) {
    AuditStatus before = status();
    if (before.state() != State.RECOVERY_NEEDED) {
      throw new RejectedRecordException(
          before.state() == State.DIVERGED ? "log-diverged" : "no-recovery-needed",
          before.state() == State.DIVERGED
              ? before.detail()
              : "the database knows every entry of the log: there is nothing to recover");
    }
    TransparencyLog from = log();
    Recovery recovery =
        database.inTransaction(
            () -> {
              long first = table.next();
              long size = from.size();
              Map<String, Integer> kinds = new TreeMap<>();
              int reapplied = 0;
              for (long at = first; at < size; at += BATCH) {
                List<byte[]> entries = from.entries(at, Math.min(size, at + BATCH));
                for (int i = 0; i < entries.size(); i++) {
                  EntryText.Read read = EntryText.read(entries.get(i));
                  table.adopt(read, at + i, entries.get(i));
                  kinds.merge(read.kind(), 1, Integer::sum);
                  reapplied += reapply(read, families);
                }
              }
              append(
                  Entry.of(Kind.RECOVERED)
                      .fact("missed", size - first)
                      .fact("kinds", kinds)
                      .fact("reapplied", reapplied)
                      .sealed("by", by.id()));
              return new Recovery(size - first, kinds, reapplied);
            });
    compare();
    wake();
    return recovery;
  }

  private static int reapply(EntryText.Read read, List<Recovery.Reapply> families) {
    Optional<Kind> kind =
        Arrays.stream(Kind.values()).filter(k -> k.name().equals(read.kind())).findFirst();
    if (kind.isEmpty()) return 0;
    int done = 0;
    for (Tag tag : read.tags()) {
      for (Recovery.Reapply family : families) {
        if (family.reapply(kind.get(), read.at(), tag)) done++;
      }
    }
    return done;
  }

  // ---- the sequencer

  /// Looks whether log and database tell the same story.
  private void compare() {
    readNumbersBack();
    long next = table.next();
    long size = log().size();
    if (size > 0) {
      long last = Math.min(size, next) - 1;
      if (last >= 0) {
        byte[] ours = table.from(last, 1).getFirst().entry();
        if (!Arrays.equals(ours, log().entry(last))) {
          setStatus(
              State.DIVERGED,
              "entry %d of the log is not the one of the database: they do not belong together"
                  .formatted(last));
          return;
        }
      }
    }
    if (size > next) {
      setStatus(
          State.RECOVERY_NEEDED,
          "the log is %d entries ahead of the database, which a backup restored: run `recover`"
              .formatted(size - next));
    } else {
      setStatus(State.WORKING, "");
    }
  }

  /// A crash may lose numbers, never entries: what the log holds and the database has waiting under
  /// the same id and with the same bytes gets its number again.
  private void readNumbersBack() {
    TransparencyLog from = log();
    database.transact(
        () -> {
          for (long at = table.next(); at < from.size(); at++) {
            byte[] entry = from.entry(at);
            if (!table.numberAsInLog(EntryText.read(entry).id(), entry, at)) return;
          }
        });
  }

  private void sequence() {
    long seen = -1;
    while (awaitWake(seen)) {
      seen = wakes();
      State state = status().state();
      if (state == State.RECOVERY_NEEDED || state == State.DIVERGED) continue;
      try {
        if (logGone()) reopen();
        if (publishWaiting()) setStatus(State.WORKING, "");
      } catch (LogForkException | LogGapException e) {
        setStatus(State.DIVERGED, String.valueOf(e.getMessage()));
      } catch (LogWriteException e) {
        if (e.reopenFirst()) leaveLog();
        failing(e);
      } catch (LogDamagedException
          | LogInUseException
          | UncheckedIOException
          | DatabaseException
          | DataAccessException e) {
        failing(e);
      }
    }
  }

  /// @return false if log and database do not tell the same story any more
  private boolean publishWaiting() {
    while (true) {
      TransparencyLog to = log();
      // A database that was killed and came back may have lost numbers that the log has.
      if (table.next() < to.size()) {
        compare();
        if (!status().working()) return false;
      }
      int numbered = database.inTransaction(() -> table.number(table.next(), BATCH));
      List<AuditTable.Numbered> batch = table.from(to.size(), BATCH);
      if (batch.isEmpty()) return true;
      to.appendAt(
          batch.getFirst().number(), batch.stream().map(AuditTable.Numbered::entry).toList());
      gate.lock();
      try {
        published.signalAll();
      } finally {
        gate.unlock();
      }
      if (numbered < BATCH && batch.size() < BATCH) return true;
    }
  }

  /// Lets the log go and takes it again from the disk.
  ///
  /// @throws UncheckedIOException if it cannot be read now; asked again at the next try
  private void reopen() {
    gate.lock();
    try {
      logGone = true;
      log.close();
      log = opener.get();
      logGone = false;
    } finally {
      gate.unlock();
    }
  }

  private void leaveLog() {
    gate.lock();
    try {
      logGone = true;
    } finally {
      gate.unlock();
    }
  }

  private boolean logGone() {
    gate.lock();
    try {
      return logGone;
    } finally {
      gate.unlock();
    }
  }

  private void failing(RuntimeException e) {
    setStatus(State.FAILING, String.valueOf(e.getMessage()));
    gate.lock();
    try {
      if (!closed) woken.awaitNanos(RETRY.toNanos());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      gate.unlock();
    }
    wake();
  }

  private void setStatus(State state, String detail) {
    gate.lock();
    try {
      if (status.state() != state || !status.detail().equals(detail)) {
        status = new AuditStatus(state, clock.instant(), detail, 0);
      }
    } finally {
      gate.unlock();
    }
  }

  private void wake() {
    gate.lock();
    try {
      wakes++;
      woken.signalAll();
    } finally {
      gate.unlock();
    }
  }

  private long wakes() {
    gate.lock();
    try {
      return wakes;
    } finally {
      gate.unlock();
    }
  }

  /// @return false once closed
  private boolean awaitWake(long seen) {
    gate.lock();
    try {
      if (wakes == seen && !closed) woken.awaitNanos(IDLE.toNanos());
      return !closed;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      gate.unlock();
    }
  }

  /// Publishes what was committed, if that can be done, then lets the log go.
  @Override
  public void close() {
    gate.lock();
    try {
      if (closed) return;
      closed = true;
      woken.signalAll();
      published.signalAll();
    } finally {
      gate.unlock();
    }
    boolean interrupted = false;
    while (sequencer.isAlive()) {
      try {
        sequencer.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    try {
      if (status().working()) publishWaiting();
    } catch (LogWriteException | LogDamagedException | DatabaseException | DataAccessException e) {
      setStatus(State.FAILING, String.valueOf(e.getMessage()));
    } finally {
      log().close();
      if (interrupted) Thread.currentThread().interrupt();
    }
  }
}
