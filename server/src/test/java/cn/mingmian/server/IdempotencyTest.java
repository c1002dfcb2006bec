package cn.mingmian.server;

import static org.assertj.core.api.Assertions.assertThat;

import cn.mingmian.server.RunningServer.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/// The same key does a thing once.
class IdempotencyTest {

  private final RunningServer server = RunningServer.get();

  private Answer revoke(String id, String key) {
    return server.send(
        server
            .request("/v1/keys/" + id)
            .header("Authorization", "Bearer " + server.officer)
            .header("Idempotency-Key", key)
            .DELETE());
  }

  private String made() {
    return server
        .post(
            "/v1/keys",
            server.officer,
            "{\"label\":\"t\",\"holder\":\"idem\",\"scopes\":[\"ways\"],\"days\":1}")
        .expect(201)
        .at("/id");
  }

  @Test
  void the_first_answer_is_given_again() {
    String id = made();
    String key = UUID.randomUUID().toString();
    Answer first = revoke(id, key).expect(200);
    Answer second = revoke(id, key).expect(200);
    assertThat(second.text()).isEqualTo(first.text());
    assertThat(first.header("Idempotency-Replayed")).isEmpty();
    assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(second.header("Content-Type")).isEqualTo(first.header("Content-Type"));
  }

  @Test
  void another_request_with_the_same_key_is_refused() {
    String key = UUID.randomUUID().toString();
    revoke(made(), key).expect(200);
    revoke(made(), key).expectProblem(422, "idempotency_key_reused");
  }

  @Test
  void two_callers_do_not_share_keys() {
    String key = UUID.randomUUID().toString();
    revoke(made(), key).expect(200);
    server
        .send(
            server
                .request("/v1/keys/" + made())
                .header("Authorization", "Bearer " + server.deputy)
                .header("Idempotency-Key", key)
                .DELETE())
        .expect(200);
  }

  @Test
  void many_at_once_do_it_once() throws Exception {
    String id = made();
    String key = UUID.randomUUID().toString();
    List<Answer> answers = new ArrayList<>();
    try (var threads = Executors.newFixedThreadPool(8)) {
      for (var each :
          threads.invokeAll(
              java.util.Collections.nCopies(
                  16, (java.util.concurrent.Callable<Answer>) () -> revoke(id, key)))) {
        answers.add(each.get());
      }
    }
    long fresh =
        answers.stream()
            .filter(a -> a.status() == 200 && a.header("Idempotency-Replayed").isEmpty())
            .count();
    assertThat(fresh).isEqualTo(1);
    assertThat(answers)
        .allMatch(a -> a.status() == 200 || a.at("/code").equals("idempotency_in_progress"));
  }

  @Test
  void a_secret_is_never_kept_for_a_second_answer() {
    server
        .send(
            server
                .request("/v1/keys")
                .header("Authorization", "Bearer " + server.officer)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(BodyPublishers.ofString("{}")))
        .expectProblem(400, "invalid_idempotency_key");
  }

  @Test
  void a_key_of_another_shape_is_refused() {
    revoke(made(), "zhang san, 110101").expectProblem(400, "invalid_idempotency_key");
  }
}
