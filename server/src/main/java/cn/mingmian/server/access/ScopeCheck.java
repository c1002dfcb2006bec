package cn.mingmian.server.access;

import cn.mingmian.platform.staff.Session;
import cn.mingmian.server.http.ProblemCode;
import cn.mingmian.server.http.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.HandlerInterceptor;

/// Before every operation and page: the caller must have its scope, and a key that is bound to a
/// purpose does only what is [ForPurpose]. One that declares neither [Needs] nor [Open] is not
/// possible at all. Hands the [Caller] to methods that want it.
public final class ScopeCheck implements HandlerInterceptor, HandlerMethodArgumentResolver {

  static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

  private final Clock clock;

  public ScopeCheck(Clock clock) {
    this.clock = clock;
  }

  @Override
  public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
      throws IOException {
    if (!(handler instanceof HandlerMethod method) || isOpen(method)) {
      return true;
    }
    Optional<Caller> caller = Caller.of(request);
    if (caller.isEmpty()) {
      if (!request.getRequestURI().startsWith("/v1/")) {
        response.sendRedirect("/login?then=" + request.getRequestURI());
        return false;
      }
      response.setHeader("WWW-Authenticate", "Bearer realm=\"mingmian\"");
      throw new ProblemException(
          ProblemCode.UNAUTHENTICATED,
          "send `Authorization: Bearer mk_...` or `x-api-key: mk_...`, or log in");
    }
    Needs needs = method.getMethodAnnotation(Needs.class);
    if (needs == null || !caller.get().allows(needs.value())) {
      throw new ProblemException(
          ProblemCode.NOT_PERMITTED,
          needs == null
              ? "this operation is not open to anybody"
              : "this needs "
                  + Arrays.stream(needs.value())
                      .map(scope -> "`" + scope.wire() + "`")
                      .collect(Collectors.joining(" or ")));
    }
    if (caller.get() instanceof Caller.OfStaff
        && SAFE.contains(request.getMethod())
        && request.getRequestURI().startsWith("/v1/people")) {
      // law| MEASURES-2025/14.1: each viewing has a reason and another's approval.
      throw new ProblemException(
          ProblemCode.NOT_PERMITTED, "staff see a person through `/v1/viewings`, one at a time");
    }
    if (caller.get() instanceof Caller.OfStaff(Session session)
        && !SAFE.contains(request.getMethod())
        && Arrays.stream(needs.value()).anyMatch(Scope::dangerous)
        && !session.freshAt(clock.instant())) {
      if (!request.getRequestURI().startsWith("/v1/")) {
        response.sendRedirect("/login/again");
        return false;
      }
      throw new ProblemException(
          ProblemCode.PROVE_AGAIN, "show password and second factor again at `/login/again`");
    }
    if (caller.get().purpose().isPresent() && !method.hasMethodAnnotation(ForPurpose.class)) {
      throw new ProblemException(
          ProblemCode.NOT_PERMITTED,
          "this key is bound to one purpose, and this operation is not about one purpose");
    }
    return true;
  }

  /// What gives nobody power says so; the API's document is springdoc's, which cannot say it.
  static boolean isOpen(HandlerMethod method) {
    return method.hasMethodAnnotation(Open.class)
        || method.getBeanType().getPackageName().startsWith("org.springdoc");
  }

  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return parameter.getParameterType().equals(Caller.class);
  }

  @Override
  public Object resolveArgument(
      MethodParameter parameter,
      @Nullable ModelAndViewContainer container,
      NativeWebRequest request,
      @Nullable WebDataBinderFactory binders) {
    HttpServletRequest servlet = request.getNativeRequest(HttpServletRequest.class);
    if (servlet == null) {
      throw new IllegalStateException("a caller is known in a servlet request only");
    }
    return Caller.of(servlet)
        .orElseThrow(
            () -> new ProblemException(ProblemCode.UNAUTHENTICATED, "an API key is needed here"));
  }
}
