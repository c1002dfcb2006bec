package cn.mingmian.server.access;

import cn.mingmian.server.http.ProblemCode;
import cn.mingmian.server.http.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/// Who makes a request: the holder of an API key. A controller's method takes one as a parameter.
///
/// @param key  the key that was shown
public record Caller(ApiKey key) {

  private static final String ATTRIBUTE = Caller.class.getName();

  /// The hand that acts: author or approver of what is written.
  public String holder() {
    return key.holder();
  }

  /// Refuses unless this key may be used for `purpose`.
  public void mayUse(String purpose) {
    if (key.purpose().isPresent() && !key.purpose().get().equals(purpose)) {
      throw new ProblemException(
          ProblemCode.NOT_PERMITTED, "this key is bound to one purpose, and this is another");
    }
  }

  static void put(HttpServletRequest request, ApiKey key) {
    request.setAttribute(ATTRIBUTE, new Caller(key));
  }

  /// Who makes `request`; empty where no key was shown.
  public static Optional<Caller> of(HttpServletRequest request) {
    return request.getAttribute(ATTRIBUTE) instanceof Caller caller
        ? Optional.of(caller)
        : Optional.empty();
  }
}
