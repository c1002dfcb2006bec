package cn.mingmian.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;

/// An append-only log in a directory: entries in bundles, their hashes in tiles, and a signed
/// checkpoint over all of them, in the layout of C2SP tlog-tiles. Thread-safe; one writer a
/// directory, held by a file lock.
///
/// An append returns when its entries, their tiles and a checkpoint that covers them have reached
/// the disk, the checkpoint's name last. Appends that arrive while another is being written are
/// written
/// together and cost one round of disk barriers (group commit). If the process or the power dies,
/// the log opens again at its last checkpoint: an entry whose append returned is in it, one whose
/// append did not return may or may not be.
public final class TransparencyLog implements AutoCloseable {
  /// File beside the checkpoint that holds the log's public key, for convenience, not as proof.
  static final String VERIFIER_KEY = "verifier-key";

  private static final String CHECKPOINT = "checkpoint";
  private static final String FRESH_CHECKPOINT = "checkpoint.new";
  private static final int MOST_BYTES_WRITTEN_TOGETHER = 16 << 20;

  private final Path directory;
  private final Disk disk;
  private final List<Signer> signers;
  private final String origin;
  private final FileChannel lockFile;
  private final FileLock lock;
  private final LinkedBlockingQueue<Append> waiting = new LinkedBlockingQueue<>();
  private final Thread writer;
  private volatile Snapshot snapshot;

  /// Guards the order "nothing is queued behind the end"; held for moments only.
  private final Object gate = new Object();

  private boolean closed;

  /// Touched by the writer alone, as is the next one.
  private boolean reopenFirst;

  /// Partial files that no checkpoint on disk needs; those that could not be removed are tried
  /// again after the next append, and when the log is opened.
  private final List<LogPath> outgrown = new ArrayList<>();

  private TransparencyLog(
      Path directory,
      Disk disk,
      List<Signer> signers,
      FileChannel lockFile,
      FileLock lock,
      Snapshot snapshot) {
    this.directory = directory;
    this.disk = disk;
    this.signers = signers;
    this.origin = signers.getFirst().name();
    this.lockFile = lockFile;
    this.lock = lock;
    this.snapshot = snapshot;
    this.writer = Thread.ofPlatform().daemon().name("ledger-writer").unstarted(this::writeAll);
  }

  /// Opens the log in `directory`, or begins an empty one there.
  ///
  /// What an interrupted append left behind its last checkpoint is removed.
  ///
  /// @param signer the log's key; its name is the log's origin
  /// @param others sign every checkpoint too
  /// @throws LogInUseException if the log has a writer already
  /// @throws LogDamagedException if the checkpoint is not signed by this key, or the right edge of
  ///     the tree does not lead to it
  public static TransparencyLog open(Path directory, Ed25519Signer signer, Signer... others) {
    return open(directory, Disk.REAL, signer, others);
  }

