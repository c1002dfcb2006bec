package cn.mingmian.engine;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/// Scales a rectangle of a frame into float planes: area average where it shrinks, bilinear where
// it
/// grows, per axis. Row buffers are the only heap memory that sees pixels, and are zeroed after
// use.
/// One thread at a time.
final class Resampler {
  private byte[] source = new byte[0];
  private float[] older = new float[0];
  private float[] newer = new float[0];
  private float[] sum = new float[0];
  private float[] plane = new float[0];

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
      Planes planes,
      Edge edge,
      float offset,
      float factor,
      MemorySegment into) {
    Taps columns = new Taps(from.left(), from.width(), width, frame.width(), edge);
    Taps rows = new Taps(from.top(), from.height(), height, frame.height(), edge);
    int samples = width * 3;
    if (source.length < frame.width() * 3) source = new byte[frame.width() * 3];
    if (sum.length < samples) {
      older = new float[samples];
      newer = new float[samples];
      sum = new float[samples];
    }
    if (plane.length < width) plane = new float[width];
    int olderRow = -1;
    int newerRow = -1;
    try {
      for (int y = 0; y < height; y++) {
        Arrays.fill(sum, 0, samples, 0);
        for (int tap = rows.first[y]; tap < rows.first[y + 1]; tap++) {
          int row = rows.index[tap];
          float[] line;
          if (row == newerRow) {
            line = newer;
          } else if (row == olderRow) {
            line = older;
          } else {
            float[] spare = older;
            older = newer;
            olderRow = newerRow;
            newer = spare;
            newerRow = row;
            frame.copyRow(row, source);
            columns.apply(source, newer, width);
            line = newer;
          }
          float weight = rows.weight[tap];
          for (int i = 0; i < samples; i++) sum[i] += weight * line[i];
        }
        write(y, width, height, planes, offset, factor, into);
      }
    } finally {
      Arrays.fill(source, (byte) 0);
      Arrays.fill(older, 0);
      Arrays.fill(newer, 0);
      Arrays.fill(sum, 0);
      Arrays.fill(plane, 0);
    }
  }

  private void write(
      int y, int width, int height, Planes planes, float offset, float factor, MemorySegment into) {
    if (planes == Planes.GREY) {
      for (int x = 0; x < width; x++) {
        float grey = 0.299f * sum[3 * x] + 0.587f * sum[3 * x + 1] + 0.114f * sum[3 * x + 2];
        plane[x] = (grey - offset) * factor;
      }
      MemorySegment.copy(
          plane, 0, into, ValueLayout.JAVA_FLOAT, (long) y * width * Float.BYTES, width);
      return;
    }
    for (int channel = 0; channel < 3; channel++) {
      int from = planes == Planes.RGB ? channel : 2 - channel;
      for (int x = 0; x < width; x++) plane[x] = (sum[3 * x + from] - offset) * factor;
      long at = ((long) channel * width * height + (long) y * width) * Float.BYTES;
      MemorySegment.copy(plane, 0, into, ValueLayout.JAVA_FLOAT, at, width);
    }
  }

  /// For each target pixel of one axis: which source pixels, with which weights.
  private static final class Taps {
    final int[] first;
    int[] index;
    float[] weight;

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
      return used + 1;
    }

    void apply(byte[] row, float[] line, int width) {
      for (int x = 0; x < width; x++) {
        float r = 0;
        float g = 0;
        float b = 0;
        for (int tap = first[x]; tap < first[x + 1]; tap++) {
          int at = index[tap] * 3;
          float share = weight[tap];
          r += share * (row[at] & 0xff);
          g += share * (row[at + 1] & 0xff);
          b += share * (row[at + 2] & 0xff);
        }
        line[3 * x] = r;
        line[3 * x + 1] = g;
        line[3 * x + 2] = b;
      }
    }
  }
}
