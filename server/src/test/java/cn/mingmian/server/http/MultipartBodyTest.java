package cn.mingmian.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MultipartBodyTest {

  private static byte[] body(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static List<MultipartBody.Part> read(String text) {
    byte[] bytes = body(text);
    return MultipartBody.read(bytes, bytes.length, Optional.of("B")).parts();
  }

  private static final String GOOD =
      "--B\r\nContent-Disposition: form-data; name=\"session\"\r\n\r\nses_1\r\n"
          + "--B\r\nContent-Disposition: form-data; name=\"image\"; filename=\"a.jpg\"\r\n"
          + "Content-Type: image/jpeg\r\n\r\n\u00ff\u00d8\r\n--X\r\n\r\n--B--\r\n";

  @Test
  void reads_fields_and_files_with_line_ends_and_almost_boundaries_inside() {
    List<MultipartBody.Part> parts = read(GOOD);
    assertThat(parts).hasSize(2);
    assertThat(parts.get(0).text()).isEqualTo("ses_1");
    assertThat(parts.get(0).file()).isFalse();
    assertThat(parts.get(1).file()).isTrue();
    assertThat(parts.get(1).bytes()).isEqualTo(body("\u00ff\u00d8\r\n--X\r\n"));
  }

  @Test
  void reads_an_empty_part() {
    List<MultipartBody.Part> parts =
        read("--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\r\n--B--");
    assertThat(parts.getFirst().bytes()).isEmpty();
  }

  @Test
  void names_what_is_malformed() {
    for (String bad :
        List.of(
            "",
            "x",
            "--B",
            "--B\r\n",
            "--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nno end",
            "--B\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\nx\r\n--B--",
            "--B\r\nContent-Disposition: form-data\r\n\r\nx\r\n--B--",
            "--B\r\nContent-Disposition: form-data; name=\"../a\"\r\n\r\nx\r\n--B--",
            "--B\r\nContent-Disposition: form-data; name=\"a\"\r\n"
                + "Content-Transfer-Encoding: base64\r\n\r\nx\r\n--B--")) {
      assertThatThrownBy(() -> read(bad))
          .as(bad)
          .isInstanceOfSatisfying(
              ProblemException.class,
              problem -> assertThat(problem.code()).isEqualTo(ProblemCode.MALFORMED_MULTIPART));
    }
    assertThatThrownBy(() -> MultipartBody.read(new byte[0], 0, Optional.empty()))
        .isInstanceOf(ProblemException.class);
  }

  @Test
  void many_parts_and_endless_headers_are_refused() {
    String part = "--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n";
    assertThatThrownBy(() -> read(part.repeat(40) + "--B--")).hasMessageContaining("more than 32");
    assertThatThrownBy(() -> read("--B\r\nX: " + "y".repeat(5_000) + "\r\n\r\nx\r\n--B--"))
        .hasMessageContaining("do not end");
  }

  @Test
  void whatever_bytes_come_the_answer_is_parts_or_a_problem() {
    long seed = 20_261_122L;
    Random random = new Random(seed);
    byte[] good = body(GOOD);
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = good.clone();
      for (int flips = random.nextInt(6); flips >= 0; flips--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      int length = random.nextInt(bytes.length + 1);
      try {
        for (MultipartBody.Part part :
            MultipartBody.read(bytes, length, Optional.of("B")).parts()) {
          assertThat(part.bytes().length).as("seed %d", seed).isLessThanOrEqualTo(length);
        }
      } catch (ProblemException told) {
        assertThat(told.code()).isEqualTo(ProblemCode.MALFORMED_MULTIPART);
      }
    }
  }
}
