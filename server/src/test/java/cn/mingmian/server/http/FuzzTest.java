package cn.mingmian.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import cn.mingmian.fuzz.Fuzz;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Multipart bodies as they come over the wire, bent at random: refused as a problem, or every part
/// lies inside the body that was read.
class FuzzTest {
  private static final Path CORPUS = Path.of("src", "test", "resources", "fuzz");

  @Test
  void multipart() {
    Fuzz.Report report =
        Fuzz.of("multipart")
            .with(CORPUS.resolve("multipart"))
            .run(
                ProblemException.class,
                bent -> {
                  MultipartBody read = MultipartBody.read(bent, bent.length, Optional.of("fence"));
                  for (MultipartBody.Part part : read.parts()) {
                    assertThat(part.from()).isBetween(0, part.to());
                    assertThat(part.to()).isLessThanOrEqualTo(bent.length);
                    if (!part.file()) assertThat(part.text()).isNotNull();
                  }
                });
    System.out.println(report);
    assertThat(report.refused()).isPositive().isLessThan(report.runs());
  }
}
