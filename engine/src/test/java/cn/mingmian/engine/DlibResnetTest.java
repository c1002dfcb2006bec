package cn.mingmian.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class DlibResnetTest {
  private static final int LENGTH = 6_444_032;

  /// As many bytes as the true weights: every number is the least of its tensor.
  private static byte[] leastWeights() {
    return new byte[LENGTH];
  }

  private static float[] run(byte[] model, Random colours) {
    try (Net net = new Net(ModelPack.Role.TEMPLATE, model);
        Net.Bench bench =
            net.bench(new long[] {1, 3, 150, 150}, List.of(new Net.Output("output", 1, 128)))) {
      MemorySegment input = bench.input();
      for (long i = 0; i < 3 * 150 * 150; i++) {
        input.setAtIndex(ValueLayout.JAVA_FLOAT, i, colours.nextFloat(-1, 1));
      }
      bench.run();
      return bench.output(0).toArray(ValueLayout.JAVA_FLOAT);
    }
  }

  @Test
  void the_runtime_accepts_the_graph_and_it_gives_128_finite_values() {
    float[] values = run(DlibResnet.onnx(leastWeights()), new Random(1));
    assertThat(values).hasSize(128);
    for (float value : values) assertThat(value).isFinite();
  }

  @Test
  void weights_that_are_too_short_or_too_long_are_refused() {
    assertThatThrownBy(() -> DlibResnet.onnx(new byte[LENGTH - 1]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("end within tensor `fc`");
    assertThatThrownBy(() -> DlibResnet.onnx(new byte[LENGTH + 1]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 bytes more");
  }

  @Test
  void templates_of_the_true_weights_lie_as_far_apart_as_their_author_says() {
    ModelPack pack = ModelPack.named("dlib-resnet-1");
    Assumptions.assumeTrue(TestEngine.store().installed(pack), "pack not installed");
    try (FaceEngine engine = FaceEngine.open(TestEngine.store(), pack, EngineSettings.defaults());
        FaceTemplate one = template(engine, "images/p01/enrol.jpg");
        FaceTemplate again = template(engine, "images/p01/enrol.jpg");
        FaceTemplate other = template(engine, "images/p02/enrol.jpg")) {
      assertThat(one.dimensions()).isEqualTo(128);
      assertThat(one.similarity(again)).isGreaterThan(0.9999);
      // dlib calls two photos the same person below a distance of 0.6; its vectors are about 1.4
      // long, so that is a cosine of about 0.91.
      assertThat(one.similarity(other)).isLessThan(0.95);
    }
  }

  private static FaceTemplate template(FaceEngine engine, String photo) {
    try (Analysis analysis =
        engine.analyse(TestEngine.photo(photo), UseCase.EVALUATION, CaptureArea.wholeFrame())) {
      Analysis.OneFace one = (Analysis.OneFace) analysis;
      return one.template()
          .withValues(values -> new FaceTemplate(one.template().modelId(), values));
    }
  }
}
