package cn.mingmian.vault;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The transformed vectors of one gallery, model and transform, in native memory, packed without
/// gaps: 8-bit values with a scale each, and the floats too if wished. Removed rows are zeroed.
///
/// Guarded by the gallery's lock.
final class Rows implements AutoCloseable {
  /// The first chunks hold few rows, as most galleries do; later ones fill large pages.
  private static final int FEW = 1024;

  private static final int SMALL_CHUNKS = 4;
  private static final int MANY = 16_384;

  /// Rows that are compared before the first of them is judged.
  private static final int BATCH = 256;

  /// Vectors of two kinds are never compared.
  record Kind(ModelId model, int dimensions, TransformId transform) {}

  /// Native memory of [#FEW] or [#MANY] rows.
  private static final class Chunk implements AutoCloseable {
    private final Arena arena = Arena.ofShared();
    private final MemorySegment bytes;
    private final @Nullable MemorySegment floats;

    Chunk(int rows, int width, boolean keepFloats) {
      bytes = Pages.allocate(arena, (long) rows * width);
      floats = keepFloats ? Pages.allocate(arena, (long) rows * width * Float.BYTES) : null;
    }

    MemorySegment bytes() {
      return bytes;
    }

    @Nullable MemorySegment floats() {
      return floats;
    }

    @Override
    public void close() {
      bytes.fill((byte) 0);
      if (floats != null) floats.fill((byte) 0);
      arena.close();
    }
  }

  private final Kind kind;
  private final boolean keepFloats;
  private final Kernel kernel;

  /// Bytes of a row: its dimensions, and zeros up to a whole step of the kernel.
  private final int width;

  private final List<Chunk> chunks = new ArrayList<>();
  private final Map<TemplateId, Integer> rowOf = new HashMap<>();
  private TemplateId[] ids = new TemplateId[FEW];
  private long[] expiresMillis = new long[FEW];
  private float[] scales = new float[FEW];
  private float[] residuals = new float[FEW];
  private int size;

  Rows(Kind kind, boolean keepFloats, Kernel kernel) {
    this.kind = kind;
    this.keepFloats = keepFloats;
    this.kernel = kernel;
    this.width = Math.ceilDiv(kind.dimensions(), Kernel.ROW_STEP) * Kernel.ROW_STEP;
  }

  Kind kind() {
    return kind;
  }

  int size() {
    return size;
  }

  boolean contains(TemplateId id) {
    return rowOf.containsKey(id);
  }

  /// @param unit  unit vector of `dimensions` native doubles
  void put(TemplateId id, long expires, MemorySegment unit) {
    if (rowOf.containsKey(id)) return;
    int row = size;
    if (row == ids.length) {
      int grown = ids.length + (ids.length >> 1);
      ids = Arrays.copyOf(ids, grown);
      expiresMillis = Arrays.copyOf(expiresMillis, grown);
      scales = Arrays.copyOf(scales, grown);
      residuals = Arrays.copyOf(residuals, grown);
    }
    if (chunkOf(row) == chunks.size()) {
      chunks.add(new Chunk(rowsIn(chunks.size()), width, keepFloats));
    }
    Chunk chunk = chunks.get(chunkOf(row));
    Quantised made = quantise(unit, kind.dimensions(), chunk.bytes(), bytesAt(row));
    if (chunk.floats() != null) {
      for (int i = 0; i < kind.dimensions(); i++) {
        chunk
            .floats()
            .set(JAVA_FLOAT, floatsAt(row) + i * 4L, (float) unit.getAtIndex(JAVA_DOUBLE, i));
      }
    }
    ids[row] = id;
    expiresMillis[row] = expires;
    scales[row] = (float) made.scale();
    residuals[row] = made.residual();
    rowOf.put(id, row);
    size++;
  }

  private static int rowsIn(int chunk) {
    return chunk < SMALL_CHUNKS ? FEW : MANY;
  }

  private static int chunkOf(int row) {
    return row < SMALL_CHUNKS * FEW ? row / FEW : SMALL_CHUNKS + (row - SMALL_CHUNKS * FEW) / MANY;
  }

  /// Place of a row in its chunk.
  private static int placeOf(int row) {
    return row < SMALL_CHUNKS * FEW ? row % FEW : (row - SMALL_CHUNKS * FEW) % MANY;
  }

  private long bytesAt(int row) {
    return (long) placeOf(row) * width;
  }

  private long floatsAt(int row) {
    return bytesAt(row) * 4;
  }

  /// @param residual  length of what rounding left out, never rounded down
  record Quantised(double scale, float residual) {}

  /// Whether memory beyond the first `rows` rows holds nothing.
  boolean isZeroBeyond(int rows) {
    for (int row = rows; chunkOf(row) < chunks.size(); row++) {
      Chunk chunk = chunks.get(chunkOf(row));
      for (int i = 0; i < width; i++) {
        if (chunk.bytes().get(JAVA_BYTE, bytesAt(row) + i) != 0) return false;
        if (chunk.floats() != null && chunk.floats().get(JAVA_FLOAT, floatsAt(row) + i * 4L) != 0) {
          return false;
        }
      }
    }
    return true;
  }

