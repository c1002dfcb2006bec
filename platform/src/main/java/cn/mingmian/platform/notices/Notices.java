package cn.mingmian.platform.notices;

import cn.mingmian.platform.audit.Books;
import cn.mingmian.platform.audit.Entry;
import cn.mingmian.platform.audit.Kind;
import cn.mingmian.platform.documents.Paper;
import cn.mingmian.platform.people.PersonId;
import cn.mingmian.platform.places.Checkpoint;
import cn.mingmian.platform.places.CheckpointId;
import cn.mingmian.platform.places.Operator;
import cn.mingmian.platform.places.Places;
import cn.mingmian.platform.places.Site;
import cn.mingmian.platform.places.SiteId;
import cn.mingmian.platform.places.WayNames;
import cn.mingmian.platform.purposes.Purpose;
import cn.mingmian.platform.purposes.PurposeId;
import cn.mingmian.platform.purposes.Purposes;
import cn.mingmian.platform.records.Actor;
import cn.mingmian.platform.records.Bilingual;
import cn.mingmian.platform.records.Json;
import cn.mingmian.platform.records.RejectedRecordException;
import cn.mingmian.platform.records.Rows;
import cn.mingmian.platform.records.UnknownRecordException;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// The door to notices and public rules. Thread-safe.
public final class Notices {
  private final Books books;
  private final Purposes purposes;
  private final Places places;

  public Notices(Books books, Purposes purposes, Places places) {
    this.books = books;
    this.purposes = purposes;
    this.places = places;
  }

  /// What a notice would say now.
  ///
  /// @return empty while operator, site or an approved purpose is missing
  public Optional<NoticeText> compose(PurposeId purpose, SiteId site) {
    Optional<Operator> operator = places.operator();
    Optional<Site> where = places.site(site);
    Optional<Purpose> what = purposes.inForce(purpose);
    if (operator.isEmpty() || where.isEmpty() || what.isEmpty()) return Optional.empty();
    return Optional.of(Composer.compose(operator.get(), where.get(), what.get()));
  }

  /// Writes the next version from the live configuration.
  ///
  /// @return its number
  /// @throws RejectedRecordException `nothing-to-tell` while operator, site or purpose is missing
  public int write(PurposeId purpose, SiteId site, Actor author) {
    NoticeText text =
        compose(purpose, site)
            .orElseThrow(
                () ->
                    new RejectedRecordException(
                        "nothing-to-tell",
                        "a notice needs the operator, the site and an approved purpose"));
    return books
        .database()
        .inTransaction(
            () -> {
              lock("notice " + purpose + site);
              int version =
                  history(purpose, site).stream().mapToInt(Notice::version).max().orElse(0) + 1;
              books
                  .database()
                  .sql()
                  .sql(
                      """
                      INSERT INTO notice (purpose, site, version, text, author, written_at)
                      VALUES (:purpose, :site, :version, CAST(:text AS jsonb), :author, :now)
                      """)
                  .param("purpose", purpose.value())
                  .param("site", site.value())
                  .param("version", version)
                  .param("text", Json.write(text))
                  .param("author", author.id())
                  .param("now", Books.utc(books.now()))
                  .update();
              return version;
            });
  }

  /// Publishes a version that another person wrote.
  ///
  /// @throws RejectedRecordException `notice-behind-configuration` if the configuration has changed
  ///     since it was written, `author-is-approver`, `published-already`
  public void publish(PurposeId purpose, SiteId site, int version, Actor publisher) {
    books
        .database()
        .transact(
            () -> {
              lock("notice " + purpose + site);
              Notice notice =
                  history(purpose, site).stream()
                      .filter(n -> n.version() == version)
                      .findFirst()
                      .orElseThrow(
                          () -> new UnknownRecordException("notice", purpose + "/" + version));
              RejectedRecordException.refuseSameHand(notice.author(), publisher);
              if (notice.publishedAt().isPresent()) {
                throw new RejectedRecordException(
                    "published-already", "version %d is published already".formatted(version));
              }
              // law| MEASURES-2025/5.1: truthfully: what is told is what is done.
              if (!matches(notice)) {
                throw new RejectedRecordException(
                    "notice-behind-configuration",
                    "the configuration has changed since version %d was written: write a new one"
                        .formatted(version));
              }
              books
                  .database()
                  .sql()
                  .sql(
                      """
                      UPDATE notice SET approver = :by, approved_at = :now
                      WHERE purpose = :purpose AND site = :site AND version = :version
                      """)
                  .param("by", publisher.id())
                  .param("now", Books.utc(books.now()))
                  .param("purpose", purpose.value())
                  .param("site", site.value())
                  .param("version", version)
                  .update();
              books.tell(
                  Entry.of(Kind.NOTICE_PUBLISHED)
                      .fact("purpose", purpose)
                      .fact("site", site)
                      .fact("version", version)
                      .fact("textHash", notice.text().fingerprint())
                      .sealed("author", notice.author().id())
                      .sealed("publisher", publisher.id()));
            });
  }

