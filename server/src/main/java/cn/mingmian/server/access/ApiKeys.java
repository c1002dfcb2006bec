package cn.mingmian.server.access;

import cn.mingmian.platform.staff.StaffId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/// All API keys. A key is `mk_` and 256 random bits; its SHA-256 is kept, the key is shown once.
///
/// A slow password hash would add nothing: nobody guesses 256 bits.
///
/// Thread-safe: the table is the truth, and a copy in memory answers each request.
public final class ApiKeys {

  /// The longest that a key may live.
  public static final Duration LONGEST_LIFE = Duration.ofDays(366);

  /// How long the two keys of the first start live.
  public static final Duration FIRST_KEYS_LIVE = Duration.ofDays(90);

  private static final String PREFIX = "mk_";

  private final JdbcClient database;
  private final Clock clock;
  private final SecureRandom random;
  private final ConcurrentHashMap<String, ApiKey> byHash = new ConcurrentHashMap<>();

  public ApiKeys(JdbcClient database, Clock clock, SecureRandom random) {
    this.database = database;
    this.clock = clock;
    this.random = random;
    database
        .sql("select * from server_api_key")
        .query(
            row -> {
              Timestamp revoked = row.getTimestamp("revoked_at");
              byHash.put(
                  HexFormat.of().formatHex(row.getBytes("hash")),
                  new ApiKey(
                      row.getObject("id", UUID.class),
                      row.getString("label"),
                      row.getString("holder"),
                      scopes(row.getString("scopes")),
                      Optional.ofNullable(row.getString("purpose")),
                      row.getTimestamp("created_at").toInstant(),
                      row.getTimestamp("expires_at").toInstant(),
                      Optional.ofNullable(revoked).map(Timestamp::toInstant)));
            });
  }

  /// A fresh key and, for the one moment at which it is known, its secret.
  public record Issued(ApiKey key, String secret) {}

  /// Makes a key.
  ///
  /// @param lives  at most [#LONGEST_LIFE]
  public Issued issue(
      String label, String holder, Set<Scope> scopes, Optional<String> purpose, Duration lives) {
    if (lives.isNegative() || lives.isZero() || lives.compareTo(LONGEST_LIFE) > 0) {
      throw new IllegalArgumentException(
          "a key lives from 1 second to %d days, found `%s`"
              .formatted(LONGEST_LIFE.toDays(), lives));
    }
    if (scopes.isEmpty()) {
      throw new IllegalArgumentException("a key without a scope opens nothing");
    }
    if (scopes.stream().anyMatch(Scope::staffOnly) || StaffId.isHandOfStaff(holder)) {
      throw new IllegalArgumentException("a key is no member of staff");
    }
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    String secret = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    Arrays.fill(bytes, (byte) 0);
    byte[] hash = hash(secret);
    Instant now = clock.instant().truncatedTo(java.time.temporal.ChronoUnit.MILLIS);
    ApiKey key =
        new ApiKey(
            UUID.randomUUID(),
            label,
            holder,
            scopes,
            purpose,
            now,
            now.plus(lives),
            Optional.empty());
    database
        .sql(
            """
            insert into server_api_key
              (id, hash, label, holder, scopes, purpose, created_at, expires_at)
            values (:id, :hash, :label, :holder, :scopes, :purpose, :created, :expires)
            """)
        .param("id", key.id())
        .param("hash", hash)
        .param("label", label)
        .param("holder", holder)
        .param("scopes", scopes.stream().map(Scope::name).sorted().collect(Collectors.joining(",")))
        .param("purpose", purpose.orElse(null))
        .param("created", Timestamp.from(key.createdAt()))
        .param("expires", Timestamp.from(key.expiresAt()))
        .update();
    byHash.put(HexFormat.of().formatHex(hash), key);
    return new Issued(key, secret);
  }

  /// The key with this secret, if it works now.
  public Optional<ApiKey> find(String secret) {
    if (secret.length() != PREFIX.length() + 43 || !secret.startsWith(PREFIX)) {
      return Optional.empty();
    }
    return Optional.ofNullable(byHash.get(HexFormat.of().formatHex(hash(secret))))
        .filter(key -> key.worksAt(clock.instant()));
  }

  /// All keys, newest first, dead ones included.
  public List<ApiKey> all() {
    return byHash.values().stream()
        .sorted(
            java.util.Comparator.comparing(ApiKey::createdAt).reversed().thenComparing(ApiKey::id))
        .toList();
  }

  /// Ends a key at once.
  ///
  /// @return the key as it is now; empty when there is none with this id
  public Optional<ApiKey> revoke(UUID id) {
    Instant now = clock.instant().truncatedTo(java.time.temporal.ChronoUnit.MILLIS);
    database
        .sql("update server_api_key set revoked_at = :now where id = :id and revoked_at is null")
        .param("now", Timestamp.from(now))
        .param("id", id)
        .update();
    for (var entry : byHash.entrySet()) {
      ApiKey key = entry.getValue();
      if (key.id().equals(id)) {
        ApiKey revoked =
            key.revokedAt().isPresent()
                ? key
                : new ApiKey(
                    key.id(),
                    key.label(),
                    key.holder(),
                    key.scopes(),
                    key.purpose(),
                    key.createdAt(),
                    key.expiresAt(),
                    Optional.of(now));
        entry.setValue(revoked);
        return Optional.of(revoked);
      }
    }
    return Optional.empty();
  }

  /// Takes a key away that never was anybody's: the self-check's own.
  void remove(ApiKey key) {
    byHash.values().removeIf(held -> held.id().equals(key.id()));
    database.sql("delete from server_api_key where id = :id").param("id", key.id()).update();
  }

  /// The two keys of a first start: an officer who sets up, and a deputy who approves, so that
  /// author and approver differ from the first minute on.
  public List<Issued> issueFirstPair() {
    Set<Scope> officer = EnumSet.allOf(Scope.class);
    officer.removeIf(scope -> scope == Scope.APPROVE || scope.staffOnly());
    return List.of(
        issue("first officer", "officer", officer, Optional.empty(), FIRST_KEYS_LIVE),
        issue(
            "first deputy",
            "deputy",
            EnumSet.of(Scope.READ, Scope.APPROVE, Scope.KEYS),
            Optional.empty(),
            FIRST_KEYS_LIVE));
  }

  private static Set<Scope> scopes(String text) {
    Set<Scope> scopes = EnumSet.noneOf(Scope.class);
    for (String name : text.split(",")) {
      scopes.add(Scope.valueOf(name));
    }
    return scopes;
  }

  private static byte[] hash(String secret) {
    try {
      return MessageDigest.getInstance("SHA-256")
          .digest(secret.getBytes(StandardCharsets.US_ASCII));
    } catch (NoSuchAlgorithmException absent) {
      throw new IllegalStateException("SHA-256 is in every JDK", absent);
    }
  }
}
