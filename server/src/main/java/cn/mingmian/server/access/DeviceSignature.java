package cn.mingmian.server.access;

import cn.mingmian.server.http.ProblemCode;
import cn.mingmian.server.http.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Requests that a device signed: HTTP Message Signatures (RFC 9421) with Ed25519, in one fixed
/// shape, over method, path, query and body (Content-Digest, RFC 9530), with time and nonce.
///
/// ```
/// Content-Digest: sha-256=:BASE64:
/// Signature-Input: sig1=("@method" "@path" "@query" "content-digest");created=SECONDS;nonce="16 to
// 64 letters or digits";keyid="UUID";alg="ed25519"
/// Signature: sig1=:BASE64:
/// ```
///
/// A request is good for a minute before and after its time, and once. What was signed before this
/// process started is refused, so that a restart forgets no nonce. Thread-safe.
public final class DeviceSignature {

  /// How far a device's clock may be off.
  public static final Duration WINDOW = Duration.ofSeconds(60);

  private static final int REMEMBERED = 200_000;

  private static final String COVERED = "(\"@method\" \"@path\" \"@query\" \"content-digest\")";

  private static final Pattern INPUT =
      Pattern.compile(
          "sig1=("
              + Pattern.quote(COVERED)
              + ";created=([0-9]{1,12});nonce=\"([A-Za-z0-9_-]{16,64})\""
              + ";keyid=\"([0-9a-f-]{36})\";alg=\"ed25519\")");

  private static final Pattern SIGNATURE = Pattern.compile("sig1=:([A-Za-z0-9+/]{86}==):");

  /// What stands before the 32 bytes of an Ed25519 key in X.509 (RFC 8410).
  private static final byte[] X509_HEAD = HexFormat.of().parseHex("302a300506032b6570032100");

  private final DeviceKeys keys;
  private final Clock clock;
  private final Instant started;
  private final LinkedHashMap<String, Instant> seen = new LinkedHashMap<>();

  public DeviceSignature(DeviceKeys keys, Clock clock) {
    this.keys = keys;
    this.clock = clock;
    this.started = clock.instant();
  }

  /// Whether a request claims to be signed.
  static boolean isOn(HttpServletRequest request) {
    return request.getHeader("Signature-Input") != null;
  }

  /// Who signed this request.
  ///
  /// @throws ProblemException `unauthenticated` saying what does not hold
  DeviceKey check(HttpServletRequest request, byte[] body) {
    Matcher input = INPUT.matcher(header(request, "Signature-Input"));
    Matcher signature = SIGNATURE.matcher(header(request, "Signature"));
    if (!input.matches() || !signature.matches()) {
      throw wrong(
          "expected `Signature-Input: sig1=%s;created=…;nonce=…;keyid=…;alg=\"ed25519\"`", COVERED);
    }
    Instant created = Instant.ofEpochSecond(Long.parseLong(input.group(2)));
    Instant now = clock.instant();
    if (created.isBefore(now.minus(WINDOW)) || created.isAfter(now.plus(WINDOW))) {
      throw wrong("the request is of %s, it is %s here: set the device's clock", created, now);
    }
    if (created.isBefore(started)) {
      throw wrong("the request was signed before this server started: sign it again");
    }
    String digest = header(request, "Content-Digest");
    if (!MessageDigest.isEqual(ascii(digest), ascii(digestOf(body)))) {
      throw wrong("`Content-Digest` is not that of the body");
    }
    DeviceKey key =
        uuid(input.group(4))
            .flatMap(keys::find)
            .orElseThrow(() -> wrong("this key is unknown, expired or revoked"));
    String query = request.getQueryString();
    String base =
        """
        "@method": %s
        "@path": %s
        "@query": ?%s
        "content-digest": %s
        "@signature-params": %s"""
            .formatted(
                request.getMethod(),
                request.getRequestURI(),
                query == null ? "" : query,
                digest,
                input.group(1));
    if (!verifies(key, base, Base64.getDecoder().decode(signature.group(1)))) {
      throw wrong("the signature does not hold for this request");
    }
    if (!isFirst(key.id() + " " + input.group(3), created)) {
      throw wrong("this request was sent before");
    }
    return key;
  }

  private synchronized boolean isFirst(String nonce, Instant created) {
    Instant now = clock.instant();
    var oldest = seen.entrySet().iterator();
    while (oldest.hasNext()
        && oldest.next().getValue().isBefore(now.minus(WINDOW.multipliedBy(2)))) {
      oldest.remove();
    }
    if (seen.size() >= REMEMBERED) {
      throw new ProblemException(
          ProblemCode.RATE_LIMITED, "too many signed requests in one minute");
    }
    return seen.putIfAbsent(nonce, created) == null;
  }

  private static boolean verifies(DeviceKey key, String base, byte[] signature) {
    try {
      byte[] raw = Base64.getDecoder().decode(key.publicKey());
      byte[] encoded = new byte[X509_HEAD.length + raw.length];
      System.arraycopy(X509_HEAD, 0, encoded, 0, X509_HEAD.length);
      System.arraycopy(raw, 0, encoded, X509_HEAD.length, raw.length);
      Signature verifier = Signature.getInstance("Ed25519");
      verifier.initVerify(
          KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
      verifier.update(base.getBytes(StandardCharsets.UTF_8));
      return verifier.verify(signature);
    } catch (GeneralSecurityException impossible) {
      return false;
    }
  }

  private static String digestOf(byte[] body) {
    try {
      return "sha-256=:"
          + Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(body))
          + ":";
    } catch (NoSuchAlgorithmException absent) {
      throw new IllegalStateException("SHA-256 is in every JDK", absent);
    }
  }

  private static Optional<UUID> uuid(String text) {
    try {
      return Optional.of(UUID.fromString(text));
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static String header(HttpServletRequest request, String name) {
    String value = request.getHeader(name);
    return value == null ? "" : value;
  }

  private static ProblemException wrong(String detail, Object... facts) {
    return new ProblemException(ProblemCode.UNAUTHENTICATED, detail.formatted(facts));
  }
}