  /// The published notice and whether it still tells the truth.
  public Optional<Standing> standing(PurposeId purpose, SiteId site) {
    return history(purpose, site).stream()
        .filter(n -> n.publishedAt().isPresent())
        .findFirst()
        .map(n -> new Standing(n, matches(n)));
  }

  private boolean matches(Notice notice) {
    return compose(notice.purpose(), notice.site())
        .map(now -> now.fingerprint().equals(notice.text().fingerprint()))
        .orElse(false);
  }

  /// All versions, newest first.
  public List<Notice> history(PurposeId purpose, SiteId site) {
    return books
        .database()
        .sql()
        .sql(
            """
            SELECT * FROM notice WHERE purpose = :purpose AND site = :site ORDER BY version DESC
            """)
        .param("purpose", purpose.value())
        .param("site", site.value())
        .query(Notices::readNotice)
        .list();
  }

  /// The newest version of each purpose and site, where nobody has published it yet.
  public List<Notice> waiting() {
    return books
        .database()
        .sql()
        .sql(
            """
            SELECT * FROM notice n WHERE approver IS NULL AND version = (
              SELECT max(version) FROM notice WHERE purpose = n.purpose AND site = n.site)
            ORDER BY written_at, purpose, site
            """)
        .query(Notices::readNotice)
        .list();
  }

  /// The sign to hang at a checkpoint, written from the live configuration.
  ///
  /// @param publicAddress where people reach the notice pages, without a path
  /// @throws RejectedRecordException `nothing-to-tell` while operator, purpose or an approved
  ///     capture area is missing
  public Paper poster(CheckpointId id, URI publicAddress) {
    Checkpoint checkpoint =
        places
            .checkpoint(id)
            .orElseThrow(() -> new UnknownRecordException("checkpoint", id.value()));
    Optional<Operator> operator = places.operator();
    Optional<Purpose> purpose = purposes.inForce(checkpoint.purpose());
    var area = places.captureArea(checkpoint.device());
    if (operator.isEmpty() || purpose.isEmpty() || area.isEmpty()) {
      throw new RejectedRecordException(
          "nothing-to-tell",
          "a sign needs the operator, an approved purpose and an approved capture area");
    }
    return SignPoster.of(
        operator.get(),
        purpose.get().terms(),
        area.get().body(),
        places.otherWays(id).measures().stream().map(way -> WayNames.of(way.kind())).toList(),
        publicAddress.resolve("/notices/" + id));
  }

  // ---- who was shown what

  /// Records that the published notice was shown.
  ///
  /// @param session at a kiosk: the session, so that nobody need be named
  /// @param person where it is known who looked
  /// @throws RejectedRecordException `notice-not-published` if nothing is, or it is out of date
  public Shown show(
      PurposeId purpose,
      SiteId site,
      Shown.Channel channel,
      Optional<String> session,
      Optional<PersonId> person) {
    return books
        .database()
        .inTransaction(
            () -> {
              Standing standing =
                  standing(purpose, site)
                      .filter(Standing::matches)
                      .orElseThrow(
                          () ->
                              new RejectedRecordException(
                                  "notice-not-published",
                                  "no notice that tells what is done now is published for this purpose and site"));
              Shown shown =
                  new Shown(
                      new ShownId(books.ids().next("shn")),
                      purpose,
                      site,
                      standing.notice().version(),
                      channel,
                      books.now());
              books
                  .database()
                  .sql()
                  .sql(
                      """
                      INSERT INTO notice_shown (id, purpose, site, version, channel, session, person, at)
                      VALUES (:id, :purpose, :site, :version, :channel, :session, :person, :at)
                      """)
                  .param("id", shown.id().value())
                  .param("purpose", purpose.value())
                  .param("site", site.value())
                  .param("version", shown.version())
                  .param("channel", channel.name())
                  .param("session", session.orElse(null))
                  .param("person", person.map(PersonId::value).orElse(null))
                  .param("at", Books.utc(shown.at()))
                  .update();
              Entry entry =
                  Entry.of(Kind.NOTICE_SHOWN)
                      .fact("purpose", purpose)
                      .fact("site", site)
                      .fact("version", shown.version())
                      .fact("channel", channel)
                      .sealed("shown", shown.id().value())
                      .sealed("session", session);
              books.tell(person.map(p -> entry.about(p.value())).orElse(entry));
              return shown;
            });
  }

