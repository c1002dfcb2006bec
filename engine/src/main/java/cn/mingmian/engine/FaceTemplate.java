package cn.mingmian.engine;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.function.Function;

/// The numbers a face is recognised by: float32, L2-normalised, in native memory that is zeroed and
/// freed on close. Face information in the sense of the law: it has no `toString` that shows it, is
/// not serialisable, and leaves this object only through [#withValues]. Thread-safe.
public final class FaceTemplate implements AutoCloseable {
  private final String modelId;
  private final int dimensions;
  private final Arena arena;
  private final MemorySegment values;
  private boolean closed;

  /// Takes over nothing: copies `length` floats and leaves the source to its owner.
  @SuppressWarnings("MustBeClosedChecker") // closed by close()
  FaceTemplate(String modelId, MemorySegment source) {
    this.modelId = modelId;
    this.dimensions = Math.toIntExact(source.byteSize() / Float.BYTES);
    this.arena = Arena.ofShared();
    this.values = arena.allocate(source.byteSize(), 64);
    values.copyFrom(source);
  }

  /// The model that made it; templates of different models cannot be compared.
  public String modelId() {
    return modelId;
  }

  /// Number of floats.
  public int dimensions() {
    return dimensions;
  }

  /// Lends the values, read-only, for the time of one call; the segment is dead after [#close].
  ///
  /// @throws TemplateClosedException if it was closed
  public synchronized <R> R withValues(Function<MemorySegment, R> reader) {
    requireOpen();
    return reader.apply(values.asReadOnly());
  }

  /// Cosine similarity, -1..1.
  ///
  /// @throws IllegalArgumentException if the other template comes from another model
  public double similarity(FaceTemplate other) {
    if (!modelId.equals(other.modelId)) {
      throw new IllegalArgumentException(
          "template of model `%s` cannot be compared with one of model `%s`"
              .formatted(other.modelId, modelId));
    }
    if (this == other) return withValues(a -> dot(a, a));
    // Locks in one order, so that two threads comparing the same two templates cannot wait on each
    // other.
    FaceTemplate first =
        System.identityHashCode(this) <= System.identityHashCode(other) ? this : other;
    FaceTemplate second = first == this ? other : this;
    return first.withValues(a -> second.withValues(b -> dot(a, b)));
  }

  private static double dot(MemorySegment a, MemorySegment b) {
    double sum = 0;
    long length = a.byteSize() / Float.BYTES;
    for (long i = 0; i < length; i++) {
      sum +=
          (double) a.getAtIndex(ValueLayout.JAVA_FLOAT, i)
              * b.getAtIndex(ValueLayout.JAVA_FLOAT, i);
    }
    return Math.clamp(sum, -1, 1);
  }

  private void requireOpen() {
    if (closed) throw new TemplateClosedException(modelId);
  }

  /// Zeroes and frees the memory; closing again does nothing.
  @Override
  public synchronized void close() {
    if (closed) return;
    closed = true;
    values.fill((byte) 0);
    arena.close();
  }

  @Override
  public String toString() {
    return "FaceTemplate[%s, %d values]".formatted(modelId, dimensions);
  }

  /// Someone used a template after it was closed.
  public static final class TemplateClosedException extends IllegalStateException {
    private TemplateClosedException(String modelId) {
      super("template of model `%s` is closed: its values are gone".formatted(modelId));
    }
  }
}