  static TransparencyLog open(Path directory, Disk disk, Ed25519Signer signer, Signer... others) {
    List<Signer> signers = new ArrayList<>(List.of(signer));
    signers.addAll(Arrays.asList(others));
    try {
      Files.createDirectories(directory);
      FileChannel lockFile =
          FileChannel.open(
              directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      boolean opened = false;
      try {
        FileLock lock = lock(lockFile, directory);
        Recovery recovery = new Recovery(directory, disk);
        Snapshot snapshot =
            recovery
                .lastCheckpoint(signer.verifierKey())
                .orElseGet(() -> begin(directory, disk, signers));
        recovery.removeBeyond(snapshot.size());
        showKey(directory, signer.verifierKey());
        TransparencyLog log =
            new TransparencyLog(directory, disk, List.copyOf(signers), lockFile, lock, snapshot);
        log.writer.start();
        opened = true;
        return log;
      } finally {
        if (!opened) {
          lockFile.close();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("log `%s`: %s".formatted(directory, e), e);
    }
  }

  private static FileLock lock(FileChannel lockFile, Path directory) throws IOException {
    FileLock lock;
    try {
      lock = lockFile.tryLock();
    } catch (OverlappingFileLockException e) {
      throw new LogInUseException(directory);
    }
    if (lock == null) {
      throw new LogInUseException(directory);
    }
    return lock;
  }

  private static Snapshot begin(Path directory, Disk disk, List<Signer> signers) {
    Checkpoint empty = new Checkpoint(signers.getFirst().name(), 0, new Merkle().emptyRoot());
    SignedCheckpoint signed = new SignedCheckpoint(empty, SignedNote.sign(empty.body(), signers));
    try {
      writeCheckpoint(directory, disk, signed);
      Path parent = directory.toAbsolutePath().getParent();
      if (parent != null) {
        disk.forceDirectory(parent);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("log `%s`: %s".formatted(directory, e), e);
    }
    return new Snapshot(signed, List.of(), List.of());
  }

  private static void showKey(Path directory, VerifierKey key) throws IOException {
    Path file = directory.resolve(VERIFIER_KEY);
    String line = key.text() + "\n";
    if (!Files.exists(file) || !Files.readString(file).equals(line)) {
      Files.writeString(file, line);
    }
  }

  private static void writeCheckpoint(Path directory, Disk disk, SignedCheckpoint signed)
      throws IOException {
    Path fresh = directory.resolve(FRESH_CHECKPOINT);
    disk.write(fresh, signed.bytes());
    disk.force(fresh);
    showCheckpoint(directory, disk);
  }

  private static void showCheckpoint(Path directory, Disk disk) throws IOException {
    disk.rename(directory.resolve(FRESH_CHECKPOINT), directory.resolve(CHECKPOINT));
    disk.forceDirectory(directory);
  }

  // ---- writing

  /// What one caller waits for.
  ///
  /// @param at the index of the first entry, or -1 for the next free one
  private record Append(long at, List<byte[]> entries, CompletableFuture<Long> index) {}

  /// Appends entries behind the last one, durably.
  ///
  /// @param entries at most 65,535 bytes each; they are not copied and must not change
  /// @return index of the first of them
  /// @throws LogWriteException if they could not be written; none of them counts as appended
  public long append(List<byte[]> entries) {
    return submit(-1, entries);
  }

  /// Appends entries that have been numbered elsewhere, durably. Entries that the log holds
  /// already are compared and skipped, so a caller that does not know whether an earlier call
  /// came through repeats it.
  ///
  /// @param index of the first of `entries`
  /// @return `index`
  /// @throws LogForkException if the log holds other bytes at one of these indices; nothing of
  ///     the call is appended
  /// @throws LogGapException if entries before `index` are missing
  /// @throws LogWriteException if they could not be written; repeat the call
  public long appendAt(long index, List<byte[]> entries) {
    if (index < 0) {
      throw new IllegalArgumentException("an index is 0 or more, not `%d`".formatted(index));
    }
    return submit(index, entries);
  }

  private long submit(long at, List<byte[]> entries) {
    List<byte[]> copy = List.copyOf(entries);
    for (byte[] entry : copy) {
      if (entry.length > Bundle.LONGEST_ENTRY) {
        throw new IllegalArgumentException(
            "an entry has at most 65,535 bytes, this one has %d".formatted(entry.length));
      }
    }
    Append append = new Append(at, copy, new CompletableFuture<>());
    synchronized (gate) {
      checkOpen();
      waiting.add(append);
    }
    try {
      return append.index().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("log `%s` is closed".formatted(directory));
    }
  }

  /// The end of the queue: the writer stops there.
  private static final Append END = new Append(-1, List.of(), new CompletableFuture<>());

  private void writeAll() {
    while (true) {
      List<Append> group = nextGroup();
      boolean end = group.remove(END);
      writeGroup(group);
      if (end) {
        return;
      }
    }
  }

  private List<Append> nextGroup() {
    List<Append> group = new ArrayList<>();
    try {
      long bytes = 0;
      for (Append next = waiting.take();
          next != null;
          next = bytes < MOST_BYTES_WRITTEN_TOGETHER ? waiting.poll() : null) {
        group.add(next);
        for (byte[] entry : next.entries()) {
          bytes += entry.length;
        }
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts the writer of a log", e);
    }
    return group;
  }

  private void writeGroup(List<Append> group) {
    List<byte[]> fresh = new ArrayList<>();
    List<Append> accepted = new ArrayList<>();
    List<Long> indices = new ArrayList<>();
    RuntimeException failure = null;
    try {
      for (Append append : group) {
        long next = snapshot.size() + fresh.size();
        long at = append.at() < 0 ? next : append.at();
        try {
          int held = heldAlready(at, append.entries(), fresh);
          fresh.addAll(append.entries().subList(held, append.entries().size()));
          accepted.add(append);
          indices.add(at);
        } catch (LogForkException | LogGapException | LogDamagedException e) {
          append.index().completeExceptionally(e);
        }
      }
      if (!fresh.isEmpty()) {
        if (reopenFirst) {
          throw new LogWriteException(
              "log `%s` could not replace its checkpoint and must be opened anew"
                  .formatted(directory),
              new IOException("an earlier checkpoint was not written"),
              true);
        }
        write(fresh);
      }
    } catch (RuntimeException e) {
      // The thread's end would leave its callers waiting: each of them gets the failure.
      failure = e;
    }
    for (int i = 0; i < accepted.size(); i++) {
      if (failure == null) {
        accepted.get(i).index().complete(indices.get(i));
      } else {
        accepted.get(i).index().completeExceptionally(failure);
      }
    }
    if (failure != null) {
      for (Append append : group) {
        append.index().completeExceptionally(failure);
      }
    }
  }

  /// How many of `entries`, from the first on, the log holds or is about to hold at `at`.
  private int heldAlready(long at, List<byte[]> entries, List<byte[]> fresh) {
    long next = snapshot.size() + fresh.size();
    if (at > next) {
      throw new LogGapException(next, at);
    }
    int overlap = (int) Math.min(entries.size(), next - at);
    Tiles tiles = new Tiles(directory, snapshot);
    List<byte[]> bundle = List.of();
    long bundleIndex = -1;
    for (int i = 0; i < overlap; i++) {
      long index = at + i;
      byte[] held;
      if (index >= snapshot.size()) {
        held = fresh.get((int) (index - snapshot.size()));
      } else {
        if (index / LogPath.FULL != bundleIndex) {
          bundleIndex = index / LogPath.FULL;
          bundle = tiles.bundle(bundleIndex, width(bundleIndex, snapshot.size()));
        }
        held = bundle.get((int) (index % LogPath.FULL));
      }
      if (!Arrays.equals(held, entries.get(i))) {
        Merkle merkle = new Merkle();
        throw new LogForkException(
            index, Hash.of(merkle.leaf(held)), Hash.of(merkle.leaf(entries.get(i))));
      }
    }
    return overlap;
  }

  /// How wide tile or bundle `index` is when its level has `hashes`.
  private static int width(long index, long hashes) {
    return (int) Math.min(LogPath.FULL, hashes - index * LogPath.FULL);
  }

  private void write(List<byte[]> fresh) {
    Snapshot before = snapshot;
    Growth growth = new Growth(before);
    fresh.forEach(growth::add);
    Checkpoint grown = new Checkpoint(origin, growth.size(), growth.root());
    Snapshot after =
        new Snapshot(
            new SignedCheckpoint(grown, SignedNote.sign(grown.body(), signers)),
            growth.edgeEntries(),
            growth.edgeHashes());

    FileBatch files = new FileBatch(directory, disk);
    try {
      files.write(growth.bundles());
      files.write(growth.tiles());
      files.write(directory.resolve(FRESH_CHECKPOINT), after.checkpoint().bytes());
      files.force();
    } catch (IOException e) {
      throw new LogWriteException(
          "log `%s` could not write %d entries behind %d: %s"
              .formatted(directory, fresh.size(), before.size(), e.getMessage()),
          files.remove(e),
          false);
    }
    try {
      // Only now does anything refer to the new files.
      showCheckpoint(directory, disk);
    } catch (IOException e) {
      // The new checkpoint may or may not be the one that a restart finds. Signing another one of
      // the same size now could fork the log, so nothing more is taken.
      reopenFirst = true;
      throw new LogWriteException(
          "log `%s` could not replace its checkpoint: %s; open it anew"
              .formatted(directory, e.getMessage()),
          e,
          true);
    }
    snapshot = after;
    outgrown.addAll(growth.outgrown());
    outgrown.removeIf(files::removeOutgrown);
  }

  // ---- reading

  /// The log's name, which is also its key's.
  public String origin() {
    return origin;
  }

  /// Number of entries under the current checkpoint.
  public long size() {
    return snapshot.size();
  }

  /// The current checkpoint; everything that it covers is durable.
  public SignedCheckpoint checkpoint() {
    return snapshot.checkpoint();
  }

  /// @throws IndexOutOfBoundsException unless `0 <= index < size()`
  /// @throws LogDamagedException if the entry no longer has the hash that it had
  public byte[] entry(long index) {
    Snapshot now = snapshot;
    checkIndex(index, now.size());
    return bundleOf(now, index).get((int) (index % LogPath.FULL)).clone();
  }

  /// Entries `from` (included) to `to` (excluded), in order.
  ///
  /// @throws IndexOutOfBoundsException unless `0 <= from <= to <= size()`
  public List<byte[]> entries(long from, long to) {
    Snapshot now = snapshot;
    if (from < 0 || from > to || to > now.size()) {
      throw new IndexOutOfBoundsException(
          "entries `%d` to `%d` of a log of %d".formatted(from, to, now.size()));
    }
    List<byte[]> entries = new ArrayList<>();
    for (long index = from; index < to; ) {
      List<byte[]> bundle = bundleOf(now, index);
      int first = (int) (index % LogPath.FULL);
      int end = (int) Math.min(bundle.size(), first + (to - index));
      bundle.subList(first, end).forEach(entry -> entries.add(entry.clone()));
      index += end - first;
    }
    return entries;
  }

  private List<byte[]> bundleOf(Snapshot now, long index) {
    long bundle = index / LogPath.FULL;
    return new Tiles(directory, now).bundle(bundle, width(bundle, now.size()));
  }

  private static void checkIndex(long index, long size) {
    if (index < 0 || index >= size) {
      throw new IndexOutOfBoundsException(
          "entry `%d` of a log of %d entries".formatted(index, size));
    }
  }

  /// That entry `index` is in the tree of the first `size` entries.
  ///
  /// @throws IndexOutOfBoundsException unless `0 <= index < size <= size()`
  public InclusionProof inclusionProof(long index, long size) {
    Snapshot now = snapshot;
    checkSize(size, now.size());
    checkIndex(index, size);
    return new InclusionProof(index, size, new Tiles(directory, now).inclusion(index, size));
  }

  /// That the tree of `newSize` entries begins with that of `oldSize`.
  ///
  /// @throws IndexOutOfBoundsException unless `0 <= oldSize <= newSize <= size()`
  public ConsistencyProof consistencyProof(long oldSize, long newSize) {
    Snapshot now = snapshot;
    checkSize(newSize, now.size());
    checkSize(oldSize, newSize);
    return new ConsistencyProof(
        oldSize, newSize, new Tiles(directory, now).consistency(oldSize, newSize));
  }

  private static void checkSize(long size, long most) {
    if (size < 0 || size > most) {
      throw new IndexOutOfBoundsException(
          "a tree of `%d` entries in a log of %d".formatted(size, most));
    }
  }

  /// The receipt of entry `index` under the current checkpoint. It was checked before it is
  /// handed out.
  ///
  /// @throws IndexOutOfBoundsException unless `0 <= index < size()`
  /// @throws LogDamagedException if the tiles no longer lead from the entry to the checkpoint
  public Receipt receipt(long index) {
    Snapshot now = snapshot;
    checkIndex(index, now.size());
    Tiles tiles = new Tiles(directory, now);
    List<Hash> path = tiles.inclusion(index, now.size());
    long tile = index / LogPath.FULL;
    int position = (int) (index % LogPath.FULL);
    Hash leaf = Hash.at(tiles.tile(0, tile, position + 1), position);
    Hash root = now.checkpoint().checkpoint().root();
    if (!new Merkle().includes(leaf.bytes(), index, now.size(), path, root)) {
      throw new LogDamagedException(
          directory, "the tiles do not lead from entry %d to the checkpoint".formatted(index));
    }
    return new Receipt(index, path, now.checkpoint());
  }

  /// What is served under a path of C2SP tlog-tiles: `checkpoint`, `tile/<L>/<N>[.p/<W>]` or
  /// `tile/entries/<N>[.p/<W>]`. Partial widths of earlier checkpoints are served too.
  ///
  /// @param path as a client sent it, without a leading slash; anything at all
  /// @return empty if this is no such path, or the log has no such tile (yet)
  public Optional<Resource> resource(String path) {
    Snapshot now = snapshot;
    return LogPath.parse(path)
        .flatMap(
            parsed ->
                switch (parsed) {
                  case LogPath.CheckpointFile() ->
                      Optional.of(
                          new Resource(
                              now.checkpoint().bytes(), "text/plain; charset=utf-8", false));
                  case LogPath.HashTile(int level, long index, int width) ->
                      has(index, width, Snapshot.hashesAt(level, now.size()))
                          ? Optional.of(bytes(new Tiles(directory, now).tile(level, index, width)))
                          : Optional.empty();
                  case LogPath.EntryBundle(long index, int width) ->
                      has(index, width, now.size())
                          ? Optional.of(
                              bytes(Bundle.write(new Tiles(directory, now).bundle(index, width))))
                          : Optional.empty();
                });
  }

  /// Writes the log as it is now into an empty directory, its checkpoint last; appends go on
  /// meanwhile and are not in it.
  ///
  /// @return what the copy ends with
  /// @throws UncheckedIOException if it cannot be written
  public SignedCheckpoint copyTo(Path target) {
    Snapshot now = snapshot;
    Tiles tiles = new Tiles(directory, now);
    try {
      for (long first = 0; first < now.size(); first += LogPath.FULL) {
        int width = (int) Math.min(LogPath.FULL, now.size() - first);
        LogPath.EntryBundle at = new LogPath.EntryBundle(first / LogPath.FULL, width);
        writeCopy(target, at, Bundle.write(tiles.bundle(at.index(), width)));
      }
      for (int level = 0; Snapshot.hashesAt(level, now.size()) > 0; level++) {
        long hashes = Snapshot.hashesAt(level, now.size());
        for (long first = 0; first < hashes; first += LogPath.FULL) {
          int width = (int) Math.min(LogPath.FULL, hashes - first);
          LogPath.HashTile at = new LogPath.HashTile(level, first / LogPath.FULL, width);
          writeCopy(target, at, tiles.tile(level, at.index(), width));
        }
      }
      Files.write(
          target.resolve(VERIFIER_KEY), Files.readAllBytes(directory.resolve(VERIFIER_KEY)));
      writeCopy(target, new LogPath.CheckpointFile(), now.checkpoint().bytes());
      return now.checkpoint();
    } catch (IOException e) {
      throw new UncheckedIOException("log `%s`: cannot copy it: %s".formatted(directory, e), e);
    }
  }

  private static void writeCopy(Path target, LogPath path, byte[] bytes) throws IOException {
    Path file = target.resolve(path.text());
    Files.createDirectories(file.resolveSibling("."));
    Files.write(file, bytes);
  }

  /// Whether a level of `hashes` has a tile `index` that is at least `width` wide.
  private static boolean has(long index, int width, long hashes) {
    return index <= hashes / LogPath.FULL && index * LogPath.FULL + width <= hashes;
  }

  private static Resource bytes(byte[] bytes) {
    return new Resource(bytes, "application/octet-stream", true);
  }

  /// Finishes the appends that have begun, then lets others open the log. Reading goes on working
  /// on the last checkpoint.
  @Override
  public void close() {
    synchronized (gate) {
      if (closed) {
        return;
      }
      closed = true;
      waiting.add(END);
    }
    boolean interrupted = false;
    while (writer.isAlive()) {
      try {
        writer.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    try {
      lock.release();
      lockFile.close();
    } catch (IOException e) {
      throw new UncheckedIOException("log `%s`: %s".formatted(directory, e), e);
    }
  }
}
