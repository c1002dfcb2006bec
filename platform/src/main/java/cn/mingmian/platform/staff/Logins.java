package cn.mingmian.platform.staff;

import cn.mingmian.platform.audit.Books;
import cn.mingmian.platform.audit.Entry;
import cn.mingmian.platform.audit.Kind;
import cn.mingmian.platform.records.RejectedRecordException;
import cn.mingmian.platform.records.Rows;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// How staff prove to be themselves, and for how long that holds: a password and a second factor,
/// both, always. Thread-safe.
public final class Logins {
  /// Without a request for this long a session ends.
  public static final Duration IDLE = Duration.ofMinutes(15);

  /// However busy, a session ends after this long.
  public static final Duration LONGEST = Duration.ofHours(8);

  /// How long after both factors were shown dangerous acts are open.
  public static final Duration FRESH_FOR = Duration.ofMinutes(10);

  /// One account may be logged in this often at a time; the oldest session gives way.
  public static final int AT_A_TIME = 2;

  /// This many wrong attempts are free; then each one locks, for longer each time.
  public static final int FREE_FAILURES = 5;

  /// The longest lock: long enough to stop guessing, short enough that nobody is shut out for good
  /// by somebody else's guesses.
  public static final Duration LONGEST_LOCK = Duration.ofMinutes(15);

  private static final int RECOVERY_CODES = 10;

  private final Books books;
  private final Staff staff;
  private final StaffKey key;
  private final SecureRandom random;
  private final Passwords passwords;
  private final String nobodysPassword;

  public Logins(Books books, Staff staff, StaffKey key, SecureRandom random) {
    this.books = books;
    this.staff = staff;
    this.key = key;
    this.random = random;
    this.passwords = new Passwords(random);
    this.nobodysPassword = passwords.hash(token().toCharArray());
  }

  /// A second factor to be put into an authenticator app. Shown once.
  ///
  /// @param secret base 32, as it is typed
  /// @param address `otpauth://`, as it is scanned
  public record Setup(String name, String secret, String address) {}

  /// A fresh session.
  ///
  /// @param token the cookie's secret, known to nobody else; only its hash is kept
  public record Begun(String token, Session session) {}

  /// An account that has just been set up.
  ///
  /// @param recoveryCodes each opens once in place of the second factor. Shown once
  public record Completed(Begun begun, List<String> recoveryCodes) {}

  // ---- the first time

  /// Whose invitation this is.
  public Optional<Account> invited(String code) {
    return staff.invitations().owner(code).flatMap(staff::find);
  }

