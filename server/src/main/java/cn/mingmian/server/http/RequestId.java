package cn.mingmian.server.http;

import jakarta.servlet.http.HttpServletRequest;
import java.security.SecureRandom;
import java.util.Base64;

/// The name of one request, made here. A caller's own `X-Request-Id` is not taken over: it could
/// carry a person's name into the log.
public final class RequestId {

  public static final String HEADER = "X-Request-Id";
  private static final String ATTRIBUTE = RequestId.class.getName();

  private RequestId() {}

  static String start(HttpServletRequest request, SecureRandom random) {
    byte[] bytes = new byte[12];
    random.nextBytes(bytes);
    String id = "req_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    request.setAttribute(ATTRIBUTE, id);
    return id;
  }

  /// The id of a request that is under way.
  public static String of(HttpServletRequest request) {
    return request.getAttribute(ATTRIBUTE) instanceof String id ? id : "req_none";
  }
}
