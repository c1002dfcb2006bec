package cn.mingmian.engine;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes an ONNX graph of dlib's face network (dlib_face_recognition_resnet_model_v1) from its
/// 8-bit weights. The network: a 7x7 convolution, a pool, fourteen residual blocks of two 3x3
/// convolutions, the mean over what is left, and one matrix to 128 values.
///
/// Two things are folded into the weights: dlib's scaling after each convolution, and its own input
/// (RGB, the mean colour taken away, over 256), so that the graph takes what the default template
/// model takes: BGR, (x - 127) / 128.
final class DlibResnet {
  static final int SIDE = 150;
  private static final float[] MEAN_COLOUR = {122.782f, 117.001f, 104.298f};

  private record Tensor(int[] shape, double[] values) {}

  private final Map<String, Tensor> tensors = new HashMap<>();
  private final OnnxGraph graph = new OnnxGraph("input", new int[] {1, 3, SIDE, SIDE});

  private DlibResnet(byte[] weights) {
    ByteBuffer in = ByteBuffer.wrap(weights).order(ByteOrder.LITTLE_ENDIAN);
    for (String line : lines()) {
      String[] parts = line.split(" ");
      String[] sizes = parts[1].split("x");
      int[] shape = new int[sizes.length];
      int count = 1;
      for (int i = 0; i < shape.length; i++) {
        shape[i] = Integer.parseInt(sizes[i]);
        count *= shape[i];
      }
      boolean eightBits = parts.length == 4;
      if (in.remaining() < count * (eightBits ? 1 : Float.BYTES)) {
        throw new IllegalArgumentException(
            "weights end within tensor `%s`: %d bytes".formatted(parts[0], weights.length));
      }
      double step = eightBits ? Double.parseDouble(parts[2]) : 0;
      double least = eightBits ? Double.parseDouble(parts[3]) : 0;
      double[] values = new double[count];
      for (int i = 0; i < count; i++) {
        values[i] = eightBits ? (in.get() & 0xff) * step + least : in.getFloat();
      }
      tensors.put(parts[0], new Tensor(shape, values));
    }
    if (in.hasRemaining()) {
      throw new IllegalArgumentException(
          "weights have %d bytes more than the network".formatted(in.remaining()));
    }
  }

  /// @param weights `face_recognition_model.bin`, its hash already checked
  /// @return an ONNX model, `input[1,3,150,150]` to `output[1,128]`
  static byte[] onnx(byte[] weights) {
    return new DlibResnet(weights).build();
  }

  private byte[] build() {
    String x = graph.relu(convolution("input", "conv32_down", 2, 0));
    int side = (SIDE - 7) / 2 + 1;
    x = graph.pool("MaxPool", x, 3);
    side = (side - 3) / 2 + 1;
    int channels = 32;
    for (String name : List.of("conv32_1", "conv32_2", "conv32_3")) x = residual(x, name);
    record Stage(int channels, String first, List<String> others) {}
    for (Stage stage :
        List.of(
            new Stage(64, "conv64_down", List.of("conv64_1", "conv64_2", "conv64_3")),
            new Stage(128, "conv128_down", List.of("conv128_1", "conv128_2")),
            new Stage(256, "conv256_down", List.of("conv256_1", "conv256_2")),
            new Stage(256, "conv256_down_out", List.of()))) {
      x = halving(x, stage.first(), side, stage.channels() - channels);
      side /= 2;
      channels = stage.channels();
      for (String name : stage.others()) x = residual(x, name);
    }
    String mean = graph.flatten(graph.meanOverPixels(x));
    Tensor last = tensor("fc");
    float[] values = new float[last.values().length];
    for (int i = 0; i < values.length; i++) values[i] = (float) last.values()[i];
    String output = graph.product(mean, values, last.shape());
    return graph.model(output, new int[] {1, last.shape()[1]});
  }

  private String residual(String x, String name) {
    String inner = graph.relu(convolution(x, name + "/conv1", 1, 1));
    return graph.relu(graph.sum(convolution(inner, name + "/conv2", 1, 1), x));
  }

  /// A block that halves the side. Where the shortcut has more pixels than the convolutions leave,
  /// or fewer channels, zeros make them equal.
  private String halving(String x, String name, int side, int moreChannels) {
    String inner = graph.relu(convolution(x, name + "/conv1", 2, 0));
    String main = convolution(inner, name + "/conv2", 1, 1);
    int missing = side / 2 - ((side - 3) / 2 + 1);
    if (missing > 0) main = graph.pad(main, 0, missing);
    String shortcut = graph.pool("AveragePool", x, 2);
    if (moreChannels > 0) shortcut = graph.pad(shortcut, moreChannels, 0);
    return graph.relu(graph.sum(main, shortcut));
  }

  private String convolution(String x, String name, int stride, int border) {
    Tensor filters = tensor(name + "/conv/filters");
    double[] bias = tensor(name + "/conv/bias").values();
    double[] scale = tensor(name + "/scale/weights").values();
    double[] shift = tensor(name + "/scale/biases").values();
    int side = filters.shape()[0];
    int in = filters.shape()[2];
    int out = filters.shape()[3];
    boolean first = x.equals("input");
    float[] weights = new float[filters.values().length];
    float[] biases = new float[out];
    for (int o = 0; o < out; o++) {
      double folded = bias[o] * scale[o] + shift[o];
      for (int i = 0; i < in; i++) {
        for (int pixel = 0; pixel < side * side; pixel++) {
          // Stored row, column, in, out; ONNX wants out, in, row, column.
          double weight = filters.values()[(pixel * in + i) * out + o] * scale[o];
          int to = i;
          if (first) {
            folded += weight * (127 - MEAN_COLOUR[i]) / 256;
            weight /= 2;
            to = in - 1 - i;
          }
          weights[(o * in + to) * side * side + pixel] = (float) weight;
        }
      }
      biases[o] = (float) folded;
    }
    return graph.convolution(x, weights, new int[] {out, in, side, side}, biases, stride, border);
  }

  private Tensor tensor(String name) {
    Tensor found = tensors.get(name);
    if (found == null) throw new IllegalStateException("no tensor `%s`".formatted(name));
    return found;
  }

  private static List<String> lines() {
    try (@Nullable InputStream in =
        DlibResnet.class.getResourceAsStream("packs/dlib-resnet.tensors.txt")) {
      if (in == null) throw new IllegalStateException("the list of dlib's tensors is missing");
      return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
          .lines()
          .filter(line -> !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
