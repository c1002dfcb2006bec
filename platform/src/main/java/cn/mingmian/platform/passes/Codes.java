package cn.mingmian.platform.passes;

import cn.mingmian.platform.audit.Books;
import cn.mingmian.platform.audit.Entry;
import cn.mingmian.platform.audit.Kind;
import cn.mingmian.platform.people.People;
import cn.mingmian.platform.people.Person;
import cn.mingmian.platform.people.PersonId;
import cn.mingmian.platform.records.Actor;
import cn.mingmian.platform.records.RejectedRecordException;
import cn.mingmian.platform.records.Rows;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.spec.KeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/// What a person types instead of showing a face: a PIN of their own, or a code that the desk gave
/// them for once. Thread-safe.
public final class Codes {
  /// How long a code of the desk is good for.
  public static final Duration CODE_LASTS = Duration.ofMinutes(15);

  /// After so many wrong PINs in a row the PIN rests; the other ways stay open.
  public static final int WRONG_AT_MOST = 5;

  public static final Duration PIN_RESTS = Duration.ofMinutes(15);

  private static final String CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final int CODE_LENGTH = 9; // 30^9: guessing is left to chance
  private static final int ROUNDS = 120_000;
  private static final byte[] NO_SALT = new byte[16];

  private final Books books;
  private final People people;
  private final SecureRandom random;

  public Codes(Books books, People people, SecureRandom random) {
    this.books = books;
    this.people = people;
    this.random = random;
  }

  /// What a code opens.
  public enum Use {
    /// A checkpoint, once.
    PASSAGE,
    /// The holder's own pages, for one sitting.
    PORTAL
  }

  // ---- codes for once

  /// Makes a code at the desk.
  ///
  /// @param holder empty for a visitor; a code for the portal has one
  /// @return the code, as it is read out: three groups of three
  /// @throws RejectedRecordException `code-of-nobody` for the portal without a holder
  public String issue(Optional<PersonId> holder, Use use, Actor by) {
    if (use == Use.PORTAL && holder.isEmpty()) {
      throw new RejectedRecordException(
          "code-of-nobody", "a code for the portal is for one registered person");
    }
    holder.ifPresent(people::require);
    StringBuilder code = new StringBuilder();
    for (int i = 0; i < CODE_LENGTH; i++) {
      code.append(CODE_LETTERS.charAt(random.nextInt(CODE_LETTERS.length())));
    }
    books
        .database()
        .transact(
            () -> {
              books
                  .database()
                  .sql()
                  .sql(
                      """
                      INSERT INTO one_time_code (hash, person, opens, issued_by, good_until)
                      VALUES (:hash, :person, :opens, :by, :until)
                      """)
                  .param("hash", hash(code))
                  .param("person", holder.map(PersonId::value).orElse(null))
                  .param("opens", use.name())
                  .param("by", by.id())
                  .param("until", Books.utc(books.now().plus(CODE_LASTS)))
                  .update();
              Entry entry = Entry.of(Kind.PASS_CHANGED).fact("change", "code").fact("opens", use);
              books.tell(holder.map(h -> entry.about(h.value())).orElse(entry));
            });
    return code.insert(6, '-').insert(3, '-').toString();
  }

  /// What came of typing something.
  ///
  /// @param holder whose it was, if it is anybody's
  public record Typed(boolean good, Optional<PersonId> holder) {
    static final Typed WRONG = new Typed(false, Optional.empty());
  }

  /// Uses a code up. Wrong, used, expired and of another use are answered alike.
  public Typed use(String code, Use use) {
    String plain = code.toUpperCase(Locale.ROOT).replaceAll("[\\s-]", "");
    if (plain.length() != CODE_LENGTH) return Typed.WRONG;
    return books
        .database()
        .sql()
        .sql(
            """
            UPDATE one_time_code SET used_at = :now
            WHERE hash = :hash AND opens = :opens AND used_at IS NULL AND good_until > :now
            RETURNING person
            """)
        .param("now", Books.utc(books.now()))
        .param("hash", hash(plain))
        .param("opens", use.name())
        .query(
            (r, n) ->
                new Typed(true, Optional.ofNullable(r.getString("person")).map(PersonId::new)))
        .optional()
        .orElse(Typed.WRONG);
  }

  /// Forgets codes that are over.
  public int forget() {
    return books
        .database()
        .sql()
        .sql("DELETE FROM one_time_code WHERE good_until < :before")
        .param("before", Books.utc(books.now().minus(Duration.ofDays(1))))
        .update();
  }

  // ---- PINs

