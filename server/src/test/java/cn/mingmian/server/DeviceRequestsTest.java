package cn.mingmian.server;

import static org.assertj.core.api.Assertions.assertThat;

import cn.mingmian.server.RunningServer.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Requests that a device signs, and everything that somebody may do to one on its way.
class DeviceRequestsTest {

  private static final String PATH = "/v1/checkpoints";

  private final RunningServer server = RunningServer.get();
  private final KeyPair pair = pair();
  private final String device = device();
  private final String key = enter(device, pair);

  @Test
  void a_signed_request_is_let_in_once_and_for_this_device_alone() {
    String nonce = nonce();
    Instant now = Instant.now();
    send("GET", PATH, "", signed("GET", PATH, "", now, nonce, key, pair)).expect(200);
    send("GET", PATH, "", signed("GET", PATH, "", now, nonce, key, pair))
        .expectProblem(401, "unauthenticated");
    send("GET", "/v1/keys", "", signed("GET", "/v1/keys", "", now, nonce(), key, pair))
        .expectProblem(403, "not_permitted");
    send("GET", "/v1/people", "", signed("GET", "/v1/people", "", now, nonce(), key, pair))
        .expectProblem(403, "not_permitted");
  }

  @Test
  void every_bent_part_is_refused() {
    Instant now = Instant.now();
    String body = "{\"healthy\":true}";
    String put = "/v1/checkpoints/x/ways/y/heartbeat";
    String[] good = signed("PUT", put, body, now, nonce(), key, pair);
    refused(send("PUT", put, "{\"healthy\":false}", good), "body");
    refused(send("PUT", put + "?a=b", body, good), "query");
    refused(send("PUT", put.replace('y', 'z'), body, good), "path");
    refused(send("POST", put, body, good), "method");
    refused(
        send("PUT", put, body, signed("PUT", put, body, now.minusSeconds(120), nonce(), key, pair)),
        "old");
    refused(
        send("PUT", put, body, signed("PUT", put, body, now.plusSeconds(120), nonce(), key, pair)),
        "early");
    refused(
        send(
            "PUT",
            put,
            body,
            signed("PUT", put, body, now, nonce(), UUID.randomUUID().toString(), pair)),
        "key");
    refused(send("PUT", put, body, signed("PUT", put, body, now, nonce(), key, pair())), "signer");
    String[] less = good.clone();
    less[3] = less[3].replace(" \"content-digest\"", "");
    refused(send("PUT", put, body, less), "covered parts");
    String[] none = good.clone();
    none[5] = "";
    refused(send("PUT", put, body, none), "no signature");
    // Untouched, it passes the door: what is missing then is the checkpoint.
    send("PUT", put, body, signed("PUT", put, body, now, nonce(), key, pair))
        .expectProblem(400, "malformed_id");
  }

  @Test
  void a_device_acts_at_its_own_checkpoint_and_at_no_other() {
    String own = checkpoint(device);
    String other = checkpoint(device());
    String report =
        "{\"started\":\"2026-11-22T08:00:00+08:00\",\"ended\":\"2026-11-22T08:00:05+08:00\",\"outcome\":\"PASSED\"}";
    String there = "/v1/checkpoints/" + other + "/passages";
    send("POST", there, report, signed("POST", there, report, Instant.now(), nonce(), key, pair))
        .expectProblem(403, "not_permitted");
    String here = "/v1/checkpoints/" + own + "/passages";
    Answer answer =
        send("POST", here, report, signed("POST", here, report, Instant.now(), nonce(), key, pair));
    assertThat(answer.at("/code")).as(answer.text()).isNotEqualTo("not_permitted");
    assertThat(answer.status()).isNotEqualTo(401);
  }

  @Test
  void a_revoked_key_signs_for_nothing() {
    server.delete("/v1/devices/" + device + "/keys/" + key, server.officer).expect(200);
    refused(
        send("GET", PATH, "", signed("GET", PATH, "", Instant.now(), nonce(), key, pair)),
        "revoked");
    server
        .post(
            "/v1/devices/" + device + "/keys",
            server.officer,
            "{\"publicKey\":\"%s\",\"days\":1}".formatted(raw(pair)))
        .expectProblem(409, "device_key_known");
  }

  private static void refused(Answer answer, String why) {
    assertThat(answer.status()).as("%s: %s", why, answer.text()).isEqualTo(401);
    assertThat(answer.at("/code")).isEqualTo("unauthenticated");
  }

  private Answer send(String method, String path, String body, String[] headers) {
    var request =
        server.request(path).headers(Arrays.copyOf(headers, headers[5].isEmpty() ? 4 : 6));
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    return server.send(
        request.method(
            method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body)));
  }

  private static String[] signed(
      String method, String path, String body, Instant at, String nonce, String key, KeyPair pair) {
    try {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      String digest =
          "sha-256=:%s:"
              .formatted(
                  Base64.getEncoder()
                      .encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes)));
      String input =
          "(\"@method\" \"@path\" \"@query\" \"content-digest\");created=%d;nonce=\"%s\";keyid=\"%s\";alg=\"ed25519\""
              .formatted(at.getEpochSecond(), nonce, key);
      String base =
          "\"@method\": %s\n\"@path\": %s\n\"@query\": ?\n\"content-digest\": %s\n\"@signature-params\": %s"
              .formatted(method, path, digest, input);
      Signature signer = Signature.getInstance("Ed25519");
      signer.initSign(pair.getPrivate());
      signer.update(base.getBytes(StandardCharsets.UTF_8));
      return new String[] {
        "Content-Digest", digest,
        "Signature-Input", "sig1=" + input,
        "Signature", "sig1=:" + Base64.getEncoder().encodeToString(signer.sign()) + ":"
      };
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static KeyPair pair() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static String raw(KeyPair pair) {
    byte[] encoded = pair.getPublic().getEncoded();
    return Base64.getEncoder()
        .encodeToString(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length));
  }

  private String enter(String device, KeyPair pair) {
    return server
        .post(
            "/v1/devices/" + device + "/keys",
            server.officer,
            "{\"publicKey\":\"%s\",\"days\":1}".formatted(raw(pair)))
        .expect(201)
        .at("/id");
  }

  private static String nonce() {
    return UUID.randomUUID().toString().replace("-", "");
  }

  private String device() {
    return made(
        "/v1/devices",
        "addDevice",
        "zone",
        made("/v1/zones", "addZone", "site", made("/v1/sites", "addSite", "", "")));
  }

  private String checkpoint(String device) {
    String purpose = made("/v1/purposes", "draftPurpose", "", "");
    var json = (tools.jackson.databind.node.ObjectNode) example("addCheckpoint");
    json.put("device", device).put("purpose", purpose);
    return server.post("/v1/checkpoints", server.officer, json.toString()).expect(201).at("/id");
  }

  private String made(String path, String example, String field, String value) {
    var json = (tools.jackson.databind.node.ObjectNode) example(example);
    if (!field.isEmpty()) json.put(field, value);
    if (json.has("serial")) json.put("serial", "MM-" + nonce().substring(0, 8));
    return server.post(path, server.officer, json.toString()).expect(201).at("/id");
  }

  private static JsonNode example(String name) {
    try (var in =
        DeviceRequestsTest.class.getResourceAsStream(
            "/cn/mingmian/server/examples/" + name + ".request.json")) {
      return RunningServer.JSON.readTree(java.util.Objects.requireNonNull(in).readAllBytes());
    } catch (java.io.IOException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }
}
