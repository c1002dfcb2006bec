package cn.mingmian.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Photos reach the platform from both content types, and leave no trace on disk or in the log.
class PhotosTest {

  private static final String CHECKPOINT = "chk_" + "0".repeat(26);
  private static final String PERSON = "per_" + "0".repeat(26);

  private final RunningServer server = RunningServer.get();

  @Test
  void both_content_types_are_read_alike_and_any_other_is_refused() {
    String json =
        "{\"session\":\"s\",\"checkpoint\":\"%s\",\"person\":\"%s\",\"image\":\"%s\"}"
            .formatted(CHECKPOINT, PERSON, Base64.getEncoder().encodeToString(photo()));
    var first = server.post("/v1/verifications", server.officer, json);
    var second =
        server.postAs(
            "/v1/verifications",
            server.officer,
            "multipart/form-data; boundary=BOUND",
            multipart("BOUND"));
    assertThat(first.status()).isEqualTo(second.status()).isIn(400, 404);
    assertThat(first.at("/code")).isEqualTo(second.at("/code"));
    server
        .postAs("/v1/verifications", server.officer, "image/jpeg", photo())
        .expectProblem(415, "unsupported_media_type");
    server
        .postAs("/v1/verifications", server.officer, "multipart/form-data", photo())
        .expectProblem(400, "malformed_multipart");
  }

  @Test
  void a_photo_is_never_written_to_the_data_directory() throws IOException {
    server.postAs(
        "/v1/verifications",
        server.officer,
        "multipart/form-data; boundary=BOUND",
        multipart("BOUND"));
    byte[] mark = "MINGMIAN-TEST-PHOTO".getBytes(StandardCharsets.US_ASCII);
    try (Stream<Path> files = Files.walk(server.data)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (file.toString().contains("/bin-")) {
          continue;
        }
        String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        assertThat(text.contains(new String(mark, StandardCharsets.US_ASCII)))
            .as("%s", file)
            .isFalse();
      }
    }
  }

  @Test
  void the_log_names_routes_and_nobody() {
    var person =
        server
            .post(
                "/v1/people",
                server.officer,
                "{\"reference\":\"M-GREP-4711\",\"birthDate\":\"1987-06-05\"}")
            .expect(201);
    String id = person.at("/id");
    server.get("/v1/people/" + id, server.officer).expect(200);
    server.get("/v1/people/" + id + "/holdings", server.officer).expect(200);
    assertThat(server.log())
        .contains("/v1/people/{id}")
        .contains("request_id")
        .doesNotContain(id)
        .doesNotContain("M-GREP-4711")
        .doesNotContain("1987-06-05")
        .doesNotContain(server.officer);
  }

  private static byte[] photo() {
    byte[] photo = new byte[4_096];
    byte[] mark = "MINGMIAN-TEST-PHOTO".getBytes(StandardCharsets.US_ASCII);
    Arrays.fill(photo, (byte) 7);
    System.arraycopy(mark, 0, photo, 100, mark.length);
    return photo;
  }

  private static byte[] multipart(String boundary) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    field(body, boundary, "session", "s");
    field(body, boundary, "checkpoint", CHECKPOINT);
    field(body, boundary, "person", PERSON);
    body.writeBytes(
        ("--%s\r\nContent-Disposition: form-data; name=\"image\"; filename=\"a.jpg\"\r\n"
                + "Content-Type: image/jpeg\r\n\r\n")
            .formatted(boundary)
            .getBytes(StandardCharsets.US_ASCII));
    body.writeBytes(photo());
    body.writeBytes(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII));
    return body.toByteArray();
  }

  private static void field(
      ByteArrayOutputStream body, String boundary, String name, String value) {
    body.writeBytes(
        "--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
            .formatted(boundary, name, value)
            .getBytes(StandardCharsets.US_ASCII));
  }
}
