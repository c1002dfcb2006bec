package cn.mingmian.platform.passes;

import cn.mingmian.platform.audit.Books;
import cn.mingmian.platform.audit.Entry;
import cn.mingmian.platform.audit.Kind;
import cn.mingmian.platform.people.People;
import cn.mingmian.platform.people.PersonId;
import cn.mingmian.platform.places.Places;
import cn.mingmian.platform.places.SiteId;
import cn.mingmian.platform.records.Actor;
import cn.mingmian.platform.records.RejectedRecordException;
import cn.mingmian.platform.records.SigningKeyFile;
import cn.mingmian.platform.records.UnknownRecordException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// QR passes: signed, for one site and a time, revocable, readable without a network. Thread-safe.
///
/// A pass carries a random number and no name; who holds it, the records know until it is over.
public final class Passes {
  /// The longest that a pass may be good for.
  public static final Duration LONGEST = Duration.ofDays(366);

  private final Books books;
  private final People people;
  private final Places places;
  private final KeyPair key;
  private final SecureRandom random;

  /// @param keyFile made at the first start
  public Passes(Books books, People people, Places places, Path keyFile, SecureRandom random) {
    this.books = books;
    this.people = people;
    this.places = places;
    this.random = random;
    this.key = SigningKeyFile.openOrCreate(keyFile, random);
  }

  /// A pass that was just made.
  ///
  /// @param token what its QR code says; known at this moment only
  public record Issued(String number, SiteId site, Instant from, Instant until, String token) {
    @Override
    public String toString() {
      return "pass " + number;
    }
  }

  /// @param holder empty for a visitor whom nobody needs to know
  /// @throws RejectedRecordException `pass-too-long`
  public Issued issue(Optional<PersonId> holder, SiteId site, Duration lasts, Actor by) {
    if (lasts.compareTo(Duration.ofMinutes(1)) < 0 || lasts.compareTo(LONGEST) > 0) {
      throw new RejectedRecordException(
          "pass-too-long",
          "a pass for `%s`, expected 1 minute to %d days".formatted(lasts, LONGEST.toDays()));
    }
    if (places.site(site).isEmpty()) throw new UnknownRecordException("site", site.value());
    holder.ifPresent(people::require);
    Instant from = Instant.ofEpochSecond(books.now().getEpochSecond());
    Instant until = from.plusSeconds(lasts.toSeconds());
    byte[] number = new byte[PassReader.NUMBER_BYTES];
    random.nextBytes(number);
    byte[] payload =
        ByteBuffer.allocate(PassReader.PAYLOAD_BYTES)
            .put(number)
            .putInt((int) from.getEpochSecond())
            .putInt((int) until.getEpochSecond())
            .put(PassReader.siteTag(site))
            .array();
    Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
    String token =
        PassReader.PREFIX
            + base64.encodeToString(payload)
            + "."
            + base64.encodeToString(sign(PassReader.signedPart(payload)));
    String hex = HexFormat.of().formatHex(number);
    books
        .database()
        .transact(
            () -> {
              books
                  .database()
                  .sql()
                  .sql(
                      """
                      INSERT INTO qr_pass (number, person, site, valid_from, valid_until, issued_by)
                      VALUES (:number, :person, :site, :from, :until, :by)
                      """)
                  .param("number", hex)
                  .param("person", holder.map(PersonId::value).orElse(null))
                  .param("site", site.value())
                  .param("from", Books.utc(from))
                  .param("until", Books.utc(until))
                  .param("by", by.id())
                  .update();
              tell("issued", site, holder.map(PersonId::value), hex);
            });
    return new Issued(hex, site, from, until, token);
  }

  /// From now on it opens nothing here, and nothing at a reader once that has the next list.
  public void revoke(String number, Actor by) {
    books
        .database()
        .transact(
            () -> {
              record Row(Optional<String> person, SiteId site) {}
              Row row =
                  books
                      .database()
                      .sql()
                      .sql(
                          """
                          UPDATE qr_pass SET revoked_at = coalesce(revoked_at, :now),
                            revoked_by = coalesce(revoked_by, :by)
                          WHERE number = :number RETURNING person, site
                          """)
                      .param("now", Books.utc(books.now()))
                      .param("by", by.id())
                      .param("number", number)
                      .query(
                          (r, n) ->
                              new Row(
                                  Optional.ofNullable(r.getString("person")),
                                  new SiteId(r.getString("site"))))
                      .optional()
                      .orElseThrow(() -> new UnknownRecordException("pass", number));
              tell("revoked", row.site, row.person, number);
            });
  }

  private void tell(String change, SiteId site, Optional<String> person, String number) {
    Entry entry =
        Entry.of(Kind.PASS_CHANGED)
            .fact("change", change)
            .fact("site", site)
            .sealed("pass", number);
    books.tell(person.map(entry::about).orElse(entry));
  }

  /// Reads a pass against the records as they are now.
  public PassReader.Reading read(String token, SiteId here) {
    Instant now = books.now();
    return PassReader.read(token, here, now, key.getPublic(), this::isRevoked, now);
  }

  private boolean isRevoked(String number) {
    return books
        .database()
        .sql()
        .sql("SELECT revoked_at IS NULL FROM qr_pass WHERE number = :number")
        .param("number", number)
        .query(Boolean.class)
        .optional()
        .map(good -> !good)
        .orElse(true); // signed, yet not on record: of a database that was put back
  }

  /// What readers need: X.509, base64.
  public String publicKey() {
    return Base64.getEncoder().encodeToString(key.getPublic().getEncoded());
  }

  /// The signed list of revoked passes that are not over, for readers without a network.
  public String revocations() {
    List<String> numbers =
        books
            .database()
            .sql()
            .sql(
                "SELECT number FROM qr_pass WHERE revoked_at IS NOT NULL AND valid_until > :now ORDER BY number")
            .param("now", Books.utc(books.now()))
            .query(String.class)
            .list();
    StringBuilder list =
        new StringBuilder(PassReader.LIST_HEADER)
            .append('\n')
            .append(books.now().getEpochSecond())
            .append('\n');
    numbers.forEach(number -> list.append(number).append('\n'));
    byte[] signature = sign(list.toString().getBytes(StandardCharsets.US_ASCII));
    return list.append('\n')
        .append(Base64.getEncoder().encodeToString(signature))
        .append('\n')
        .toString();
  }

  private byte[] sign(byte[] text) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(key.getPrivate());
      signature.update(text);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime signs with Ed25519", e);
    }
  }
}
