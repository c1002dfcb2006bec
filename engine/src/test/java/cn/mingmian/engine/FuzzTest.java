package cn.mingmian.engine;

import static org.assertj.core.api.Assertions.assertThat;

import cn.mingmian.engine.evaluation.LabelledPhotos;
import cn.mingmian.fuzz.Fuzz;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Photos, lists of pairs and archives of models from outside, bent at random: each is read, or
/// refused by the answer that its reader promises.
class FuzzTest {
  private static final Path CORPUS = Path.of("src", "test", "resources");

  @TempDir Path folder;

  @Test
  void images() {
    PhotoReader reader = new PhotoReader(10 << 20, 1_000_000);
    Fuzz.Report report =
        Fuzz.of("images")
            .with(CORPUS.resolve("readable"))
            .with(CORPUS.resolve("exif-loop"))
            .with(CORPUS.resolve("animated"))
            .run(
                RefusedPhoto.class,
                bent -> {
                  switch (reader.read(bent)) {
                    case Frame frame -> frame.close();
                    case Unreadable refused -> throw new RefusedPhoto(refused.toString());
                  }
                });
    System.out.println(report);
    assertThat(report.refused()).isPositive().isLessThan(report.runs());
  }

  private static final class RefusedPhoto extends Exception {
    private static final long serialVersionUID = 1L;

    RefusedPhoto(String why) {
      super(why);
    }
  }

  @Test
  void pairs() throws IOException {
    for (String person : new String[] {"a", "b"}) {
      Files.createDirectories(folder.resolve("images").resolve(person));
      Files.write(folder.resolve("images").resolve(person).resolve("1.jpg"), new byte[1]);
      Files.write(folder.resolve("images").resolve(person).resolve("2.jpg"), new byte[1]);
    }
    Path list = folder.resolve("pairs.tsv");
    Fuzz.Report report =
        Fuzz.of("pairs")
            .with(CORPUS.resolve("fuzz/pairs"))
            .run(
                LabelledPhotos.UnreadableSetException.class,
                bent -> {
                  Files.write(list, bent);
                  assertThat(LabelledPhotos.read(folder, list).people()).isEqualTo(2);
                });
    System.out.println(report);
    assertThat(report.refused()).isPositive().isLessThan(report.runs());
  }

  @Test
  void archives() throws IOException {
    // A small archive that holds none of the models: every reading of it ends in a refusal.
    ModelStore store = new ModelStore(folder.resolve("models"));
    Path archive = folder.resolve("pack.tgz");
    Fuzz.Report report =
        Fuzz.of("archives")
            .with(tgz("package/package.json"))
            .with(tgz("package/models/fr_detect.onnx"))
            .run(
                ModelStore.ModelPackException.class,
                bent -> {
                  Files.write(archive, bent);
                  store.install(ModelPack.byDefault(), archive);
                });
    System.out.println(report);
    assertThat(report.refused()).isEqualTo(report.runs());
  }

  private static byte[] tgz(String name) throws IOException {
    byte[] tar = new byte[4 * 512];
    put(tar, 0, name);
    put(tar, 100, "0000644");
    put(tar, 124, "00000000005");
    put(tar, 136, "00000000000");
    put(tar, 148, "        ");
    tar[156] = '0';
    put(tar, 257, "ustar");
    put(tar, 263, "00");
    int sum = 0;
    for (int i = 0; i < 512; i++) sum += tar[i] & 0xff;
    put(tar, 148, "%06o".formatted(sum));
    tar[154] = 0;
    put(tar, 512, "hello");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(tar);
    }
    return out.toByteArray();
  }

  private static void put(byte[] into, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, into, at, bytes.length);
  }
}
