package cn.mingmian.server.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/// `Idempotency-Key` on writes: the first answer is kept and given again; the same key with
/// another request is refused.
///
/// Only a keyed hash of the request is kept (a plain hash of a photo would be a pseudonym of it).
/// An answer of 5xx, 408 or 429 is not kept: the request may be tried again. Addresses that
/// `notHere` names take no key: a face check has its single-use session instead, and an answer
/// that shows a secret must not be stored.
public final class IdempotencyFilter extends OncePerRequestFilter {

  public static final String HEADER = "Idempotency-Key";
  public static final String REPLAYED = "Idempotency-Replayed";

  /// Set on a request of which nobody knows whether it took effect: it must not be tried again.
  static final String OUTCOME_UNKNOWN = "mingmian.outcome-unknown";

  private final IdempotencyStore store;
  private final SecretKeySpec secret;
  private final Function<HttpServletRequest, String> caller;
  private final Function<HttpServletRequest, Boolean> notHere;

  public IdempotencyFilter(
      IdempotencyStore store,
      byte[] secret,
      Function<HttpServletRequest, String> caller,
      Function<HttpServletRequest, Boolean> notHere) {
    this.store = store;
    this.secret = new SecretKeySpec(secret, "HmacSHA256");
    this.caller = caller;
    this.notHere = notHere;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return request.getHeader(HEADER) == null
        || request.getMethod().equals("GET")
        || request.getMethod().equals("HEAD")
        || request.getMethod().equals("OPTIONS");
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String key = request.getHeader(HEADER);
    if (!key.matches("[A-Za-z0-9._:-]{1,128}")) {
      throw new ProblemException(
          ProblemCode.INVALID_IDEMPOTENCY_KEY,
          "expected 1 to 128 letters, digits or `._:-`, best a random UUID");
    }
    if (notHere.apply(request)) {
      throw new ProblemException(
          ProblemCode.INVALID_IDEMPOTENCY_KEY,
          "no key is taken here: a check is bound to its single-use session, and a secret is shown"
              + " only once");
    }
    byte[] body = request.getInputStream().readNBytes(BodyLimitFilter.LIMIT_IN_BYTES + 1);
    try {
      if (body.length > BodyLimitFilter.LIMIT_IN_BYTES) {
        throw BodyLimitFilter.tooLarge();
      }
      String who = caller.apply(request);
      switch (store.take(who, key, hash(request, body))) {
        case IdempotencyStore.Fresh() -> first(who, key, request, body, response, chain);
        case IdempotencyStore.Answered answer -> replay(answer, response);
        case IdempotencyStore.UnderWay() ->
            throw new ProblemException(
                ProblemCode.IDEMPOTENCY_IN_PROGRESS, "wait for its answer, then ask again");
        case IdempotencyStore.CutOff() ->
            throw new ProblemException(
                ProblemCode.IDEMPOTENCY_OUTCOME_UNKNOWN,
                "the server stopped while it carried out the first request; look whether it took"
                    + " effect, then use a new key");
        case IdempotencyStore.Different() ->
            throw new ProblemException(
                ProblemCode.IDEMPOTENCY_KEY_REUSED,
                "the key belongs to a request with another method, address or body");
      }
    } finally {
      Arrays.fill(body, (byte) 0);
    }
  }

  private void first(
      String who,
      String key,
      HttpServletRequest request,
      byte[] body,
      HttpServletResponse response,
      FilterChain chain)
      throws ServletException, IOException {
    ContentCachingResponseWrapper kept = new ContentCachingResponseWrapper(response);
    boolean answered = false;
    try {
      chain.doFilter(new Again(request, body), kept);
      int status = kept.getStatus();
      if (status < 500 && status != 429 && status != 408) {
        store.answer(
            who,
            key,
            new IdempotencyStore.Answered(
                status,
                kept.getContentType(),
                kept.getHeader("Location"),
                kept.getContentAsByteArray()));
        answered = true;
      }
    } finally {
      if (!answered && request.getAttribute(OUTCOME_UNKNOWN) == null) {
        store.release(who, key);
      } else {
        store.leave(who, key);
      }
    }
    kept.copyBodyToResponse();
  }

  private static void replay(IdempotencyStore.Answered answer, HttpServletResponse response)
      throws IOException {
    response.setStatus(answer.status());
    response.setHeader(REPLAYED, "true");
    if (answer.contentType() != null) {
      response.setContentType(answer.contentType());
    }
    if (answer.location() != null) {
      response.setHeader("Location", answer.location());
    }
    response.setContentLength(answer.body().length);
    response.getOutputStream().write(answer.body());
  }

  private byte[] hash(HttpServletRequest request, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(secret);
      String head =
          String.join(
              "\n",
              request.getMethod(),
              request.getRequestURI(),
              String.valueOf(request.getQueryString()),
              mediaType(request.getContentType()),
              "");
      mac.update(head.getBytes(StandardCharsets.UTF_8));
      return mac.doFinal(body);
    } catch (GeneralSecurityException absent) {
      throw new IllegalStateException("HmacSHA256 is in every JDK", absent);
    }
  }

  private static String mediaType(@Nullable String contentType) {
    if (contentType == null) {
      return "";
    }
    int parameters = contentType.indexOf(';');
    return parameters < 0 ? contentType : contentType.substring(0, parameters);
  }
}
