package cn.mingmian.server.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import tools.jackson.databind.json.JsonMapper;

/// Writes a problem straight to a response, for filters that stand before Spring's dispatcher.
///
/// Thread-safe.
public final class ProblemWriter {

  private final JsonMapper json;

  public ProblemWriter(JsonMapper json) {
    this.json = json;
  }

  /// Writes the problem unless the answer is already on its way.
  public void write(
      HttpServletRequest request, HttpServletResponse response, ProblemException problem)
      throws IOException {
    if (response.isCommitted()) {
      return;
    }
    response.resetBuffer();
    response.setStatus(problem.code().status());
    response.setContentType("application/problem+json");
    response.setHeader("Cache-Control", "no-store");
    byte[] body = json.writeValueAsBytes(problem.toProblem(RequestId.of(request)));
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
