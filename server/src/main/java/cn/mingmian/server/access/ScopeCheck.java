package cn.mingmian.server.access;

import cn.mingmian.server.http.ProblemCode;
import cn.mingmian.server.http.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.HandlerInterceptor;

/// Before an operation of `/v1`: the key must have its scope. An operation that declares neither
/// [Needs] nor [Open] is not possible at all. Hands the [Caller] to methods that want it.
public final class ScopeCheck implements HandlerInterceptor, HandlerMethodArgumentResolver {

  /// Mapped by springdoc, which cannot carry our annotations.
  private static final String DOCUMENT = "/v1/openapi.json";

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (!(handler instanceof HandlerMethod method)
        || method.hasMethodAnnotation(Open.class)
        || request.getRequestURI().equals(DOCUMENT)) {
      return true;
    }
    Optional<Caller> caller = Caller.of(request);
    if (caller.isEmpty()) {
      response.setHeader("WWW-Authenticate", "Bearer realm=\"mingmian\"");
      throw new ProblemException(
          ProblemCode.UNAUTHENTICATED,
          "send `Authorization: Bearer mk_...` or `x-api-key: mk_...`");
    }
    Needs needs = method.getMethodAnnotation(Needs.class);
    if (needs == null || !caller.get().key().allows(needs.value())) {
      throw new ProblemException(
          ProblemCode.NOT_PERMITTED,
          needs == null
              ? "this operation is not open to any key"
              : "this needs a key with the scope "
                  + Arrays.stream(needs.value())
                      .map(scope -> "`" + scope.wire() + "`")
                      .collect(Collectors.joining(" or ")));
    }
    return true;
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
