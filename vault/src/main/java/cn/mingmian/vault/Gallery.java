package cn.mingmian.vault;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// One gallery in memory: who is in it, the seeds of its keyed transform, and once loaded the rows
/// to search. Thread-safe.
final class Gallery implements AutoCloseable {
  /// A seed of this gallery's transform, in a slot of the key table.
  record Seed(TransformId transform, int index, KeyTable.Slot slot) {
    long createdMillis() {
      return slot.expiresMillis();
    }
  }

  private record Matrix(TransformId transform, int dimensions) {}

  /// Makes the matrix of a seed, once for each number of dimensions.
  interface MakesTransform {
    KeyedTransform make();
  }

  private final GalleryId id;
  private final boolean keepFloats;
  private final Kernel kernel;
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private final Map<Rows.Kind, Rows> rows = new HashMap<>();
  private final Map<Matrix, KeyedTransform> transforms = new ConcurrentHashMap<>();
  final Set<TemplateId> members = ConcurrentHashMap.newKeySet();
  final Set<TemplateId> damaged = ConcurrentHashMap.newKeySet();

  /// Held while rows are read from disk, so that it is done once.
  final ReentrantLock loading = new ReentrantLock();

  volatile boolean loaded;

  /// Newest last; changed under the vault's writing lock.
  volatile List<Seed> seeds = List.of();

  Gallery(GalleryId id, boolean keepFloats, Kernel kernel) {
    this.id = id;
    this.keepFloats = keepFloats;
    this.kernel = kernel;
  }

  GalleryId id() {
    return id;
  }

  /// Runs `use` with a matrix that is in memory, else returns false.
  boolean applyMade(TransformId transform, int dimensions, Consumer<KeyedTransform> use) {
    lock.readLock().lock();
    try {
      KeyedTransform made = transforms.get(new Matrix(transform, dimensions));
      if (made == null) return false;
      use.accept(made);
      return true;
    } finally {
      lock.readLock().unlock();
    }
  }

  /// Runs `use` with a matrix, making it first if need be.
  void apply(
      TransformId transform, int dimensions, MakesTransform maker, Consumer<KeyedTransform> use) {
    lock.readLock().lock();
    try {
      use.accept(
          transforms.computeIfAbsent(new Matrix(transform, dimensions), wanted -> maker.make()));
    } finally {
      lock.readLock().unlock();
    }
  }

  /// Zeroes the matrices of a seed that is no longer used.
  void forget(TransformId transform) {
    lock.writeLock().lock();
    try {
      transforms
          .entrySet()
          .removeIf(
              made -> {
                boolean dead = made.getKey().transform().equals(transform);
                if (dead) made.getValue().close();
                return dead;
              });
      rows.values()
          .removeIf(
              block -> {
                boolean dead = block.size() == 0 && block.kind().transform().equals(transform);
                if (dead) block.close();
                return dead;
              });
    } finally {
      lock.writeLock().unlock();
    }
  }

  /// Puts a row unless `still` says that the template went away meanwhile.
  void put(
      Rows.Kind kind,
      TemplateId template,
      long expiresMillis,
      MemorySegment unit,
      BooleanSupplier still) {
    lock.writeLock().lock();
    try {
      if (!still.getAsBoolean()) return;
      rows.values().stream().filter(r -> !r.kind().equals(kind)).forEach(r -> r.remove(template));
      rows.computeIfAbsent(kind, k -> new Rows(k, keepFloats, kernel))
          .put(template, expiresMillis, unit);
    } finally {
      lock.writeLock().unlock();
    }
  }

  boolean contains(TemplateId template) {
    lock.readLock().lock();
    try {
      return rows.values().stream().anyMatch(block -> block.contains(template));
    } finally {
      lock.readLock().unlock();
    }
  }

  /// Takes a template out and zeroes its row; when this returns no search will find it.
  void remove(TemplateId template) {
    members.remove(template);
    damaged.remove(template);
    lock.writeLock().lock();
    try {
      for (Rows block : rows.values()) block.remove(template);
    } finally {
      lock.writeLock().unlock();
    }
  }

  interface Scan {
    void over(Rows rows);
  }

  /// Runs `scan` over the rows, if any, of one model while nothing is added or removed.
  void scan(ModelId model, Scan scan) {
    lock.readLock().lock();
    try {
      for (Rows block : new ArrayList<>(rows.values())) {
        if (block.size() > 0 && block.kind().model().equals(model)) scan.over(block);
      }
    } finally {
      lock.readLock().unlock();
    }
  }

  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      for (Rows block : rows.values()) block.close();
      rows.clear();
      for (KeyedTransform made : transforms.values()) made.close();
      transforms.clear();
      members.clear();
      loaded = false;
    } finally {
      lock.writeLock().unlock();
    }
  }
}