  /// `unit ~ scale * bytes`, each byte -127 to 127.
  static Quantised quantise(MemorySegment unit, int dimensions, MemorySegment out, long at) {
    double most = 0;
    for (int i = 0; i < dimensions; i++) {
      most = Math.max(most, Math.abs(unit.getAtIndex(JAVA_DOUBLE, i)));
    }
    // Through float, because the scale is kept as one: the residual below then covers that too.
    double scale = (float) (most / 127);
    double squares = 0;
    for (int i = 0; i < dimensions; i++) {
      double value = unit.getAtIndex(JAVA_DOUBLE, i);
      long rounded = scale > 0 ? Math.clamp(Math.round(value / scale), -127, 127) : 0;
      out.set(JAVA_BYTE, at + i, (byte) rounded);
      double left = value - scale * rounded;
      squares += left * left;
    }
    return new Quantised(scale, Math.nextUp((float) (Math.sqrt(squares) * (1 + 1e-9))));
  }

  /// Takes a row out: the last one moves into its place, and what it held is zeroed.
  boolean remove(TemplateId id) {
    Integer found = rowOf.remove(id);
    if (found == null) return false;
    int row = found;
    int last = size - 1;
    Chunk to = chunks.get(chunkOf(row));
    Chunk from = chunks.get(chunkOf(last));
    if (row != last) {
      MemorySegment.copy(from.bytes(), bytesAt(last), to.bytes(), bytesAt(row), width);
      if (to.floats() != null && from.floats() != null) {
        MemorySegment.copy(from.floats(), floatsAt(last), to.floats(), floatsAt(row), width * 4L);
      }
      ids[row] = ids[last];
      expiresMillis[row] = expiresMillis[last];
      scales[row] = scales[last];
      residuals[row] = residuals[last];
      rowOf.put(ids[row], row);
    }
    from.bytes().asSlice(bytesAt(last), width).fill((byte) 0);
    if (from.floats() != null) from.floats().asSlice(floatsAt(last), width * 4L).fill((byte) 0);
    Arrays.fill(ids, last, last + 1, null);
    scales[last] = 0;
    residuals[last] = 0;
    size = last;
    if (placeOf(last) == 0) chunks.removeLast().close();
    return true;
  }

  /// Offers every row that may reach the collector's floor. A row's bound is never below its
  /// cosine: by Cauchy and Schwarz, rounding moves a product of unit vectors x, y by at most
  /// `|x - x'| |y| + |x'| |y - y'|`.
  ///
  /// @param unit  probe of unit length, transformed as the rows are, native doubles
  void scan(
      MemorySegment unit,
      long nowMillis,
      Predicate<TemplateId> eligible,
      Set<TemplateId> without,
      Candidates candidates) {
    try (Probe probe = new Probe(unit)) {
      boolean all = eligible == Vault.EVERYONE && without.isEmpty();
      IntPredicate asked =
          row ->
              nowMillis < expiresMillis[row]
                  && (all || (!without.contains(ids[row]) && eligible.test(ids[row])));
      int row = 0;
      while (row < size) {
        if (!asked.test(row)) {
          row++;
          continue;
        }
        // A run of neighbours in one chunk that may all be looked at.
        int most = Math.min(size, row + Math.min(BATCH, rowsIn(chunkOf(row)) - placeOf(row)));
        int end = row + 1;
        while (end < most && asked.test(end)) end++;
        probe.compare(row, end, candidates);
        // The row at which a run ended early was asked about already.
        row = end < most ? end + 1 : end;
      }
    }
  }

  /// What every row is compared with, zeroed at close. One thread at a time.
  private final class Probe implements AutoCloseable {
    private final Arena arena = Arena.ofConfined();
    private final MemorySegment shorts = arena.allocate(width * 2L, 64);
    private final MemorySegment floats = arena.allocate(width * 4L, 64);
    private final int[] sums = new int[BATCH];
    private final Quantised quantised;

    Probe(MemorySegment unit) {
      MemorySegment bytes = arena.allocate(width, 64);
      quantised = quantise(unit, kind.dimensions(), bytes, 0);
      for (int i = 0; i < kind.dimensions(); i++) {
        shorts.setAtIndex(JAVA_SHORT, i, bytes.get(JAVA_BYTE, i));
        floats.setAtIndex(JAVA_FLOAT, i, (float) unit.getAtIndex(JAVA_DOUBLE, i));
      }
      bytes.fill((byte) 0);
    }

    /// Rows `from` to `to`, the last not included, all in one chunk.
    void compare(int from, int to, Candidates candidates) {
      Chunk chunk = chunks.get(chunkOf(from));
      if (chunk.floats() != null) {
        double error = (width + 8) * 0x1p-23;
        for (int row = from; row < to; row++) {
          float near = kernel.dotFloats(chunk.floats(), floatsAt(row), floats, 0, width);
          offer(row, near, error, candidates);
        }
        return;
      }
      kernel.dotRows(chunk.bytes(), bytesAt(from), to - from, width, shorts, sums);
      double own = quantised.residual() + 1e-9;
      double length = 1 + quantised.residual();
      for (int row = from; row < to; row++) {
        double near = quantised.scale() * scales[row] * sums[row - from];
        offer(row, near, own + length * residuals[row], candidates);
      }
    }

    private void offer(int row, double near, double error, Candidates candidates) {
      if (near + error >= candidates.floor()) {
        candidates.offer(Objects.requireNonNull(ids[row]), near, error);
      }
    }

    @Override
    public void close() {
      shorts.fill((byte) 0);
      floats.fill((byte) 0);
      Arrays.fill(sums, 0);
      arena.close();
    }
  }

  @Override
  public void close() {
    for (Chunk chunk : chunks) chunk.close();
    chunks.clear();
    rowOf.clear();
    size = 0;
  }
}
