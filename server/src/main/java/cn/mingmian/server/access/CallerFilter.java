package cn.mingmian.server.access;

import cn.mingmian.platform.defence.Defence;
import cn.mingmian.platform.defence.Signal;
import cn.mingmian.platform.staff.Logins;
import cn.mingmian.platform.staff.Session;
import cn.mingmian.server.http.Again;
import cn.mingmian.server.http.BodyLimitFilter;
import cn.mingmian.server.http.ProblemCode;
import cn.mingmian.server.http.ProblemException;
import cn.mingmian.server.http.TokenBuckets;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import org.springframework.web.filter.OncePerRequestFilter;

/// Finds out who calls: by a device's signature, by `Authorization: Bearer mk_…` or `x-api-key:
/// mk_…`, else by the cookie of a login. Slows down who calls too often or guesses. An unknown,
// expired or revoked key is
/// refused even where none is needed; what a cookie's holder changes must come from our own page.
public final class CallerFilter extends OncePerRequestFilter {

  static final String ATTRIBUTE = Caller.class.getName();

  /// With every change that a login makes: as a header, or as a field of a form.
  public static final String GUARD_HEADER = "X-CSRF-Token";

  public static final String GUARD_FIELD = "_csrf";

  private final ApiKeys keys;
  private final Logins logins;
  private final DeviceSignature signatures;
  private final Limits limits;
  private final Defence defence;

  public CallerFilter(
      ApiKeys keys, Logins logins, DeviceSignature signatures, Limits limits, Defence defence) {
    this.keys = keys;
    this.logins = logins;
    this.signatures = signatures;
    this.limits = limits;
    this.defence = defence;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (DeviceSignature.isOn(request)) {
      signed(request, response, chain);
      return;
    }
    Optional<Caller> caller =
        shownKey(request)
            .map(shown -> (Caller) new Caller.OfKey(known(shown, request, response)))
            .or(() -> loggedIn(request));
    if (caller.isEmpty() && StaffCookie.shown(request).isPresent()) {
      StaffCookie.take(response);
    }
    if (caller.isPresent()) {
      slowDown(limits.byCaller(), caller.get().counted(), response);
      request.setAttribute(ATTRIBUTE, caller.get());
    } else {
      slowDown(limits.byAddress(), request.getRemoteAddr(), response);
    }
    if (!ScopeCheck.SAFE.contains(request.getMethod())) {
      refuseOtherSites(request);
      if (request.getRequestURI().startsWith("/login")) {
        slowDown(limits.logins(), request.getRemoteAddr(), response);
      }
      Caller.staff(request).ifPresent(session -> refuseUnguarded(request, session));
    }
    chain.doFilter(request, response);
  }

  private void signed(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    slowDown(limits.byAddress(), request.getRemoteAddr(), response);
    byte[] body = request.getInputStream().readNBytes(BodyLimitFilter.LIMIT_IN_BYTES + 1);
    try {
      if (body.length > BodyLimitFilter.LIMIT_IN_BYTES) {
        throw BodyLimitFilter.tooLarge();
      }
      Caller device = new Caller.OfDevice(signer(request, body));
      slowDown(limits.byCaller(), device.counted(), response);
      request.setAttribute(ATTRIBUTE, device);
      chain.doFilter(new Again(request, body), response);
    } finally {
      Arrays.fill(body, (byte) 0);
    }
  }

  /// Who signed, and from where: a device that moved, or a sender that forges, is told.
  private DeviceKey signer(HttpServletRequest request, byte[] body) {
    DeviceKey signer;
    try {
      signer = signatures.check(request, body);
    } catch (ProblemException refused) {
      defence.see(new Signal.RequestRefused(request.getRemoteAddr()));
      throw refused;
    }
    defence.see(new Signal.DeviceReported(signer.device(), request.getRemoteAddr()));
    return signer;
  }

  private ApiKey known(String shown, HttpServletRequest request, HttpServletResponse response) {
    return keys.find(shown)
        .orElseThrow(
            () -> {
              slowDown(limits.guesses(), request.getRemoteAddr(), response);
              // A key cannot be guessed; that somebody tries is worth an alert all the same.
              defence.see(
                  new Signal.CredentialRefused("api " + request.getRemoteAddr(), "an API key"));
              response.setHeader(
                  "WWW-Authenticate", "Bearer realm=\"mingmian\", error=\"invalid_token\"");
              return new ProblemException(
                  ProblemCode.UNAUTHENTICATED, "this API key is unknown, expired or revoked");
            });
  }

  private Optional<Caller> loggedIn(HttpServletRequest request) {
    return StaffCookie.shown(request).flatMap(logins::session).map(Caller.OfStaff::new);
  }

  /// What a browser says about where a request came from cannot be said by a page. A form of ours
  /// sends `Origin: null`, since our pages send no referrer; `Sec-Fetch-Site` tells.
  private static void refuseOtherSites(HttpServletRequest request) {
    String site = request.getHeader("Sec-Fetch-Site");
    String origin = request.getHeader("Origin");
    boolean foreign =
        site != null
            ? !site.equals("same-origin") && !site.equals("none")
            : origin != null
                && !origin.equals("null")
                && !origin.equals("https://" + request.getHeader("Host"));
    if (foreign) {
      throw new ProblemException(
          ProblemCode.FORGED, "another site sent this; open our own page and try again");
    }
  }

  private static void refuseUnguarded(HttpServletRequest request, Session session) {
    String shown = request.getHeader(GUARD_HEADER);
    if (shown == null) {
      shown = request.getParameter(GUARD_FIELD);
    }
    if (shown == null
        || !MessageDigest.isEqual(
            shown.getBytes(StandardCharsets.UTF_8),
            session.guard().getBytes(StandardCharsets.UTF_8))) {
      throw new ProblemException(
          ProblemCode.FORGED,
          "the page's own mark is missing: send it as `%s` or `%s`"
              .formatted(GUARD_HEADER, GUARD_FIELD));
    }
  }

  private static void slowDown(TokenBuckets bucket, String who, HttpServletResponse response) {
    long seconds = bucket.secondsToWait(who);
    if (seconds > 0) {
      response.setHeader("Retry-After", Long.toString(seconds));
      throw new ProblemException(ProblemCode.RATE_LIMITED, "try again in %d s".formatted(seconds));
    }
  }

  private static Optional<String> shownKey(HttpServletRequest request) {
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
