package cn.mingmian.vault;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.bouncycastle.crypto.digests.SM3Digest;

/// A secret rotation `y = Qx` of one gallery's vectors: Q is orthonormal, drawn from a secret seed.
///
/// Angles stay, so search works on the rotated vectors; galleries under different seeds cannot be
/// linked without side information, and a gallery can be given a new seed without anyone being
/// captured again. It is an invertible linear map: with the seed the vector is back, and about as
/// many known pairs as it has dimensions give the seed's effect away. Confidentiality at rest comes
/// from the sealing around it, never from this.
///
/// Q is the orthogonal factor, with signs fixed so that R has a positive diagonal, of a matrix of
/// independent Gaussians; so it is uniform over all rotations and reflections (Mezzadri 2007,
/// arXiv:math-ph/0609050). Thread-safe until closed; the matrix is native memory, zeroed at close.
final class KeyedTransform implements AutoCloseable {
  private final Arena arena = Arena.ofShared();
  private final int dimensions;
  private final MemorySegment matrix;
  private final Kernel kernel;

  /// @param seed  32 bytes, secret; not kept
  KeyedTransform(Suite suite, byte[] seed, int dimensions, Kernel kernel) {
    this.dimensions = dimensions;
    this.kernel = kernel;
    double[][] q = orthonormal(gaussians(suite, seed, dimensions));
    matrix = arena.allocate((long) dimensions * dimensions * Double.BYTES, 64);
    for (int row = 0; row < dimensions; row++) {
      long at = (long) row * dimensions * Double.BYTES;
      MemorySegment.copy(q[row], 0, matrix, JAVA_DOUBLE, at, dimensions);
      Arrays.fill(q[row], 0);
    }
  }

  int dimensions() {
    return dimensions;
  }

  /// `y = Qx`, both `dimensions` native doubles.
  void apply(MemorySegment x, MemorySegment y) {
    for (int row = 0; row < dimensions; row++) {
      long at = (long) row * dimensions * Double.BYTES;
      y.setAtIndex(JAVA_DOUBLE, row, kernel.dotDoubles(matrix, at, x, 0, dimensions));
    }
  }

  /// `x = Qᵀy`, both `dimensions` native doubles.
  void undo(MemorySegment y, MemorySegment x) {
    x.fill((byte) 0);
    for (int row = 0; row < dimensions; row++) {
      long at = (long) row * dimensions * Double.BYTES;
      kernel.addScaled(x, y.getAtIndex(JAVA_DOUBLE, row), matrix, at, dimensions);
    }
  }

  /// Row-major independent Gaussians: `H(seed || counter)` read as 64-bit words, the upper 53 bits
  /// of each made a uniform in (0, 1), two uniforms made two Gaussians by Box and Muller (1958).
  static double[][] gaussians(Suite suite, byte[] seed, int dimensions) {
    double[][] out = new double[dimensions][dimensions];
    byte[] input = Arrays.copyOf(seed, seed.length + Long.BYTES);
    byte[] block = new byte[32];
    double[] uniform = new double[4];
    long total = (long) dimensions * dimensions;
    try {
      for (long done = 0, counter = 0; done < total; counter++) {
        for (int i = 0; i < Long.BYTES; i++) {
          input[seed.length + i] = (byte) (counter >>> (56 - 8 * i));
        }
        hash(suite, input, block);
        for (int word = 0; word < 4; word++) {
          long bits = 0;
          for (int i = 0; i < 8; i++) bits = bits << 8 | (block[word * 8 + i] & 0xff);
          uniform[word] = ((bits >>> 11) + 0.5) * 0x1p-53;
        }
        for (int pair = 0; pair < 4 && done < total; pair += 2) {
          double radius = StrictMath.sqrt(-2 * StrictMath.log(uniform[pair]));
          double angle = 2 * StrictMath.PI * uniform[pair + 1];
          done = put(out, done, radius * StrictMath.cos(angle));
          if (done < total) done = put(out, done, radius * StrictMath.sin(angle));
        }
      }
      return out;
    } finally {
      Arrays.fill(input, (byte) 0);
      Arrays.fill(block, (byte) 0);
      Arrays.fill(uniform, 0);
    }
  }

  private static long put(double[][] out, long index, double value) {
    out[(int) (index / out.length)][(int) (index % out.length)] = value;
    return index + 1;
  }

  private static void hash(Suite suite, byte[] input, byte[] out) {
    if (suite == Suite.SM4_GCM_SM3) {
      SM3Digest sm3 = new SM3Digest();
      sm3.update(input, 0, input.length);
      sm3.doFinal(out, 0);
      return;
    }
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(input);
      System.arraycopy(digest, 0, out, 0, out.length);
      Arrays.fill(digest, (byte) 0);
    } catch (NoSuchAlgorithmException e) {
      throw new VaultException("this Java runtime offers no SHA-256", e);
    }
  }

  /// The orthogonal factor of `a` by Householder reflections, with the diagonal of R made positive.
  /// `a` is used up, and zero afterwards.
  static double[][] orthonormal(double[][] a) {
    int n = a.length;
    double[][] reflectors = new double[n][];
    double[] signs = new double[n];
    double[] work = new double[n];
    for (int k = 0; k < n; k++) {
      double squares = 0;
      for (int i = k; i < n; i++) squares += a[i][k] * a[i][k];
      double norm = Math.sqrt(squares);
      double alpha = a[k][k] > 0 ? -norm : norm;
      double[] v = new double[n - k];
      for (int i = k; i < n; i++) v[i - k] = a[i][k];
      v[0] -= alpha;
      double vv = 2 * (squares - alpha * a[k][k]);
      reflect(a, v, vv > 0 ? 2 / vv : 0, k, k, work);
      for (int i = 0; i < v.length; i++) v[i] *= vv > 0 ? Math.sqrt(2 / vv) : 0;
      reflectors[k] = v;
      signs[k] = alpha < 0 ? -1 : 1;
    }
    for (double[] row : a) Arrays.fill(row, 0);
    double[][] q = new double[n][n];
    for (int i = 0; i < n; i++) q[i][i] = 1;
    for (int k = n - 1; k >= 0; k--) {
      reflect(q, reflectors[k], 1, k, 0, work);
      Arrays.fill(reflectors[k], 0);
    }
    for (double[] row : q) for (int j = 0; j < n; j++) row[j] *= signs[j];
    Arrays.fill(work, 0);
    return q;
  }

  /// `m := (I - factor v vᵀ) m` on the rows from `top` and the columns from `left`.
  private static void reflect(
      double[][] m, double[] v, double factor, int top, int left, double[] work) {
    int n = m.length;
    Arrays.fill(work, left, n, 0);
    for (int i = top; i < n; i++) {
      double[] row = m[i];
      double scale = v[i - top] * factor;
      for (int j = left; j < n; j++) work[j] += scale * row[j];
    }
    for (int i = top; i < n; i++) {
      double[] row = m[i];
      double scale = v[i - top];
      for (int j = left; j < n; j++) row[j] -= scale * work[j];
    }
  }

  @Override
  public void close() {
    if (!arena.scope().isAlive()) return;
    matrix.fill((byte) 0);
    arena.close();
  }
}
