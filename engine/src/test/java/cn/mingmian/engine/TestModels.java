package cn.mingmian.engine;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// ONNX files of a few bytes, made by hand.
final class TestModels {
  private TestModels() {}

  /// A graph with one float tensor in `raw_data`.
  static byte[] oneInitializer(float[] weights) {
    ByteBuffer raw = ByteBuffer.allocate(weights.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    for (float weight : weights) raw.putFloat(weight);
    byte[] tensor = join(new byte[] {0x08, (byte) weights.length, 0x10, 1}, field(9, raw.array()));
    return join(new byte[] {0x08, 7}, field(7, field(5, tensor)));
  }

  private static byte[] field(int number, byte[] content) {
    return join(new byte[] {(byte) (number << 3 | 2), (byte) content.length}, content);
  }

  private static byte[] join(byte[] a, byte[] b) {
    return ByteBuffer.allocate(a.length + b.length).put(a).put(b).array();
  }
}
