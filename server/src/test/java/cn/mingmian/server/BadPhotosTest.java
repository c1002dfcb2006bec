package cn.mingmian.server;

import static org.assertj.core.api.Assertions.assertThat;

import cn.mingmian.server.RunningServer.Answer;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

/// What is no usable photo gets its own answer, leaves nothing behind, and is in no log line.
class BadPhotosTest {

  private final RunningServer server = RunningServer.get();

  @Test
  void what_is_no_photo_is_told_so_and_keeps_nothing() throws Exception {
    HttpGate.needModels();
    HttpGate gate = HttpGate.setUp(server);
    String person = gate.person(HttpGate.GROWN_UP);
    String consent = gate.consent(person);
    byte[] good = HttpGate.photo("images/p25/enrol.jpg");

    Map<String, byte[]> bad = new LinkedHashMap<>();
    bad.put("nothing", new byte[0]);
    bad.put("text", "this is no picture".getBytes(StandardCharsets.UTF_8));
    bad.put("a page under the mark of a JPEG", polyglot());
    bad.put("cut off in its header", Arrays.copyOf(good, 200));
    bad.put("GIF", "GIF89a\1\0\1\0".getBytes(StandardCharsets.ISO_8859_1));
    bad.put("50,000 x 50,000 pixels in a hundred bytes", hugePng());
    for (Map.Entry<String, byte[]> one : bad.entrySet()) {
      Answer answer = gate.enrol(person, one.getValue());
      assertThat(answer.at("/code"))
          .as("%s: %s", one.getKey(), answer.text())
          .isEqualTo("unprocessable_image");
      answer.expectProblem(422, "unprocessable_image");
      assertThat(answer.json().at("/advice").size()).as("%s", one.getKey()).isPositive();
    }
    server
        .postPhoto("/v1/enrolments", server.officer, gate.fields(Optional.of(person)), large())
        .expectProblem(413, "payload_too_large");
    Map<String, String> unknown = gate.fields(Optional.of("per_" + "0".repeat(26)));
    for (String path : new String[] {"/v1/enrolments", "/v1/verifications"}) {
      server
          .postPhoto(path, server.officer, unknown, good.clone())
          .expectProblem(404, "unknown_person");
    }
    Map<String, String> more = gate.fields(Optional.of(person));
    more.put("colour", "red");
    Answer field = server.postPhoto("/v1/enrolments", server.officer, more, good.clone());
    field.expectProblem(400, "invalid_field");
    assertThat(field.at("/errors/0/pointer")).isEqualTo("/colour");

    // Nothing is half done: nothing is held, and the same person can still be enrolled, once.
    String holdings = "/v1/people/" + person + "/holdings";
    assertThat(gate.get(holdings).json().at("/items").isEmpty()).isTrue();
    gate.enrol(person, good.clone()).expect(201);
    gate.enrol(person, good.clone()).expectProblem(409, "already_enrolled");
    assertThat(gate.get(holdings).json().at("/items").size()).isEqualTo(1);
    gate.verify(person, HttpGate.photo("images/p25/day1.jpg")).expect(200);
    gate.post("/v1/consents/" + consent + "/withdraw", "{\"channel\":\"staff-desk\"}");

    namesNobody(person, consent, good);
  }

  /// After a whole enrolment, verification and withdrawal.
  private void namesNobody(String person, String consent, byte[] photo) throws Exception {
    String metrics;
    try (HttpClient plain = HttpClient.newHttpClient()) {
      metrics =
          plain
              .send(
                  HttpRequest.newBuilder(
                          URI.create(
                              "http://localhost:%d/metrics"
                                  .formatted(server.server.managementPort())))
                      .build(),
                  BodyHandlers.ofString())
              .body();
    }
    assertThat(metrics).contains("http_server_requests");
    String log = server.log();
    assertThat(log).contains("/v1/enrolments", "/v1/consents/{id}/withdraw");
    String picture = Base64.getEncoder().encodeToString(photo).substring(4_000, 4_040);
    for (String told : new String[] {log, metrics}) {
      assertThat(told)
          .doesNotContain(person, consent, picture, "1990-05-01", "南苑物业", server.officer)
          .doesNotContainPattern("(per|con|ses|hol|shn|ent|dec)_[0-9a-z]{26}")
          .doesNotContainPattern("[A-Za-z0-9+/]{120}");
    }
  }

  private static byte[] polyglot() {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe0});
    file.writeBytes("<html><script>alert(1)</script>PK\3\4".getBytes(StandardCharsets.ISO_8859_1));
    return file.toByteArray();
  }

  private static byte[] hugePng() throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10});
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(header);
    out.writeBytes("IHDR");
    out.writeInt(50_000);
    out.writeInt(50_000);
    out.write(new byte[] {8, 2, 0, 0, 0});
    chunk(file, header.toByteArray());
    chunk(file, "IDAT\170\234\3\0\0\0\0\1".getBytes(StandardCharsets.ISO_8859_1));
    chunk(file, "IEND".getBytes(StandardCharsets.US_ASCII));
    return file.toByteArray();
  }

  private static void chunk(ByteArrayOutputStream file, byte[] named) throws IOException {
    CRC32 sum = new CRC32();
    sum.update(named);
    DataOutputStream out = new DataOutputStream(file);
    out.writeInt(named.length - 4);
    out.write(named);
    out.writeInt((int) sum.getValue());
  }

  private static byte[] large() {
    return new byte[12 * 1024 * 1024 + 1];
  }
}
