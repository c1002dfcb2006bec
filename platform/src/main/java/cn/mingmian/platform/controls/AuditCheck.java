package cn.mingmian.platform.controls;

import cn.mingmian.law.facts.Control;
import cn.mingmian.platform.audit.Books;
import cn.mingmian.platform.audit.Entry;
import cn.mingmian.platform.audit.EntryId;
import cn.mingmian.platform.audit.Kind;
import cn.mingmian.platform.audit.RecordedEntry;
import java.time.Duration;
import org.springframework.dao.DataAccessException;

/// Writes an entry, waits for it in the log, reads its receipt, and tries to change it, which must
/// fail.
final class AuditCheck implements SelfCheck {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Books books;

  AuditCheck(Books books) {
    this.books = books;
  }

  @Override
  public Control family() {
    return Control.AUDIT;
  }

  @Override
  public String name() {
    return "audit-trail";
  }

  @Override
  public Outcome run() {
    EntryId id = books.database().inTransaction(() -> books.tell(Entry.of(Kind.SELF_CHECK)));
    if (!books.trail().awaitPublished(id, PATIENCE)) {
      return new Outcome(false, "an entry was not published within " + PATIENCE);
    }
    // Making the receipt holds the entry against the tiles and the signed checkpoint.
    if (books.trail().receiptText(id).isEmpty()) {
      return new Outcome(false, "a published entry has no receipt");
    }
    long index = books.trail().find(id).flatMap(RecordedEntry::number).orElseThrow();
    try {
      books
          .database()
          .transact(
              () ->
                  books
                      .database()
                      .sql()
                      .sql("UPDATE audit_entry SET at = at + interval '1 second' WHERE id = :id")
                      .param("id", id.value())
                      .update());
    } catch (DataAccessException e) {
      return new Outcome(
          true,
          "entry %d was published with a receipt, and changing it was refused".formatted(index));
    }
    return new Outcome(false, "an entry of the trail could be changed");
  }
}
