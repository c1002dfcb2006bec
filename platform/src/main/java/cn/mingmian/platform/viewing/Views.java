package cn.mingmian.platform.viewing;

import cn.mingmian.law.rules.DutyKind;
import cn.mingmian.platform.audit.Books;
import cn.mingmian.platform.audit.Entry;
import cn.mingmian.platform.audit.EntryId;
import cn.mingmian.platform.audit.Kind;
import cn.mingmian.platform.consent.Consents;
import cn.mingmian.platform.people.People;
import cn.mingmian.platform.permit.Permit;
import cn.mingmian.platform.permit.Permits;
import cn.mingmian.platform.permit.Question;
import cn.mingmian.platform.permit.Refusal;
import cn.mingmian.platform.records.Actor;
import cn.mingmian.platform.records.RejectedRecordException;
import cn.mingmian.platform.staff.Viewing;
import cn.mingmian.platform.staff.Viewings;
import cn.mingmian.platform.templates.Templates;
import java.util.Map;

/// The one way in which staff see a person's records. Thread-safe.
public final class Views {
  private final Books books;
  private final Viewings viewings;
  private final People people;
  private final Consents consents;
  private final Permits permits;
  private final Templates templates;

  public Views(
      Books books,
      Viewings viewings,
      People people,
      Consents consents,
      Permits permits,
      Templates templates) {
    this.books = books;
    this.viewings = viewings;
    this.people = people;
    this.consents = consents;
    this.permits = permits;
    this.templates = templates;
  }

  /// Looks once; every look is registered.
  ///
  /// @throws RejectedRecordException `viewing-is-anothers`, `viewing-expired`, `nothing-held`
  public Look look(String id, Actor by) {
    Viewing viewing = viewings.require(id);
    if (!viewing.viewer().actor().equals(by)) {
      throw new RejectedRecordException(
          "viewing-is-anothers", "viewing `%s` was asked for by somebody else".formatted(id));
    }
    if (viewing.approvedAt().isPresent() && !viewing.isOpenAt(books.now())) {
      throw new RejectedRecordException(
          "viewing-expired",
          "viewing `%s` was approved more than %d minutes ago: ask again"
              .formatted(id, Viewings.GOOD_FOR.toMinutes()));
    }
    var checkpoint =
        templates
            .enrolledAt(viewing.person(), viewing.purpose())
            .orElseThrow(
                () ->
                    new RejectedRecordException(
                        "nothing-held", "no face information is held of them for this purpose"));
    return switch (permits.ask(Question.view(viewing, checkpoint))) {
      case Refusal refusal -> new Look.Refused(refusal);
      case Permit mayLook ->
          books
              .database()
              .inTransaction(
                  () -> {
                    EntryId entry =
                        books.tell(
                            Entry.of(Kind.ACCESSED)
                                .fact("viewing", id)
                                .fact("decision", mayLook.decided().id())
                                .about(viewing.person().value())
                                .sealed("viewer", by.id()));
                    permits.settle(mayLook, Map.of(DutyKind.LOG_ACCESS, entry.value()));
                    return new Look.Seen(
                        people.require(viewing.person()),
                        people.holdings(viewing.person()),
                        consents.of(viewing.person()),
                        entry);
                  });
    };
  }
}
