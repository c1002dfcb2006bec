package cn.mingmian.vault;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The transformed vectors of one gallery, model and transform, in native memory, packed without
/// gaps: 8-bit values with a scale each, and the floats too if wished. Removed rows are zeroed.
///
/// Guarded by the gallery's lock.
final class Rows implements AutoCloseable {
  private static final int CHUNK = 1024;

  /// Vectors of two kinds are never compared.
  record Kind(ModelId model, int dimensions, TransformId transform) {}

  /// Native memory of 1024 rows.
  private static final class Chunk implements AutoCloseable {
    private final Arena arena = Arena.ofShared();
    private final MemorySegment bytes;
    private final @Nullable MemorySegment floats;

    Chunk(int dimensions, boolean keepFloats) {
      bytes = arena.allocate((long) CHUNK * dimensions, 64);
      floats = keepFloats ? arena.allocate((long) CHUNK * dimensions * Float.BYTES, 64) : null;
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
  private final List<Chunk> chunks = new ArrayList<>();
  private final Map<TemplateId, Integer> rowOf = new HashMap<>();
  private TemplateId[] ids = new TemplateId[CHUNK];
  private long[] expiresMillis = new long[CHUNK];
  private float[] scales = new float[CHUNK];
  private float[] residuals = new float[CHUNK];
  private int size;

  Rows(Kind kind, boolean keepFloats, Kernel kernel) {
    this.kind = kind;
    this.keepFloats = keepFloats;
    this.kernel = kernel;
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
    if (row / CHUNK == chunks.size()) chunks.add(new Chunk(kind.dimensions(), keepFloats));
    Chunk chunk = chunks.get(row / CHUNK);
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

  private long bytesAt(int row) {
    return (long) (row % CHUNK) * kind.dimensions();
  }

  private long floatsAt(int row) {
    return bytesAt(row) * 4;
  }

  /// @param residual  length of what rounding left out, never rounded down
  record Quantised(double scale, float residual) {}

  /// Whether memory beyond the first `rows` rows holds nothing.
  boolean isZeroBeyond(int rows) {
    for (int row = rows; row < chunks.size() * CHUNK; row++) {
      Chunk chunk = chunks.get(row / CHUNK);
      for (int i = 0; i < kind.dimensions(); i++) {
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
    Chunk to = chunks.get(row / CHUNK);
    Chunk from = chunks.get(last / CHUNK);
    int width = kind.dimensions();
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
    if (last % CHUNK == 0) chunks.removeLast().close();
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
    try (Arena arena = Arena.ofConfined()) {
      int width = kind.dimensions();
      MemorySegment bytes = arena.allocate(width, 64);
      MemorySegment floats = arena.allocate(width * 4L, 64);
      for (int i = 0; i < width; i++) {
        floats.setAtIndex(JAVA_FLOAT, i, (float) unit.getAtIndex(JAVA_DOUBLE, i));
      }
      Quantised probe = quantise(unit, width, bytes, 0);
      double floatError = (width + 8) * 0x1p-23;
      double probeError = probe.residual() + 1e-9;
      double probeLength = 1 + probe.residual();
      boolean all = eligible == Vault.EVERYONE && without.isEmpty();
      for (int row = 0; row < size; row++) {
        if (nowMillis >= expiresMillis[row]) continue;
        if (!all && (without.contains(ids[row]) || !eligible.test(ids[row]))) continue;
        Chunk chunk = chunks.get(row / CHUNK);
        double near;
        double error;
        if (chunk.floats() != null) {
          near = kernel.dotFloats(chunk.floats(), floatsAt(row), floats, 0, width);
          error = floatError;
        } else {
          near =
              probe.scale()
                  * scales[row]
                  * kernel.dotBytes(chunk.bytes(), bytesAt(row), bytes, 0, width);
          error = probeError + probeLength * residuals[row];
        }
        if (near + error >= candidates.floor()) {
          candidates.offer(Objects.requireNonNull(ids[row]), near, error);
        }
      }
      bytes.fill((byte) 0);
      floats.fill((byte) 0);
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
