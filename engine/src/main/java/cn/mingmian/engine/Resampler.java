package cn.mingmian.engine;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/// Scales a rectangle of a frame into float planes: area average where it shrinks, bilinear where
/// it grows, per axis. Row buffers are the only heap memory that sees pixels, and are zeroed after
/// use. One thread at a time.
final class Resampler {
  private byte[] source = new byte[0];
  private float[] sums = new float[0];
  private float[][] planes = new float[3][0];

  /// What a plane holds.
  enum Planes {
    RGB,
    BGR,
    GREY
  }

  /// Which picture lies outside of the frame.
  enum Edge {
    /// The outermost pixels go on.
    CLAMP,
    /// Black.
    ZERO
  }

  /// @param into   planes of `width * height` floats, one after the other
  /// @param offset subtracted from 0..255, then multiplied with `factor`
  void scale(
      Frame frame,
      Face.Box from,
      int width,
      int height,
      Planes order,
      Edge edge,
      float offset,
      float factor,
      MemorySegment into) {
    Taps columns = new Taps(from.left(), from.width(), width, frame.width(), edge);
    Taps rows = new Taps(from.top(), from.height(), height, frame.height(), edge);
    // Only the columns that some target pixel needs are read and summed up.
    int firstSample = columns.lowest * 3;
    int samples = Math.max(0, (columns.highest - columns.lowest + 1) * 3);
    if (source.length < samples) {
      source = new byte[samples];
      sums = new float[samples];
    }
    if (planes[0].length < width) planes = new float[3][width];
    try {
      for (int y = 0; y < height; y++) {
        Arrays.fill(sums, 0, samples, 128 * rows.total(y));
        for (int tap = rows.first[y]; tap < rows.first[y + 1]; tap++) {
          frame.copyRow(rows.index[tap], firstSample, samples, source);
          centre(source, samples);
          add(source, rows.weight[tap], sums, samples);
        }
        columns.apply(sums, planes[0], planes[1], planes[2], width);
        write(y, width, height, order, offset, factor, into);
      }
    } finally {
      Arrays.fill(source, (byte) 0);
      Arrays.fill(sums, 0);
      for (float[] plane : planes) Arrays.fill(plane, 0);
    }
  }

  // Two loops of their own, so that the compiler turns them into vector instructions: it does so
  // for
  // signed bytes (0.1 µs a row of 640 pixels) and not for `& 0xff` (1.2 µs). So samples are moved
  // from
  // 0..255 to -128..127, and the 128 are in the sum from the start.

  private static void centre(byte[] row, int samples) {
    for (int i = 0; i < samples; i++) row[i] ^= (byte) 0x80;
  }

  private static void add(byte[] row, float weight, float[] sums, int samples) {
    for (int i = 0; i < samples; i++) sums[i] += weight * row[i];
  }

  private void write(
      int y, int width, int height, Planes order, float offset, float factor, MemorySegment into) {
    float[] red = planes[0];
    float[] green = planes[1];
    float[] blue = planes[2];
    if (order == Planes.GREY) {
      for (int x = 0; x < width; x++) {
        red[x] = (0.299f * red[x] + 0.587f * green[x] + 0.114f * blue[x] - offset) * factor;
      }
      store(red, y, 0, width, height, into);
      return;
    }
    for (float[] plane : planes) {
      for (int x = 0; x < width; x++) plane[x] = (plane[x] - offset) * factor;
    }
    store(order == Planes.RGB ? red : blue, y, 0, width, height, into);
    store(green, y, 1, width, height, into);
    store(order == Planes.RGB ? blue : red, y, 2, width, height, into);
  }

  private static void store(
      float[] plane, int y, int channel, int width, int height, MemorySegment into) {
    long at = ((long) channel * width * height + (long) y * width) * Float.BYTES;
    MemorySegment.copy(plane, 0, into, ValueLayout.JAVA_FLOAT, at, width);
  }

  /// For each target pixel of one axis: which source pixels, with which weights.
  private static final class Taps {
    final int[] first;
    final int[] index;
    final float[] weight;
    int lowest = Integer.MAX_VALUE;
    int highest = -1;

    Taps(double start, double length, int target, int source, Edge edge) {
      double scale = length / target;
      first = new int[target + 1];
      int room = target * (Math.max(2, (int) Math.ceil(scale) + 2));
      index = new int[room];
      weight = new float[room];
      int used = 0;
      for (int i = 0; i < target; i++) {
        first[i] = used;
        if (scale > 1) {
          double from = start + i * scale;
          double to = from + scale;
          for (int at = (int) Math.floor(from); at < to; at++) {
            double share = (Math.min(to, at + 1) - Math.max(from, at)) / scale;
            if (share > 1e-9) used = add(used, at, share, source, edge);
          }
        } else {
          double centre = start + (i + 0.5) * scale - 0.5;
          int at = (int) Math.floor(centre);
          double share = centre - at;
          used = add(used, at, 1 - share, source, edge);
          used = add(used, at + 1, share, source, edge);
        }
      }
      first[target] = used;
    }

    private int add(int used, int at, double share, int source, Edge edge) {
      int inside = at;
      if (at < 0 || at >= source) {
        if (edge == Edge.ZERO) return used;
        inside = Math.clamp(at, 0, source - 1);
      }
      index[used] = inside;
      weight[used] = (float) share;
      lowest = Math.min(lowest, inside);
      highest = Math.max(highest, inside);
      return used + 1;
    }

    /// Weights of one target pixel together: 1, or less where some lie outside.
    float total(int i) {
      float total = 0;
      for (int tap = first[i]; tap < first[i + 1]; tap++) total += weight[tap];
      return total;
    }

    /// @param line samples from the column `lowest` on, three a pixel
    void apply(float[] line, float[] red, float[] green, float[] blue, int width) {
      for (int x = 0; x < width; x++) {
        int tap = first[x];
        int end = first[x + 1];
        if (end - tap == 2) {
          // Growing always takes two neighbours: the common case without a loop.
          int one = (index[tap] - lowest) * 3;
          int two = (index[tap + 1] - lowest) * 3;
          float a = weight[tap];
          float b = weight[tap + 1];
          red[x] = a * line[one] + b * line[two];
          green[x] = a * line[one + 1] + b * line[two + 1];
          blue[x] = a * line[one + 2] + b * line[two + 2];
          continue;
        }
        float r = 0;
        float g = 0;
        float b = 0;
        for (; tap < end; tap++) {
          int at = (index[tap] - lowest) * 3;
          float share = weight[tap];
          r += share * line[at];
          g += share * line[at + 1];
          b += share * line[at + 2];
        }
        red[x] = r;
        green[x] = g;
        blue[x] = b;
      }
    }
  }
}
