package cn.mingmian.server.access;

import cn.mingmian.server.http.ProblemCode;
import cn.mingmian.server.http.ProblemException;
import cn.mingmian.server.http.TokenBuckets;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/// Finds out who calls, by `Authorization: Bearer mk_…` or `x-api-key: mk_…`, and slows down who
/// calls too often or guesses keys. An unknown, expired or revoked key is refused even where none
/// is needed.
public final class CallerFilter extends OncePerRequestFilter {

  private final ApiKeys keys;
  private final TokenBuckets byCaller;
  private final TokenBuckets byAddress;
  private final TokenBuckets guesses;

  /// @param byCaller  requests of one key
  /// @param byAddress  requests of one address without a key
  /// @param guesses  failed keys of one address
  public CallerFilter(
      ApiKeys keys, TokenBuckets byCaller, TokenBuckets byAddress, TokenBuckets guesses) {
    this.keys = keys;
    this.byCaller = byCaller;
    this.byAddress = byAddress;
    this.guesses = guesses;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Optional<String> shown = shown(request);
    String address = request.getRemoteAddr();
    if (shown.isEmpty()) {
      slowDown(byAddress.secondsToWait(address), response);
      chain.doFilter(request, response);
      return;
    }
    Optional<ApiKey> key = keys.find(shown.get());
    if (key.isEmpty()) {
      slowDown(guesses.secondsToWait(address), response);
      response.setHeader("WWW-Authenticate", "Bearer realm=\"mingmian\", error=\"invalid_token\"");
      throw new ProblemException(
          ProblemCode.UNAUTHENTICATED, "this API key is unknown, expired or revoked");
    }
    slowDown(byCaller.secondsToWait(key.get().id().toString()), response);
    Caller.put(request, key.get());
    var authorities =
        key.get().scopes().stream()
            .map(scope -> new SimpleGrantedAuthority("SCOPE_" + scope.wire()))
            .toList();
    var context = SecurityContextHolder.createEmptyContext();
    context.setAuthentication(
        UsernamePasswordAuthenticationToken.authenticated(
            key.get().holder(), null, List.copyOf(authorities)));
    SecurityContextHolder.setContext(context);
    try {
      chain.doFilter(request, response);
    } finally {
      SecurityContextHolder.clearContext();
    }
  }

  private static void slowDown(long seconds, HttpServletResponse response) {
    if (seconds > 0) {
      response.setHeader("Retry-After", Long.toString(seconds));
      throw new ProblemException(ProblemCode.RATE_LIMITED, "try again in %d s".formatted(seconds));
    }
  }

  private static Optional<String> shown(HttpServletRequest request) {
    String authorization = request.getHeader("Authorization");
    if (authorization != null && authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
      return Optional.of(authorization.substring(7).strip());
    }
    if (authorization != null) {
      return Optional.of("");
    }
    return Optional.ofNullable(request.getHeader("x-api-key"));
  }
}
