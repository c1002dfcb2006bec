package cn.mingmian.engine;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// One model, loaded: weights once, run from several threads. Each thread brings its own [Bench].
final class Net implements AutoCloseable {
  private final OrtSession session;
  private final ModelPack.Role role;

  Net(ModelPack.Role role, byte[] model) {
    this.role = role;
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      // One thread a session: two that spin for each other took 37 ms where one takes 17.
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      session = OrtEnvironment.getEnvironment().createSession(model, options);
    } catch (OrtException e) {
      throw new InferenceException(
          "model of role `%s` cannot be loaded: %s".formatted(role, e.getMessage()), e);
    }
  }

  /// A place to work at, with tensors that are used again and again.
  ///
  /// @param shape   of the one input
  /// @param outputs name and shape of each output that is read
  Bench bench(long[] shape, List<Output> outputs) {
    return new Bench(shape, outputs);
  }

  record Output(String name, long... shape) {}

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new InferenceException(
          "model of role `%s` cannot be closed: %s".formatted(role, e.getMessage()), e);
    }
  }

  /// Input and output memory of one thread: native, fixed, zeroed between faces. ONNX Runtime's own
  /// scratch memory holds intermediate layers until the next run overwrites them.
  final class Bench implements AutoCloseable {
    private final Arena arena = Arena.ofShared();
    private final MemorySegment input;
    private final List<MemorySegment> outputs;
    private final Map<String, OnnxTensor> inputs = new HashMap<>();
    private final Map<String, OnnxTensor> results = new HashMap<>();

    @SuppressWarnings("MustBeClosedChecker") // closed by close()
    private Bench(long[] shape, List<Output> wanted) {
      try {
        input = floats(shape);
        String name = session.getInputNames().iterator().next();
        inputs.put(name, tensor(input, shape));
        List<MemorySegment> memory = new ArrayList<>();
        for (Output output : wanted) {
          MemorySegment segment = floats(output.shape());
          memory.add(segment);
          results.put(output.name(), tensor(segment, output.shape()));
        }
        outputs = List.copyOf(memory);
      } catch (OrtException e) {
        throw new InferenceException(
            "tensors of role `%s` cannot be made: %s".formatted(role, e.getMessage()), e);
      }
    }

    private MemorySegment floats(long[] shape) {
      long count = 1;
      for (long size : shape) count *= size;
      return arena.allocate(count * Float.BYTES, 64);
    }

    private static OnnxTensor tensor(MemorySegment memory, long[] shape) throws OrtException {
      return OnnxTensor.createTensor(
          OrtEnvironment.getEnvironment(),
          memory.asByteBuffer().order(ByteOrder.nativeOrder()).asFloatBuffer(),
          shape);
    }

    /// Floats, as the model wants them.
    MemorySegment input() {
      return input;
    }

    /// Floats, in the order the outputs were asked for; valid until the next run.
    MemorySegment output(int index) {
      return outputs.get(index);
    }

    void run() {
      try (OrtSession.Result result = session.run(inputs, results)) {
        if (result.size() != results.size()) {
          throw new InferenceException(
              "model of role `%s` gave %d outputs, expected %d"
                  .formatted(role, result.size(), results.size()),
              null);
        }
      } catch (OrtException e) {
        throw new InferenceException(
            "model of role `%s` failed: %s".formatted(role, e.getMessage()), e);
      }
    }

    List<MemorySegment> memory() {
      List<MemorySegment> all = new ArrayList<>(outputs);
      all.add(input);
      return all;
    }

    /// Zeroes what the last face left behind.
    void erase() {
      input.fill((byte) 0);
      for (MemorySegment output : outputs) output.fill((byte) 0);
    }

    @Override
    public void close() {
      erase();
      inputs.values().forEach(OnnxTensor::close);
      results.values().forEach(OnnxTensor::close);
      arena.close();
    }
  }

  /// ONNX Runtime refused or failed: a fault of the installation, never of a photo.
  public static final class InferenceException extends RuntimeException {
    InferenceException(String message, @org.jspecify.annotations.Nullable Throwable cause) {
      super(message, cause);
    }
  }
}
