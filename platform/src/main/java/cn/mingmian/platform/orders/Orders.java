package cn.mingmian.platform.orders;

import cn.mingmian.law.facts.Ground;
import cn.mingmian.law.facts.NormLevel;
import cn.mingmian.platform.audit.Books;
import cn.mingmian.platform.audit.Entry;
import cn.mingmian.platform.audit.Kind;
import cn.mingmian.platform.people.PersonId;
import cn.mingmian.platform.places.SiteId;
import cn.mingmian.platform.purposes.Norm;
import cn.mingmian.platform.purposes.PurposeId;
import cn.mingmian.platform.records.Actor;
import cn.mingmian.platform.records.RejectedRecordException;
import cn.mingmian.platform.records.Rows;
import cn.mingmian.platform.records.UnknownRecordException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The register of orders. An order is never changed: it is approved once and ended once.
/// Thread-safe.
public final class Orders {
  private final Books books;

  public Orders(Books books) {
    this.books = books;
  }

  /// Enters an order; what restricts is in force at once.
  public OrderId enter(OrderDraft draft, Actor author) {
    return books
        .database()
        .inTransaction(
            () -> {
              OrderId id = new OrderId(books.ids().next("ord"));
              Instant now = books.now();
              books
                  .database()
                  .sql()
                  .sql(
                      """
                      INSERT INTO legal_order (id, kind, person, purpose, site, authority,
                        document_hash, norm_level, citation, ground, begins_at, until_at, author,
                        entered_at)
                      VALUES (:id, :kind, :person, :purpose, :site, :authority, :hash, :level,
                        :citation, :ground, :from, :until, :author, :now)
                      """)
                  .param("id", id.value())
                  .param("kind", draft.kind().name())
                  .param("person", draft.scope().person().map(PersonId::value).orElse(null))
                  .param("purpose", draft.scope().purpose().map(PurposeId::value).orElse(null))
                  .param("site", draft.scope().site().map(SiteId::value).orElse(null))
                  .param("authority", draft.authority())
                  .param("hash", draft.documentHash())
                  .param("level", draft.norm().map(n -> n.level().name()).orElse(null))
                  .param("citation", draft.norm().map(Norm::citation).orElse(null))
                  .param("ground", draft.ground().map(Enum::name).orElse(null))
                  .param("from", Books.utc(draft.from()))
                  .param("until", draft.until().map(Books::utc).orElse(null))
                  .param("author", author.id())
                  .param("now", Books.utc(now))
                  .update();
              Entry entry =
                  Entry.of(Kind.ORDER_ENTERED)
                      .fact("order", id)
                      .fact("kind", draft.kind())
                      .sealed("authority", draft.authority())
                      .sealed("documentHash", draft.documentHash())
                      .sealed("citation", draft.norm().map(Norm::citation))
                      .sealed("author", author.id());
              books.tell(draft.scope().person().map(p -> entry.about(p.value())).orElse(entry));
              return id;
            });
  }

  /// @throws RejectedRecordException `author-is-approver`, `approved-already`, `needs-no-approval`
  public void approve(OrderId id, Actor approver) {
    books
        .database()
        .transact(
            () -> {
              Order order = lock(id);
              RejectedRecordException.refuseSameHand(order.author(), approver);
              if (!order.draft().kind().needsApproval()) {
                throw new RejectedRecordException(
                    "needs-no-approval", "a `%s` counts at once".formatted(order.draft().kind()));
              }
              if (order.approvedAt().isPresent()) {
                throw new RejectedRecordException(
                    "approved-already", "order `%s` is approved already".formatted(id));
              }
              books
                  .database()
                  .sql()
                  .sql("UPDATE legal_order SET approver = :by, approved_at = :now WHERE id = :id")
                  .param("by", approver.id())
                  .param("now", Books.utc(books.now()))
                  .param("id", id.value())
                  .update();
              books.tell(
                  Entry.of(Kind.ORDER_APPROVED)
                      .fact("order", id)
                      .sealed("approver", approver.id()));
            });
  }