  public Optional<Shown> find(ShownId id) {
    return books
        .database()
        .sql()
        .sql("SELECT * FROM notice_shown WHERE id = :id")
        .param("id", id.value())
        .query(Notices::readShown)
        .optional();
  }

  /// What was last shown in a session, or to a person, for a purpose at a site.
  public Optional<Shown> lastShown(
      PurposeId purpose, SiteId site, Optional<String> session, Optional<PersonId> person) {
    return books
        .database()
        .sql()
        .sql(
            """
            SELECT * FROM notice_shown
            WHERE purpose = :purpose AND site = :site AND (session = :session OR person = :person)
            ORDER BY at DESC LIMIT 1
            """)
        .param("purpose", purpose.value())
        .param("site", site.value())
        .param("session", session.orElse(null), java.sql.Types.VARCHAR)
        .param("person", person.map(PersonId::value).orElse(null), java.sql.Types.VARCHAR)
        .query(Notices::readShown)
        .optional();
  }

  // ---- public rules

  /// Writes the next version of a public document.
  public int writeRules(RulesKind kind, Bilingual text, Actor author) {
    return books
        .database()
        .inTransaction(
            () -> {
              lock("rules " + kind);
              int version = rules(kind).stream().mapToInt(Rules::version).max().orElse(0) + 1;
              books
                  .database()
                  .sql()
                  .sql(
                      """
                      INSERT INTO public_rules (kind, version, zh, en, author, written_at)
                      VALUES (:kind, :version, :zh, :en, :author, :now)
                      """)
                  .param("kind", kind.name())
                  .param("version", version)
                  .param("zh", text.zh())
                  .param("en", text.en())
                  .param("author", author.id())
                  .param("now", Books.utc(books.now()))
                  .update();
              return version;
            });
  }

  public void publishRules(RulesKind kind, int version, Actor publisher) {
    books
        .database()
        .transact(
            () -> {
              lock("rules " + kind);
              Rules rules =
                  rules(kind).stream()
                      .filter(r -> r.version() == version)
                      .findFirst()
                      .orElseThrow(() -> new UnknownRecordException("rules", kind + "/" + version));
              RejectedRecordException.refuseSameHand(rules.author(), publisher);
              if (rules.publishedAt().isPresent()) {
                throw new RejectedRecordException(
                    "published-already", "version %d is published already".formatted(version));
              }
              books
                  .database()
                  .sql()
                  .sql(
                      """
                      UPDATE public_rules SET approver = :by, approved_at = :now
                      WHERE kind = :kind AND version = :version
                      """)
                  .param("by", publisher.id())
                  .param("now", Books.utc(books.now()))
                  .param("kind", kind.name())
                  .param("version", version)
                  .update();
              books.tell(
                  Entry.of(Kind.RULES_PUBLISHED)
                      .fact("kind", kind)
                      .fact("version", version)
                      .fact("zh", rules.text().zh().length())
                      .sealed("publisher", publisher.id()));
            });
  }

  /// The public version of a document.
  public Optional<Rules> published(RulesKind kind) {
    return rules(kind).stream().filter(r -> r.publishedAt().isPresent()).findFirst();
  }

  /// All versions, newest first.
  public List<Rules> rules(RulesKind kind) {
    return books
        .database()
        .sql()
        .sql("SELECT * FROM public_rules WHERE kind = :kind ORDER BY version DESC")
        .param("kind", kind.name())
        .query(
            (r, n) ->
                new Rules(
                    RulesKind.valueOf(r.getString("kind")),
                    r.getInt("version"),
                    new Bilingual(r.getString("zh"), r.getString("en")),
                    new Actor(r.getString("author")),
                    Rows.instant(r, "written_at"),
                    Rows.maybeActor(r, "approver"),
                    Rows.maybeInstant(r, "approved_at")))
        .list();
  }

  private void lock(String what) {
    books
        .database()
        .sql()
        .sql("SELECT pg_advisory_xact_lock(hashtextextended(:what, 1))")
        .param("what", what)
        .query((r, n) -> "")
        .single();
  }

  private static Notice readNotice(ResultSet r, int n) throws SQLException {
    return new Notice(
        new PurposeId(r.getString("purpose")),
        new SiteId(r.getString("site")),
        r.getInt("version"),
        Json.read(r.getString("text"), NoticeText.class),
        new Actor(r.getString("author")),
        Rows.instant(r, "written_at"),
        Rows.maybeActor(r, "approver"),
        Rows.maybeInstant(r, "approved_at"));
  }

  private static Shown readShown(ResultSet r, int n) throws SQLException {
    return new Shown(
        new ShownId(r.getString("id")),
        new PurposeId(r.getString("purpose")),
        new SiteId(r.getString("site")),
        r.getInt("version"),
        Shown.Channel.valueOf(r.getString("channel")),
        Rows.instant(r, "at"));
  }
}
