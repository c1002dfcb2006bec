package cn.mingmian.server;

import cn.mingmian.server.RunningServer.Answer;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A browser as far as cookies, forms and redirects go: follows none, forgets nothing.
final class Visitor {

  private static final Pattern GUARD = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

  private final RunningServer server;
  private String cookie = "";
  private String guard = "";

  Visitor(RunningServer server) {
    this.server = server;
  }

  /// What came back.
  record Page(HttpResponse<byte[]> raw) {
    int status() {
      return raw.statusCode();
    }

    String text() {
      return new String(raw.body(), StandardCharsets.UTF_8);
    }

    String header(String name) {
      return raw.headers().firstValue(name).orElse("");
    }

    List<String> headers(String name) {
      return raw.headers().allValues(name);
    }
  }

  Page get(String path) {
    return keep(server.send(server.request(path).header("Cookie", cookie)));
  }

  Page form(String path, Map<String, String> fields, String... headers) {
    String body =
        fields.entrySet().stream()
            .map(
                field ->
                    field.getKey()
                        + "="
                        + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    var request =
        server
            .request(path)
            .header("Cookie", cookie)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(body));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return keep(server.send(request));
  }

  /// A form of a page that this visitor looked at: it carries the page's mark.
  Page ownForm(String path, Map<String, String> fields) {
    Map<String, String> all = new java.util.HashMap<>(fields);
    all.put("_csrf", guard());
    return form(path, all);
  }

  /// @param contentType  empty for a request without a body
  Answer api(String method, String path, String contentType) {
    return api(method, path, contentType, "");
  }

  Answer json(String method, String path, String json) {
    return api(method, path, "application/json", json);
  }

  private Answer api(String method, String path, String contentType, String body) {
    var request = server.request(path).header("Cookie", cookie).header("X-CSRF-Token", guard());
    if (!contentType.isEmpty()) {
      request.header("Content-Type", contentType);
    }
    return server.send(
        request.method(
            method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body)));
  }

  String guard() {
    return guard;
  }

  String token() {
    return cookie.substring(cookie.indexOf('=') + 1);
  }

  private Page keep(Answer answer) {
    for (String given : answer.raw().headers().allValues("Set-Cookie")) {
      if (given.startsWith("__Host-staff=")) {
        cookie = given.substring(0, given.indexOf(';'));
      }
    }
    Page page = new Page(answer.raw());
    Matcher mark = GUARD.matcher(page.text());
    if (mark.find()) guard = mark.group(1);
    return page;
  }
}
