package cn.mingmian.engine;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Writes an ONNX model (opset 9), node by node, in as much of its protobuf as a plain
/// convolutional network takes. Every method names the tensor it makes. One thread at a time.
final class OnnxGraph {
  private static final int FLOAT = 1;
  private static final int INTS = 7;

  private final Message nodes = new Message();
  private final Message initializers = new Message();
  private final String input;
  private final int[] inputShape;
  private int names;

  OnnxGraph(String input, int[] inputShape) {
    this.input = input;
    this.inputShape = inputShape.clone();
  }

  /// @param weights out, in, row, column
  String convolution(
      String x, float[] weights, int[] shape, float[] biases, int stride, int border) {
    return node(
        "Conv",
        new String[] {
          x, initializer(weights, shape), initializer(biases, new int[] {biases.length})
        },
        ints("kernel_shape", shape[2], shape[3]),
        ints("strides", stride, stride),
        ints("pads", border, border, border, border));
  }

  String relu(String x) {
    return node("Relu", new String[] {x});
  }

  String sum(String a, String b) {
    return node("Add", new String[] {a, b});
  }

  /// `MaxPool` or `AveragePool` over windows that lie two apart.
  String pool(String kind, String x, int side) {
    return node(kind, new String[] {x}, ints("kernel_shape", side, side), ints("strides", 2, 2));
  }

  /// Zeros behind the last channel, the last row and the last column.
  String pad(String x, int channels, int pixels) {
    return node("Pad", new String[] {x}, ints("pads", 0, 0, 0, 0, 0, channels, pixels, pixels));
  }

  String meanOverPixels(String x) {
    return node("GlobalAveragePool", new String[] {x});
  }

  String flatten(String x) {
    return node("Flatten", new String[] {x});
  }

  String product(String x, float[] matrix, int[] shape) {
    return node("MatMul", new String[] {x, initializer(matrix, shape)});
  }

  /// The whole file. The tensor given is its one output, by the name `output`.
  byte[] model(String last, int[] shape) {
    nodes.message(1, new Message().text(1, last).text(2, "output").text(4, "Identity"));
    Message graph =
        new Message()
            .append(nodes)
            .text(2, "network")
            .append(initializers)
            .message(11, valueInfo(input, inputShape))
            .message(12, valueInfo("output", shape));
    return new Message()
        .number(1, 4)
        .message(7, graph)
        .message(8, new Message().number(2, 9))
        .bytes();
  }

  private static Message valueInfo(String name, int[] shape) {
    Message dimensions = new Message();
    for (int size : shape) dimensions.message(1, new Message().number(1, size));
    Message tensor = new Message().number(1, FLOAT).message(2, dimensions);
    return new Message().text(1, name).message(2, new Message().message(1, tensor));
  }

  private String node(String kind, String[] inputs, Message... attributes) {
    String output = "t" + names++;
    Message node = new Message();
    for (String name : inputs) node.text(1, name);
    node.text(2, output).text(4, kind);
    for (Message attribute : attributes) node.message(5, attribute);
    nodes.message(1, node);
    return output;
  }

  private static Message ints(String name, int... values) {
    Message attribute = new Message().text(1, name).number(20, INTS);
    for (int value : values) attribute.number(8, value);
    return attribute;
  }

  private String initializer(float[] values, int[] shape) {
    String name = "t" + names++;
    Message tensor = new Message();
    for (int size : shape) tensor.number(1, size);
    ByteBuffer raw =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) raw.putFloat(value);
    initializers.message(5, tensor.number(2, FLOAT).text(8, name).field(9, raw.array()));
    return name;
  }

  /// A protobuf message under construction.
  private static final class Message {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Message number(int field, long value) {
      varint((long) field << 3);
      varint(value);
      return this;
    }

    Message text(int field, String value) {
      return field(field, value.getBytes(StandardCharsets.UTF_8));
    }

    Message message(int field, Message value) {
      return field(field, value.bytes());
    }

    Message field(int field, byte[] value) {
      varint((long) field << 3 | 2);
      varint(value.length);
      out.writeBytes(value);
      return this;
    }

    Message append(Message fields) {
      out.writeBytes(fields.bytes());
      return this;
    }

    byte[] bytes() {
      return out.toByteArray();
    }

    private void varint(long value) {
      long left = value;
      for (; (left & ~0x7fL) != 0; left >>>= 7) out.write((int) (left & 0x7f | 0x80));
      out.write((int) left);
    }
  }
}