  /// Ends an order now.
  ///
  /// @param documentHash SHA-256 of what ended it, hexadecimal
  public void end(OrderId id, String documentHash, Actor by) {
    books
        .database()
        .transact(
            () -> {
              Order order = lock(id);
              if (order.endedAt().isPresent()) {
                throw new RejectedRecordException(
                    "ended-already", "order `%s` has ended".formatted(id));
              }
              if (!order.draft().kind().needsApproval()) {
                // Lifting a restriction takes two, as allowing does.
                RejectedRecordException.refuseSameHand(order.author(), by);
              }
              books
                  .database()
                  .sql()
                  .sql(
                      """
                      UPDATE legal_order SET ended_at = :now, ended_by = :by, end_hash = :hash
                      WHERE id = :id
                      """)
                  .param("now", Books.utc(books.now()))
                  .param("by", by.id())
                  .param("hash", documentHash)
                  .param("id", id.value())
                  .update();
              books.tell(Entry.of(Kind.ORDER_ENDED).fact("order", id).sealed("by", by.id()));
            });
  }

  /// The orders of a kind in force that reach what is asked about: an order for one person reaches
  /// only that person, one without a person reaches all.
  public List<Order> inForce(OrderKind kind, Scope asked, Instant at) {
    return books
        .database()
        .sql()
        .sql(
            """
            SELECT * FROM legal_order
            WHERE kind = :kind AND ended_at IS NULL
              AND (person IS NULL OR person = :person)
              AND (purpose IS NULL OR purpose = :purpose)
              AND (site IS NULL OR site = :site)
            ORDER BY entered_at, id
            """)
        .param("kind", kind.name())
        .param("person", asked.person().map(PersonId::value).orElse(null))
        .param("purpose", asked.purpose().map(PurposeId::value).orElse(null))
        .param("site", asked.site().map(SiteId::value).orElse(null))
        .query(Orders::read)
        .list()
        .stream()
        .filter(o -> o.inForce(at))
        .toList();
  }

  public Optional<Order> find(OrderId id) {
    return books
        .database()
        .sql()
        .sql("SELECT * FROM legal_order WHERE id = :id")
        .param("id", id.value())
        .query(Orders::read)
        .optional();
  }

  public List<Order> all() {
    return books
        .database()
        .sql()
        .sql("SELECT * FROM legal_order ORDER BY entered_at, id")
        .query(Orders::read)
        .list();
  }

  private Order lock(OrderId id) {
    return books
        .database()
        .sql()
        .sql("SELECT * FROM legal_order WHERE id = :id FOR UPDATE")
        .param("id", id.value())
        .query(Orders::read)
        .optional()
        .orElseThrow(() -> new UnknownRecordException("order", id.value()));
  }

  private static Order read(ResultSet r, int n) throws SQLException {
    Optional<NormLevel> level = Rows.maybeEnum(r, "norm_level", NormLevel.class);
    Optional<Norm> norm =
        level.isPresent()
            ? Optional.of(new Norm(level.get(), r.getString("citation")))
            : Optional.empty();
    return new Order(
        new OrderId(r.getString("id")),
        new OrderDraft(
            OrderKind.valueOf(r.getString("kind")),
            new Scope(
                Rows.maybeText(r, "person").map(PersonId::new),
                Rows.maybeText(r, "purpose").map(PurposeId::new),
                Rows.maybeText(r, "site").map(SiteId::new)),
            r.getString("authority"),
            r.getString("document_hash"),
            norm,
            Rows.maybeEnum(r, "ground", Ground.class),
            Rows.instant(r, "begins_at"),
            Rows.maybeInstant(r, "until_at")),
        new Actor(r.getString("author")),
        Rows.instant(r, "entered_at"),
        Rows.maybeActor(r, "approver"),
        Rows.maybeInstant(r, "approved_at"),
        Rows.maybeInstant(r, "ended_at"));
  }
}