  /// Sets the password of an invited account and makes its second factor; neither opens anything
  /// before [#complete].
  ///
  /// @throws RejectedRecordException `invitation-unknown`, `password-too-short`,
  ///     `password-too-long`, `password-guessable`
  public Setup begin(String code, char[] password) {
    Account account = require(code);
    passwords.refuseWeak(password, account.name());
    byte[] secret = new byte[Totp.SECRET_BYTES];
    random.nextBytes(secret);
    try {
      books
          .database()
          .sql()
          .sql(
              """
              INSERT INTO staff_credential (staff, password, totp, ready, set_at)
              VALUES (:staff, :password, :totp, false, :now)
              ON CONFLICT (staff) DO UPDATE SET password = excluded.password, totp = excluded.totp,
                totp_step = 0, ready = false, failures = 0, locked_until = NULL,
                set_at = excluded.set_at
              """)
          .param("staff", account.id().value())
          .param("password", passwords.hash(password))
          .param("totp", key.seal(account.id(), secret))
          .param("now", Books.utc(books.now()))
          .update();
      String shown = Totp.base32(secret);
      return new Setup(
          account.name(),
          shown,
          "otpauth://totp/Mingmian:%s?secret=%s&issuer=Mingmian".formatted(account.name(), shown));
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  /// Shows that the second factor works: the account is ready, the invitation is used up.
  ///
  /// @throws RejectedRecordException `invitation-unknown`, `second-factor-wrong`
  public Completed complete(String code, String digits) {
    return books
        .database()
        .inTransaction(
            () -> {
              Account account = require(code);
              Credential credential =
                  credential(account.id())
                      .orElseThrow(
                          () ->
                              new RejectedRecordException(
                                  "second-factor-wrong", "set the password first"));
              if (!takeDigits(account.id(), credential, digits)) {
                throw new RejectedRecordException(
                    "second-factor-wrong",
                    "these digits are not the app's: is the clock of the phone right?");
              }
              staff.invitations().used(account.id());
              books
                  .database()
                  .sql()
                  .sql("UPDATE staff_credential SET ready = true WHERE staff = :staff")
                  .param("staff", account.id().value())
                  .update();
              List<String> codes = freshRecoveryCodes(account.id());
              tell("SET_UP", account.id());
              return new Completed(start(account.id()), codes);
            });
  }

  private Account require(String code) {
    return invited(code)
        .orElseThrow(
            () ->
                new RejectedRecordException(
                    "invitation-unknown", "this one-time code is unknown, used or too old"));
  }

  // ---- every time

  /// Logs somebody in.
  ///
  /// @param second six digits of the authenticator app, or a recovery code
  /// @return empty if anything is wrong or the account is locked for a while; which, is not told
  public Optional<Begun> login(String name, char[] password, String second) {
    Optional<StaffId> attempt = attempt(name);
    boolean known =
        passwords.matches(
            password,
            attempt.flatMap(this::credential).map(Credential::password).orElse(nobodysPassword));
    if (attempt.isEmpty()) return Optional.empty();
    StaffId id = attempt.get();
    return books
        .database()
        .inTransaction(
            () -> {
              if (!known || !take(id, second) || !works(id)) {
                tell("REFUSED", id);
                return Optional.empty();
              }
              forgive(id);
              tell("LOGGED_IN", id);
              return Optional.of(start(id));
            });
  }

  /// Shows both factors again within a session, before a dangerous act.
  ///
  /// @return whether they were right; an attempt counts like one at the door
  public boolean prove(Session session, char[] password, String second) {
    Optional<StaffId> attempt = attempt(session.account().name());
    if (attempt.isEmpty() || !attempt.get().equals(session.account().id())) return false;
    StaffId id = attempt.get();
    boolean known = passwords.matches(password, credential(id).orElseThrow().password());
    return books
        .database()
        .inTransaction(
            () -> {
              if (!known || !take(id, second)) {
                tell("REFUSED", id);
                return false;
              }
              forgive(id);
              books
                  .database()
                  .sql()
                  .sql("UPDATE staff_session SET proved_at = :now WHERE hash = :hash")
                  .param("now", Books.utc(books.now()))
                  .param("hash", HexFormat.of().parseHex(session.id()))
                  .update();
              return true;
            });
  }

  /// The session of a token, if it still holds; counts as a sign of life.
  public Optional<Session> session(String token) {
    if (!token.matches("[A-Za-z0-9_-]{43}")) return Optional.empty();
    byte[] hash = Invitations.hash(token);
    Instant now = books.now();
    return books
        .database()
        .sql()
        .sql(
            """
            UPDATE staff_session SET seen_at = :now
            WHERE hash = :hash AND seen_at > :idle AND begun_at > :longest RETURNING *
            """)
        .param("now", Books.utc(now))
        .param("hash", hash)
        .param("idle", Books.utc(now.minus(IDLE)))
        .param("longest", Books.utc(now.minus(LONGEST)))
        .query(
            (r, row) ->
                staff
                    .find(new StaffId(r.getString("staff")))
                    .filter(account -> account.worksAt(now))
                    .map(
                        account -> {
                          try {
                            return new Session(
                                HexFormat.of().formatHex(hash),
                                account,
                                guard(token),
                                Rows.instant(r, "begun_at"),
                                Rows.instant(r, "proved_at"));
                          } catch (java.sql.SQLException e) {
                            throw new IllegalStateException(e);
                          }
                        }))
        .optional()
        .flatMap(found -> found);
  }

  /// Logs out.
  public void end(Session session) {
    books
        .database()
        .transact(
            () -> {
              books
                  .database()
                  .sql()
                  .sql("DELETE FROM staff_session WHERE hash = :hash")
                  .param("hash", HexFormat.of().parseHex(session.id()))
                  .update();
              tell("LOGGED_OUT", session.account().id());
            });
  }

  /// Ends every session of an account: the others, when somebody suspects that one was stolen.
  ///
  /// @return how many there were
  public int endAll(StaffId id) {
    return books
        .database()
        .inTransaction(
            () -> {
              tell("SESSIONS_ENDED", id);
              return books
                  .database()
                  .sql()
                  .sql("DELETE FROM staff_session WHERE staff = :staff")
                  .param("staff", id.value())
                  .update();
            });
  }

  /// Makes ten new recovery codes; the old ones open nothing any more.
  public List<String> renewRecoveryCodes(Session session) {
    return books
        .database()
        .inTransaction(
            () -> {
              tell("RECOVERY_CODES_MADE", session.account().id());
              return freshRecoveryCodes(session.account().id());
            });
  }

  // ---- the parts of it

  private record Credential(String password, byte[] totp, long step) {}

  private Optional<Credential> credential(StaffId id) {
    return books
        .database()
        .sql()
        .sql("SELECT password, totp, totp_step FROM staff_credential WHERE staff = :staff")
        .param("staff", id.value())
        .query((r, row) -> new Credential(r.getString(1), r.getBytes(2), r.getLong(3)))
        .optional();
  }

  /// Counts the attempt as failed before anything is compared: attempts at the same time cannot
  /// share one count.
  ///
  /// @return empty if there is no such account or it is locked
  private Optional<StaffId> attempt(String name) {
    return books
        .database()
        .sql()
        .sql(
            """
            UPDATE staff_credential c SET failures = c.failures + 1,
              locked_until = CASE WHEN c.failures + 1 >= :free THEN CAST(:now AS timestamptz)
                + least(:most, 30 * power(2, least(c.failures + 1 - :free, 10))) * interval '1 second'
                END
            FROM staff s WHERE s.id = c.staff AND s.name = :name AND s.ended_at IS NULL AND c.ready
              AND (c.locked_until IS NULL OR c.locked_until <= :now)
            RETURNING c.staff
            """)
        .param("free", FREE_FAILURES)
        .param("most", LONGEST_LOCK.toSeconds())
        .param("now", Books.utc(books.now()))
        .param("name", name)
        .query(String.class)
        .optional()
        .map(StaffId::new);
  }

  private void forgive(StaffId id) {
    books
        .database()
        .sql()
        .sql("UPDATE staff_credential SET failures = 0, locked_until = NULL WHERE staff = :staff")
        .param("staff", id.value())
        .update();
  }

  private boolean works(StaffId id) {
    return staff.find(id).filter(account -> account.worksAt(books.now())).isPresent();
  }

  private boolean take(StaffId id, String second) {
    String typed = second.strip();
    return typed.matches("[0-9]{6}")
        ? takeDigits(id, credential(id).orElseThrow(), typed)
        : takeRecoveryCode(id, typed);
  }

  private boolean takeDigits(StaffId id, Credential credential, String digits) {
    byte[] secret = key.open(id, credential.totp());
    try {
      OptionalLong step = Totp.matching(secret, digits, books.now(), credential.step());
      return step.isPresent()
          && books
                  .database()
                  .sql()
                  .sql(
                      """
                      UPDATE staff_credential SET totp_step = :step
                      WHERE staff = :staff AND totp_step < :step
                      """)
                  .param("step", step.getAsLong())
                  .param("staff", id.value())
                  .update()
              == 1;
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  private boolean takeRecoveryCode(StaffId id, String typed) {
    String plain = typed.toLowerCase(Locale.ROOT).replaceAll("[^0-9a-z]", "");
    boolean right =
        books
                .database()
                .sql()
                .sql("DELETE FROM staff_recovery_code WHERE staff = :staff AND hash = :hash")
                .param("staff", id.value())
                .param("hash", Invitations.hash(plain))
                .update()
            == 1;
    if (right) tell("RECOVERY_CODE_USED", id);
    return right;
  }

  private List<String> freshRecoveryCodes(StaffId id) {
    books
        .database()
        .sql()
        .sql("DELETE FROM staff_recovery_code WHERE staff = :staff")
        .param("staff", id.value())
        .update();
    List<String> codes = new ArrayList<>();
    for (int i = 0; i < RECOVERY_CODES; i++) {
      String plain = books.ids().next("rc").substring(3, 19);
      books
          .database()
          .sql()
          .sql("INSERT INTO staff_recovery_code (hash, staff) VALUES (:hash, :staff)")
          .param("hash", Invitations.hash(plain))
          .param("staff", id.value())
          .update();
      codes.add(plain.replaceAll("(.{4})(?!$)", "$1-"));
    }
    return codes;
  }

  private Begun start(StaffId id) {
    String token = token();
    Instant now = books.now();
    books
        .database()
        .sql()
        .sql(
            """
            DELETE FROM staff_session WHERE seen_at <= :idle OR begun_at <= :longest
              OR hash IN (SELECT hash FROM staff_session WHERE staff = :staff
                          ORDER BY begun_at DESC OFFSET :others)
            """)
        .param("idle", Books.utc(now.minus(IDLE)))
        .param("longest", Books.utc(now.minus(LONGEST)))
        .param("staff", id.value())
        .param("others", AT_A_TIME - 1)
        .update();
    books
        .database()
        .sql()
        .sql(
            """
            INSERT INTO staff_session (hash, staff, begun_at, seen_at, proved_at)
            VALUES (:hash, :staff, :now, :now, :now)
            """)
        .param("hash", Invitations.hash(token))
        .param("staff", id.value())
        .param("now", Books.utc(now))
        .update();
    return new Begun(
        token,
        new Session(
            HexFormat.of().formatHex(Invitations.hash(token)),
            staff.require(id),
            guard(token),
            now,
            now));
  }

  private String token() {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /// Derived from the cookie's secret, which scripts cannot read: nobody can make it from outside.
  private static String guard(String token) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(token.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(mac.doFinal("guard".getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException absent) {
      throw new IllegalStateException("every Java runtime has HmacSHA256", absent);
    }
  }

  private void tell(String outcome, StaffId id) {
    books.tell(Entry.of(Kind.STAFF_LOGIN).fact("outcome", outcome).sealed("staff", id.value()));
  }
}
