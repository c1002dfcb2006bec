package cn.mingmian.platform.setup;

import cn.mingmian.law.Decision;
import cn.mingmian.platform.audit.Books;
import cn.mingmian.platform.audit.Entry;
import cn.mingmian.platform.audit.Kind;
import cn.mingmian.platform.notices.NoticeText;
import cn.mingmian.platform.notices.Notices;
import cn.mingmian.platform.permit.Permits;
import cn.mingmian.platform.permit.Question;
import cn.mingmian.platform.records.Actor;
import cn.mingmian.platform.records.Json;
import cn.mingmian.platform.records.RejectedRecordException;
import cn.mingmian.platform.records.Rows;
import cn.mingmian.platform.records.UnknownRecordException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Set-ups as two people make them who do not sit at one desk: one writes all of it, another reads
/// all of it, and only then any of it is on record. Drafts are never changed. Thread-safe.
public final class SetupDrafts {
  /// Stands for whoever will approve; what this hand writes is always taken back.
  private static final Actor ANOTHER = new Actor("another-hand");

  private static final Pattern BLANK = Pattern.compile("【[^】]*】");

  private final Books books;
  private final StarterSetup setup;
  private final Notices notices;
  private final Permits permits;

  public SetupDrafts(Books books, StarterSetup setup, Notices notices, Permits permits) {
    this.books = books;
    this.setup = setup;
    this.notices = notices;
    this.permits = permits;
  }

  /// Writes a draft; nothing is in force by that.
  ///
  /// @param replaces the draft that it was made from, as the author read it
  /// @throws RejectedRecordException `assessment-incomplete` while something stands in 【】,
  ///     `setup-replaced` if somebody else replaced that draft meanwhile, `approved-already`
  public SetupDraft write(
      StarterPlace kind, Answers answers, Optional<String> replaces, Actor author) {
    answers
        .assessed()
        .forEach(
            (section, text) -> {
              if (BLANK.matcher(text).find()) {
                throw new RejectedRecordException(
                    "assessment-incomplete",
                    "`%s` still has a place in 【】 that only its author can fill in"
                        .formatted(section));
              }
            });
    return books
        .database()
        .inTransaction(
            () -> {
              replaces.ifPresent(this::lockReplaceable);
              String id = books.ids().next("set");
              books
                  .database()
                  .sql()
                  .sql(
                      """
                      INSERT INTO setup_draft (id, kind, answers, replaces, author, written_at)
                      VALUES (:id, :kind, CAST(:answers AS jsonb), :replaces, :author, :now)
                      """)
                  .param("id", id)
                  .param("kind", kind.name())
                  .param("answers", Json.write(answers))
                  .param("replaces", replaces.orElse(null))
                  .param("author", author.id())
                  .param("now", Books.utc(books.now()))
                  .update();
              books.tell(
                  Entry.of(Kind.SETUP_DRAFTED)
                      .fact("setup", id)
                      .fact("kind", kind)
                      .sealed("answers", Json.write(answers))
                      .sealed("author", author.id()));
              return find(id).orElseThrow();
            });
  }

  /// Approves what was read, and puts all of it on record: every record with the author of the
  /// draft and this approver; or none of it.
  ///
  /// @throws RejectedRecordException `author-is-approver`, `approved-already`, `setup-replaced`
  public SetupDraft approve(String id, Actor approver) {
    return books
        .database()
        .inTransaction(
            () -> {
              lockReplaceable(id);
              SetupDraft draft = find(id).orElseThrow();
              StarterSetup.Hands hands = new StarterSetup.Hands(draft.author(), approver);
              StarterSetup.Prepared prepared =
                  setup.prepare(draft.kind(), draft.answers(), hands, told -> {});
              books
                  .database()
                  .sql()
                  .sql(
                      """
                      INSERT INTO setup_approval (draft, approver, approved_at, prepared)
                      VALUES (:draft, :by, :now, CAST(:prepared AS jsonb))
                      """)
                  .param("draft", id)
                  .param("by", approver.id())
                  .param("now", Books.utc(books.now()))
                  .param("prepared", Json.write(prepared))
                  .update();
              books.tell(
                  Entry.of(Kind.SETUP_APPROVED)
                      .fact("setup", id)
                      .fact("checkpoint", prepared.checkpoint())
                      .sealed("approver", approver.id()));
              return find(id).orElseThrow();
            });
  }

  /// What would come of a draft.
  ///
  /// @param notice  that would be published
  /// @param switchingOn what the law would then say to switching the device on
  public record Rehearsal(NoticeText notice, Decision switchingOn) {}

  /// Does the whole set-up and takes it back, so that who approves reads what will be published
  /// and what stays to be done.
  public Rehearsal rehearse(String id) {
    SetupDraft draft = find(id).orElseThrow(() -> new UnknownRecordException("setup", id));
    return books
        .database()
        .andTakeBack(
            () -> {
              StarterSetup.Prepared prepared =
                  setup.prepare(
                      draft.kind(),
                      draft.answers(),
                      new StarterSetup.Hands(draft.author(), ANOTHER),
                      told -> {});
              return new Rehearsal(
                  notices.compose(prepared.purpose(), prepared.site()).orElseThrow(),
                  permits.foresee(Question.deploy(prepared.purpose(), prepared.checkpoint())));
            });
  }

  public Optional<SetupDraft> find(String id) {
    return books
        .database()
        .sql()
        .sql(SELECT + " WHERE d.id = :id")
        .param("id", id)
        .query(SetupDrafts::row)
        .optional();
  }

  /// Drafts that wait for another hand, oldest first; a replaced one no longer does.
  public List<SetupDraft> waiting() {
    return books
        .database()
        .sql()
        .sql(
            SELECT
                + " WHERE a.draft IS NULL"
                + " AND NOT EXISTS (SELECT FROM setup_draft n WHERE n.replaces = d.id)"
                + " ORDER BY d.written_at, d.id")
        .query(SetupDrafts::row)
        .list();
  }

  private void lockReplaceable(String id) {
    boolean known =
        books
            .database()
            .sql()
            .sql("SELECT id FROM setup_draft WHERE id = :id FOR UPDATE")
            .param("id", id)
            .query(String.class)
            .optional()
            .isPresent();
    if (!known) throw new UnknownRecordException("setup", id);
    if (find(id).orElseThrow().prepared().isPresent()) {
      throw new RejectedRecordException(
          "approved-already", "set-up `%s` is approved already".formatted(id));
    }
    boolean replaced =
        books
            .database()
            .sql()
            .sql("SELECT EXISTS (SELECT FROM setup_draft WHERE replaces = :id)")
            .param("id", id)
            .query(Boolean.class)
            .single();
    if (replaced) {
      throw new RejectedRecordException(
          "setup-replaced",
          "set-up `%s` was replaced by a newer draft meanwhile: read that one".formatted(id));
    }
  }

  private static final String SELECT =
      """
      SELECT d.*, a.approver, a.prepared FROM setup_draft d
      LEFT JOIN setup_approval a ON a.draft = d.id
      """;

  private static SetupDraft row(ResultSet r, int n) throws SQLException {
    return new SetupDraft(
        r.getString("id"),
        StarterPlace.valueOf(r.getString("kind")),
        Json.read(r.getString("answers"), Answers.class),
        Rows.maybeText(r, "replaces"),
        new Actor(r.getString("author")),
        Rows.instant(r, "written_at"),
        Rows.maybeActor(r, "approver"),
        Rows.maybeText(r, "prepared").map(text -> Json.read(text, StarterSetup.Prepared.class)));
  }
}
