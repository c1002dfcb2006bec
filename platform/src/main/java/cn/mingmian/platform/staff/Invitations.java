package cn.mingmian.platform.staff;

import cn.mingmian.platform.audit.Books;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/// One-time codes with which an account is set up: two halves of 80 bits in two hands, kept as
/// hashes, good for seven days. Thread-safe.
final class Invitations {
  static final Duration GOOD_FOR = Duration.ofDays(7);
  private static final int HALF = 16;

  private final Books books;

  Invitations(Books books) {
    this.books = books;
  }

  /// Makes the first half, or makes it anew.
  String begin(String grant, StaffId staff) {
    String half = half();
    books
        .database()
        .sql()
        .sql(
            """
            INSERT INTO staff_invitation (grant_id, staff, first, expires_at)
            VALUES (:grant, :staff, :first, :expires)
            ON CONFLICT (grant_id) DO UPDATE
              SET first = excluded.first, second = NULL, expires_at = excluded.expires_at
            """)
        .param("grant", grant)
        .param("staff", staff.value())
        .param("first", hash(plain(half)))
        .param("expires", Books.utc(books.now().plus(GOOD_FOR)))
        .update();
    return half;
  }

  /// Makes the second half: from now on the code opens, and an old password does not.
  ///
  /// @return empty if this grant invites nobody
  Optional<String> complete(String grant) {
    String half = half();
    int changed =
        books
            .database()
            .sql()
            .sql(
                """
                UPDATE staff_invitation SET second = :second, expires_at = :expires
                WHERE grant_id = :grant
                """)
            .param("second", hash(plain(half)))
            .param("expires", Books.utc(books.now().plus(GOOD_FOR)))
            .param("grant", grant)
            .update();
    if (changed == 0) return Optional.empty();
    for (String change :
        new String[] {
          "UPDATE staff_credential SET ready = false",
          "DELETE FROM staff_session",
          "DELETE FROM staff_recovery_code"
        }) {
      books
          .database()
          .sql()
          .sql(
              change
                  + " WHERE staff = (SELECT staff FROM staff_invitation WHERE grant_id = :grant)")
          .param("grant", grant)
          .update();
    }
    return Optional.of(half);
  }

  /// Whose code this is, while it is good.
  Optional<StaffId> owner(String code) {
    String plain = plain(code);
    if (plain.length() != 2 * HALF) return Optional.empty();
    return books
        .database()
        .sql()
        .sql(
            """
            SELECT i.staff FROM staff_invitation i JOIN staff s ON s.id = i.staff
            WHERE i.expires_at > :now AND s.ended_at IS NULL
              AND ((i.first = :a AND i.second = :b) OR (i.first = :b AND i.second = :a))
            """)
        .param("now", Books.utc(books.now()))
        .param("a", hash(plain.substring(0, HALF)))
        .param("b", hash(plain.substring(HALF)))
        .query(String.class)
        .optional()
        .map(StaffId::new);
  }

  /// The code was used: it and every other code of this account open nothing any more.
  void used(StaffId staff) {
    books
        .database()
        .sql()
        .sql("DELETE FROM staff_invitation WHERE staff = :staff")
        .param("staff", staff.value())
        .update();
  }

  private String half() {
    String id = books.ids().next("in").substring(3, 3 + HALF);
    return id.replaceAll("(.{4})(?!$)", "$1-");
  }

  private static String plain(String typed) {
    return typed.toLowerCase(Locale.ROOT).replaceAll("[^0-9a-z]", "");
  }

  static byte[] hash(String secret) {
    try {
      return MessageDigest.getInstance("SHA-256")
          .digest(secret.getBytes(StandardCharsets.US_ASCII));
    } catch (NoSuchAlgorithmException absent) {
      throw new IllegalStateException("every Java runtime has SHA-256", absent);
    }
  }
}