  /// Sets or changes a PIN. Whoever calls has made sure of the person.
  ///
  /// @param pin six to twelve digits
  /// @throws RejectedRecordException `pin-malformed`, `pin-guessable`
  public void setPin(PersonId person, String pin) {
    people.require(person);
    if (!pin.matches("\\d{6,12}")) {
      throw new RejectedRecordException("pin-malformed", "a PIN has 6 to 12 digits");
    }
    if (pin.chars().distinct().count() < 3
        || "01234567890123456789".contains(pin)
        || "98765432109876543210".contains(pin)) {
      throw new RejectedRecordException(
          "pin-guessable", "this PIN is among the first that somebody would guess");
    }
    byte[] salt = new byte[16];
    random.nextBytes(salt);
    books
        .database()
        .transact(
            () -> {
              books
                  .database()
                  .sql()
                  .sql(
                      """
                      INSERT INTO person_pin (person, salt, hash, wrong) VALUES (:person, :salt, :hash, 0)
                      ON CONFLICT (person) DO UPDATE
                        SET salt = EXCLUDED.salt, hash = EXCLUDED.hash, wrong = 0, rests_until = NULL
                      """)
                  .param("person", person.value())
                  .param("salt", salt)
                  .param("hash", slow(pin, salt))
                  .update();
              books.tell(Entry.of(Kind.PASS_CHANGED).fact("change", "PIN").about(person.value()));
            });
  }

  public boolean hasPin(PersonId person) {
    return pin(person).isPresent();
  }

  public void removePin(PersonId person) {
    books
        .database()
        .sql()
        .sql("DELETE FROM person_pin WHERE person = :person")
        .param("person", person.value())
        .update();
  }

  /// Whether this is the PIN of whoever has this reference. An unknown reference, a wrong PIN and a
  /// PIN that rests are answered alike, and take as long.
  public Typed pin(String reference, String typed) {
    Optional<PersonId> person = people.byReference(reference).map(Person::id);
    Optional<Pin> known = person.flatMap(this::pin);
    byte[] worked = slow(typed, known.map(Pin::salt).orElse(NO_SALT));
    if (known.isEmpty() || person.isEmpty()) return Typed.WRONG;
    return books
        .database()
        .inTransaction(
            () -> {
              Instant now = books.now();
              Pin pin = locked(person.get());
              if (pin.restsUntil().map(now::isBefore).orElse(false)) return Typed.WRONG;
              boolean right = MessageDigest.isEqual(pin.hash(), worked);
              int wrong = right ? 0 : pin.wrong() + 1;
              boolean rests = wrong >= WRONG_AT_MOST;
              books
                  .database()
                  .sql()
                  .sql(
                      "UPDATE person_pin SET wrong = :wrong, rests_until = :rests WHERE person = :person")
                  .param("wrong", rests ? 0 : wrong)
                  .param(
                      "rests",
                      rests ? Books.utc(now.plus(PIN_RESTS)) : null,
                      java.sql.Types.TIMESTAMP_WITH_TIMEZONE)
                  .param("person", person.get().value())
                  .update();
              return right ? new Typed(true, person) : Typed.WRONG;
            });
  }

  @SuppressWarnings("ArrayRecordComponent") // handed through, never compared
  private record Pin(byte[] salt, byte[] hash, int wrong, Optional<Instant> restsUntil) {}

  private Optional<Pin> pin(PersonId person) {
    return pinRow("", person);
  }

  private Pin locked(PersonId person) {
    return pinRow(" FOR UPDATE", person).orElseThrow();
  }

  private Optional<Pin> pinRow(String lock, PersonId person) {
    return books
        .database()
        .sql()
        .sql("SELECT * FROM person_pin WHERE person = :person" + lock)
        .param("person", person.value())
        .query(
            (r, n) ->
                new Pin(
                    r.getBytes("salt"),
                    r.getBytes("hash"),
                    r.getInt("wrong"),
                    Rows.maybeInstant(r, "rests_until")))
        .optional();
  }

  /// A PIN has few digits, so its hash is slow and the lock does the rest.
  private static byte[] slow(String pin, byte[] salt) {
    try {
      KeySpec work =
          new PBEKeySpec(pin.isEmpty() ? new char[] {0} : pin.toCharArray(), salt, ROUNDS, 256);
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(work).getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime has PBKDF2", e);
    }
  }

  private static String hash(CharSequence code) {
    try {
      return Base64.getEncoder()
          .encodeToString(
              MessageDigest.getInstance("SHA-256")
                  .digest(("mingmian/code/v1\n" + code).getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
