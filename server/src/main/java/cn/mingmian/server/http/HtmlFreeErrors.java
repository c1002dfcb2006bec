package cn.mingmian.server.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;

/// The container's last word for requests that never reach a filter (a malformed request line, an
/// impossible header): a problem too, without the container's name or version.
public final class HtmlFreeErrors extends ErrorReportValve {

  @Override
  protected void report(Request request, Response response, @Nullable Throwable throwable) {
    int status = response.getStatus();
    if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
      return;
    }
    ProblemCode code =
        switch (status) {
          case 404 -> ProblemCode.NOT_FOUND;
          case 405 -> ProblemCode.METHOD_NOT_ALLOWED;
          case 413 -> ProblemCode.PAYLOAD_TOO_LARGE;
          default -> status < 500 ? ProblemCode.BAD_REQUEST : ProblemCode.INTERNAL_ERROR;
        };
    byte[] body =
        """
        {"type":"urn:mingmian:problem:%s","title":"%s","title_zh":"%s","status":%d,\
        "detail":"the request could not be read as HTTP","code":"%s","request_id":"req_none"}"""
            .formatted(code.code(), code.title(), code.titleZh(), status, code.code())
            .getBytes(StandardCharsets.UTF_8);
    try {
      response.setContentType("application/problem+json");
      response.setHeader("Cache-Control", "no-store");
      response.setContentLength(body.length);
      response.getOutputStream().write(body);
      response.finishResponse();
    } catch (IOException gone) {
      container.getLogger().debug("the client went away before it was answered");
    }
  }
}
