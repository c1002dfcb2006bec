package cn.mingmian.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/// The real models and photos that the tests of this module share.
final class TestEngine {
  private static final Path ROOT = Path.of(System.getProperty("mingmian.root", ".."));

  private TestEngine() {}

  /// `-Dmingmian.models`, `MINGMIAN_MODELS`, or `models` in the repository.
  static ModelStore store() {
    String property =
        System.getProperty("mingmian.models", System.getenv().getOrDefault("MINGMIAN_MODELS", ""));
    return new ModelStore(property.isEmpty() ? ROOT.resolve("models") : Path.of(property));
  }

  private static final class Shared {
    static final FaceEngine ENGINE =
        FaceEngine.open(store(), ModelPack.byDefault(), EngineSettings.defaults());
  }

  /// One engine for all tests; skips the test, visibly, where no models are installed.
  static FaceEngine shared() {
    requireModels();
    return Shared.ENGINE;
  }

  static void requireModels() {
    Assumptions.assumeTrue(
        store().installed(ModelPack.byDefault()),
        () -> "no models in `%s`: run `./mingmian models install`".formatted(store().directory()));
  }

  static Path faces() {
    return ROOT.resolve("faces");
  }

  static byte[] photo(String path) {
    try {
      return Files.readAllBytes(faces().resolve(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
