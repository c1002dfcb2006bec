package cn.mingmian.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import cn.mingmian.engine.Unreadable.Reason;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhotoReaderTest {
  private static final Path CORPUS = Path.of("src/test/resources");
  private final PhotoReader reader = new PhotoReader(10 << 20, 24_000_000);

  static Stream<Path> files(String folder) {
    try (var files = Files.list(CORPUS.resolve(folder))) {
      return files.sorted().toList().stream();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "empty, EMPTY",
    "truncated, TRUNCATED",
    "huge-dimensions, TOO_MANY_PIXELS",
    "too-small, TOO_FEW_PIXELS",
    "animated, SEVERAL_FRAMES",
    "wrong-magic, UNSUPPORTED_TYPE",
    "unsupported-colours, UNSUPPORTED_COLOURS",
    "damaged, DAMAGED"
  })
  void each_defect_gets_its_own_answer(String defect, Reason expected) throws IOException {
    List<Path> files = files(defect).toList();
    assertThat(files).isNotEmpty();
    for (Path file : files) {
      Photo photo = reader.read(Files.readAllBytes(file));
      assertThat(photo).as(file.toString()).isInstanceOf(Unreadable.class);
      Unreadable answer = (Unreadable) photo;
      // The os2 header is of a kind that is not read; it is a bitmap all the same.
      assertThat(answer.reason()).as(file + ": " + answer.detail()).isEqualTo(expected);
      assertThat(answer.detail()).doesNotContain("\n").hasSizeLessThan(160);
    }
  }

  static Stream<Path> readable() {
    return Stream.of("readable", "polyglot", "exif-loop", "zip-bomb")
        .flatMap(PhotoReaderTest::files);
  }

  @ParameterizedTest
  @MethodSource("readable")
  void reads_a_photo_whatever_else_the_file_holds(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Assertions.assertTimeout(
        Duration.ofSeconds(20),
        () -> {
          switch (reader.read(bytes)) {
            case Unreadable answer -> fail("%s: %s", file, answer);
            case Frame frame -> {
              try (frame) {
                assertThat(frame.width()).isBetween(32, 400);
                assertThat(frame.height()).isBetween(32, 400);
              }
            }
          }
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void turns_a_photo_upright_as_exif_says(int orientation) throws IOException {
    // Four corners of different colours; the upright picture is the same for all eight.
    int width = 64;
    int height = 48;
    BufferedImage upright = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int colour =
            y < height / 2
                ? (x < width / 2 ? 0xff0000 : 0x00ff00)
                : (x < width / 2 ? 0x0000ff : 0xffffff);
        upright.setRGB(x, y, colour);
      }
    }
    byte[] jpeg = withOrientation(encode(asTaken(upright, orientation), "jpg"), orientation);
    try (Frame frame = frame(jpeg)) {
      assertThat(frame.width()).isEqualTo(width);
      assertThat(frame.height()).isEqualTo(height);
      assertColour(frame, 8, 8, 255, 0, 0);
      assertColour(frame, width - 8, 8, 0, 255, 0);
      assertColour(frame, 8, height - 8, 0, 0, 255);
      assertColour(frame, width - 8, height - 8, 255, 255, 255);
    }
  }

  /// How the sensor stored what is upright now: the inverse of the turn that EXIF asks for.
  private static BufferedImage asTaken(BufferedImage upright, int orientation) {
    int w = upright.getWidth();
    int h = upright.getHeight();
    boolean sideways = orientation >= 5;
    BufferedImage taken =
        new BufferedImage(sideways ? h : w, sideways ? w : h, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < h; y++) {
      for (int x = 0; x < w; x++) {
        int rgb = upright.getRGB(x, y);
        switch (orientation) {
          case 1 -> taken.setRGB(x, y, rgb);
          case 2 -> taken.setRGB(w - 1 - x, y, rgb);
          case 3 -> taken.setRGB(w - 1 - x, h - 1 - y, rgb);
          case 4 -> taken.setRGB(x, h - 1 - y, rgb);
          case 5 -> taken.setRGB(y, x, rgb);
          case 6 -> taken.setRGB(y, w - 1 - x, rgb);
          case 7 -> taken.setRGB(h - 1 - y, w - 1 - x, rgb);
          default -> taken.setRGB(h - 1 - y, x, rgb);
        }
      }
    }
    return taken;
  }

  private static byte[] withOrientation(byte[] jpeg, int orientation) {
    byte[] exif = {
      (byte) 0xff,
      (byte) 0xe1,
      0,
      34,
      'E',
      'x',
      'i',
      'f',
      0,
      0,
      'M',
      'M',
      0,
      42,
      0,
      0,
      0,
      8,
      0,
      1,
      1,
      0x12,
      0,
      3,
      0,
      0,
      0,
      1,
      0,
      (byte) orientation,
      0,
      0,
      0,
      0,
      0,
      0
    };
    byte[] whole = new byte[jpeg.length + exif.length];
    System.arraycopy(jpeg, 0, whole, 0, 2);
    System.arraycopy(exif, 0, whole, 2, exif.length);
    System.arraycopy(jpeg, 2, whole, 2 + exif.length, jpeg.length - 2);
    return whole;
  }

  @Test
  void grey_stays_as_grey_as_it_was_stored() throws IOException {
    for (int type : new int[] {BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_USHORT_GRAY}) {
      BufferedImage grey = new BufferedImage(40, 40, type);
      int level = type == BufferedImage.TYPE_BYTE_GRAY ? 100 : 100 * 257;
      for (int y = 0; y < 40; y++)
        for (int x = 0; x < 40; x++) grey.getRaster().setSample(x, y, 0, level);
      try (Frame frame = frame(encode(grey, "png"))) {
        assertColour(frame, 20, 20, 100, 100, 100);
      }
    }
  }

  @Test
  void what_is_transparent_is_white() throws IOException {
    BufferedImage clear = new BufferedImage(40, 40, BufferedImage.TYPE_INT_ARGB);
    for (int x = 20; x < 40; x++) for (int y = 0; y < 40; y++) clear.setRGB(x, y, 0xff102030);
    try (Frame frame = frame(encode(clear, "png"))) {
      assertColour(frame, 5, 5, 255, 255, 255);
      assertColour(frame, 30, 5, 0x10, 0x20, 0x30);
    }
  }

  @Test
  void lossless_webp_and_png_of_one_photo_give_the_same_pixels() throws IOException {
    try (Frame webp = frame(Files.readAllBytes(CORPUS.resolve("readable/lossless.webp")));
        Frame png = frame(Files.readAllBytes(CORPUS.resolve("readable/plain.png")))) {
      assertThat(webp.rgb().mismatch(png.rgb())).isEqualTo(-1);
    }
  }

  @Test
  void more_bytes_than_allowed_are_not_looked_at() {
    PhotoReader small = new PhotoReader(1000, 24_000_000);
    assertThat(small.read(new byte[1001]))
        .isInstanceOfSatisfying(
            Unreadable.class,
            answer -> assertThat(answer.reason()).isEqualTo(Reason.TOO_MANY_BYTES));
  }

  @Test
  void the_limit_of_pixels_holds_before_anything_is_allocated() throws IOException {
    byte[] png = Files.readAllBytes(CORPUS.resolve("readable/plain.png"));
    PhotoReader small = new PhotoReader(10 << 20, 96 * 108 - 1);
    PhotoReader justEnough = new PhotoReader(10 << 20, 96 * 108);
    assertThat(small.read(png))
        .isInstanceOfSatisfying(
            Unreadable.class,
            answer -> assertThat(answer.reason()).isEqualTo(Reason.TOO_MANY_PIXELS));
    Photo photo = justEnough.read(png);
    assertThat(photo).isInstanceOf(Frame.class);
    ((Frame) photo).close();
  }

  @Test
  void a_frame_is_gone_once_it_is_closed() throws IOException {
    Frame frame = frame(Files.readAllBytes(CORPUS.resolve("readable/plain.png")));
    MemorySegment pixels = frame.rgb();
    assertThat(pixels.isReadOnly()).isTrue();
    frame.close();
    frame.close();
    assertThatThrownBy(() -> pixels.get(ValueLayout.JAVA_BYTE, 0))
        .isInstanceOf(IllegalStateException.class);
  }

  /// Every reader of outside bytes under random damage; `-Dmingmian.fuzz=N` makes the run longer.
  @Test
  void no_damage_makes_the_reader_fail_or_hang() throws IOException {
    int rounds = Integer.getInteger("mingmian.fuzz", 1500);
    long seed = Long.getLong("mingmian.fuzz.seed", 20261122L);
    Random random = new Random(seed);
    List<byte[]> originals = new ArrayList<>();
    for (Path file :
        Stream.of("readable", "exif-loop", "animated").flatMap(PhotoReaderTest::files).toList()) {
      originals.add(Files.readAllBytes(file));
    }
    int frames = 0;
    int refused = 0;
    PhotoReader bounded = new PhotoReader(10 << 20, 1_000_000);
    for (int round = 0; round < rounds; round++) {
      byte[] bytes = originals.get(random.nextInt(originals.size())).clone();
      int changes = 1 + random.nextInt(12);
      for (int i = 0; i < changes; i++) {
        // Headers are where readers decide: half of the damage goes there.
        int at = random.nextInt(random.nextBoolean() ? Math.min(bytes.length, 200) : bytes.length);
        bytes[at] = (byte) (random.nextInt(4) == 0 ? 0xff : random.nextInt(256));
      }
      if (random.nextInt(5) == 0)
        bytes = java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length));
      byte[] damaged = bytes;
      String told = "round %d, seed %d".formatted(round, seed);
      Photo photo =
          Assertions.assertTimeout(Duration.ofSeconds(20), () -> bounded.read(damaged), told);
      if (photo instanceof Frame frame) {
        frames++;
        frame.close();
      } else {
        refused++;
      }
    }
    assertThat(frames).isPositive();
    assertThat(refused).isPositive();
  }

  private Frame frame(byte[] bytes) {
    return switch (reader.read(bytes)) {
      case Frame frame -> frame;
      case Unreadable answer -> fail(answer.toString());
    };
  }

  private static byte[] encode(BufferedImage image, String format) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(ImageIO.write(image, format, out)).isTrue();
    return out.toByteArray();
  }

  private static void assertColour(Frame frame, int x, int y, int red, int green, int blue) {
    long at = ((long) y * frame.width() + x) * 3;
    MemorySegment rgb = frame.rgb();
    assertThat(
            new int[] {
              rgb.get(ValueLayout.JAVA_BYTE, at) & 0xff,
              rgb.get(ValueLayout.JAVA_BYTE, at + 1) & 0xff,
              rgb.get(ValueLayout.JAVA_BYTE, at + 2) & 0xff
            })
        .satisfies(
            found -> {
              assertThat(found[0]).isBetween(red - 8, red + 8);
              assertThat(found[1]).isBetween(green - 8, green + 8);
              assertThat(found[2]).isBetween(blue - 8, blue + 8);
            });
  }
}
