package cn.mingmian.platform.permit;

import cn.mingmian.law.Decision;
import cn.mingmian.law.DecisionWriter;
import cn.mingmian.law.Duty;
import cn.mingmian.law.Rulebook;
import cn.mingmian.law.cases.Changelog;
import cn.mingmian.law.cases.Replay;
import cn.mingmian.law.cases.StoredDecision;
import cn.mingmian.law.facts.Facts;
import cn.mingmian.law.facts.FactsReader;
import cn.mingmian.law.facts.FactsWriter;
import cn.mingmian.law.rules.DutyKind;
import cn.mingmian.platform.audit.AuditTrail;
import cn.mingmian.platform.audit.Books;
import cn.mingmian.platform.audit.Entry;
import cn.mingmian.platform.audit.EntryId;
import cn.mingmian.platform.audit.Kind;
import cn.mingmian.platform.people.PersonId;
import cn.mingmian.platform.places.CheckpointId;
import cn.mingmian.platform.purposes.PurposeId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Asks the law. The only place where permits are made. Thread-safe.
public final class Permits {
  private final Books books;
  private final Rulebook rulebook;
  private final FactGatherer gatherer;
  private final Tasks tasks;

  public Permits(Books books, Rulebook rulebook, FactGatherer gatherer, Tasks tasks) {
    this.books = books;
    this.rulebook = rulebook;
    this.gatherer = gatherer;
    this.tasks = tasks;
  }

  /// May this be done? Gathers the facts, decides by the whole rulebook, logs the decision, and
  /// only then answers.
  ///
  /// @throws cn.mingmian.platform.records.DatabaseException if facts cannot be read or the decision
  ///     not be recorded: without a record there is no permit
  public Answer ask(Question question) {
    return books
        .database()
        .inTransaction(
            () -> {
              Gathered gathered = gatherer.gather(question);
              Decision decision = rulebook.decide(gathered.facts());
              Decided decided = record(question, gathered, decision);
              if (!decision.isPermitted()) {
                // law| MEASURES-2025/9.4, PIPL/47: some refusals ask for a deed, too.
                for (Duty duty : decision.duties()) tasks.open(question.purpose(), decided, duty);
                return new Refusal(decided);
              }
              return new Permit(question, decided, gathered, decided.at(), books.clock());
            });
  }

  /// What the law would say to this question as the records stand now. Mints nothing, records
  /// nothing, opens no task: it tells beforehand what is missing.
  public Decision foresee(Question question) {
    return books.database().inTransaction(() -> rulebook.decide(gatherer.gather(question).facts()));
  }

  private Decided record(Question question, Gathered gathered, Decision decision) {
    String id = books.ids().next("dec");
    String facts = FactsWriter.write(gathered.facts());
    String sources = gathered.sourcesAsJson();
    String findings = DecisionWriter.write(decision);
    Entry entry =
        Entry.of(Kind.DECISION)
            .fact("decision", id)
            .fact("verb", question.verb())
            .fact("purpose", question.purpose())
            .fact("checkpoint", question.checkpoint())
            .fact("outcome", decision.outcome())
            .fact("violated", decision.violated())
            .fact("rulebook", decision.rulebook())
            .sealed("facts", sha256(facts))
            .sealed("sources", sha256(sources))
            .sealed("findings", sha256(findings));
    EntryId logged =
        books.tell(question.person().map(person -> entry.about(person.value())).orElse(entry));
    books
        .database()
        .sql()
        .sql(
            """
            INSERT INTO decision (id, at, verb, purpose, person, session, checkpoint, outcome, rulebook,
              facts, sources, findings, entry)
            VALUES (:id, :at, :verb, :purpose, :person, :session, :checkpoint, :outcome, :rulebook,
              :facts, :sources, :findings, :entry)
            """)
        .param("id", id)
        .param("at", Books.utc(gathered.facts().at()))
        .param("verb", question.verb().name())
        .param("purpose", question.purpose().value())
        .param("person", question.person().map(PersonId::value).orElse(null))
        .param("session", question.session().map(Session::id).orElse(null))
        .param("checkpoint", question.checkpoint().value())
        .param("outcome", decision.outcome().name())
        .param("rulebook", decision.rulebook())
        .param("facts", facts)
        .param("sources", sources)
        .param("findings", findings)
        .param("entry", logged.value())
        .update();
    countRefused(question, decision);
    return new Decided(id, gathered.facts().at(), decision, gathered, logged);
  }

  /// Rules in their order, so that two refusals at once never wait for each other. What the
  /// self-check asks for a purpose that does not exist is no refusal of anybody.
  private void countRefused(Question question, Decision decision) {
    List<String> violated = decision.violated().stream().distinct().sorted().toList();
    if (violated.isEmpty()) return;
    books
        .database()
        .sql()
        .sql(
            """
            INSERT INTO refused_day (day, rule, verb, count)
            SELECT :day, rule, :verb, 1 FROM unnest(CAST(:rules AS text[])) WITH ORDINALITY AS r (rule, n)
            WHERE EXISTS (SELECT FROM purpose WHERE id = :purpose)
            ORDER BY n
            ON CONFLICT (day, rule, verb) DO UPDATE SET count = refused_day.count + 1
            """)
        .param("day", books.today())
        .param("verb", question.verb().name())
        .param("purpose", question.purpose().value())
        .param("rules", "{" + String.join(",", violated) + "}")
        .update();
  }

  /// How often a rule stood in the way on a day.
  ///
  /// @param day of Shanghai
  public record Refused(LocalDate day, String rule, long count) {}

  /// Which rules refused how often, by day and rule; it is kept longer than the decisions, and is
  /// about nobody.
  public List<Refused> refused(LocalDate from) {
    return books
        .database()
        .sql()
        .sql(
            """
            SELECT day, rule, sum(count) AS count FROM refused_day WHERE day >= :from
            GROUP BY day, rule ORDER BY day, rule
            """)
        .param("from", from)
        .query(
            (r, n) ->
                new Refused(
                    r.getObject("day", LocalDate.class), r.getString("rule"), r.getLong("count")))
        .list();
  }

  // ---- duties

  /// Settles what a permitted deed has to be accompanied or followed by: each duty is done, with
  /// the evidence of whoever did it, or becomes a task with a date.
  ///
  /// @param done what the caller has done, and how that shows
  /// @return for every duty its evidence, or the task that was opened for it
  public Map<String, String> settle(Permit permit, Map<DutyKind, String> done) {
    Map<String, String> settled = new TreeMap<>();
    books
        .database()
        .transact(
            () -> {
              for (Duty duty : permit.duties()) {
                String evidence = done.get(duty.kind());
                settled.put(
                    duty.kind().name(),
                    evidence != null
                        ? evidence
                        : "task " + tasks.open(permit.purpose(), permit.decided(), duty));
              }
            });
    return settled;
  }

  /// Waits until an act is in the log under a signed checkpoint on the disk.
  ///
  /// @return whether that happened in time; the act is committed either way and will follow
  public boolean published(EntryId entry) {
    return books.trail().awaitPublished(entry, AuditTrail.PUBLISHED_WITHIN.multipliedBy(25));
  }

  // ---- what was decided

  /// A decision as it was recorded.
  ///
  /// @param facts    what was judged, as JSON
  /// @param sources  where each fact came from: JSON pointer to source
  /// @param findings the full decision, as JSON
  public record Recorded(
      String id,
      Instant at,
      String verb,
      PurposeId purpose,
      CheckpointId checkpoint,
      String outcome,
      String rulebook,
      String facts,
      String sources,
      String findings,
      EntryId entry) {
    /// Facts and decision, as they can be taken along and replayed elsewhere.
    public StoredDecision stored() {
      return StoredDecision.of(FactsReader.read(facts), findings);
    }
  }

  /// @return empty if there is none, or its detail was forgotten after its time
  public Optional<Recorded> find(String decision) {
    return books
        .database()
        .sql()
        .sql("SELECT * FROM decision WHERE id = :id")
        .param("id", decision)
        .query(Permits::read)
        .optional();
  }

  /// A decision in a list: without its facts, and without whom it was about.
  public record Listed(
      String id,
      Instant at,
      String verb,
      PurposeId purpose,
      CheckpointId checkpoint,
      String outcome,
      EntryId entry) {}

  /// Where a page of decisions begins: after this one.
  public record After(Instant at, String id) {}

  /// Decisions, newest first.
  ///
  /// @param purpose only those for it; empty means all
  /// @param after   empty means from the newest on
  public List<Listed> page(Optional<PurposeId> purpose, Optional<After> after, int atMost) {
    return books
        .database()
        .sql()
        .sql(
            """
            SELECT id, at, verb, purpose, checkpoint, outcome, entry FROM decision
            WHERE (at, id) < (:at, :id) AND (:purpose::text IS NULL OR purpose = :purpose)
            ORDER BY at DESC, id DESC LIMIT :most
            """)
        .param("at", Books.utc(after.map(After::at).orElse(books.now().plusSeconds(86_400))))
        .param("id", after.map(After::id).orElse(""))
        .param("purpose", purpose.map(PurposeId::value).orElse(null))
        .param("most", atMost)
        .query(
            (r, n) ->
                new Listed(
                    r.getString("id"),
                    r.getObject("at", OffsetDateTime.class).toInstant(),
                    r.getString("verb"),
                    new PurposeId(r.getString("purpose")),
                    new CheckpointId(r.getString("checkpoint")),
                    r.getString("outcome"),
                    new EntryId(r.getString("entry"))))
        .list();
  }

  /// Decides again from the recorded facts, under the rulebook of today.
  ///
  /// @return what differs, and which changes of the rulebook account for it; empty if the detail is
  ///     gone
  public Optional<Replay> replay(String decision) {
    return find(decision)
        .map(recorded -> Replay.of(recorded.stored(), rulebook, Changelog.standard()));
  }

  /// What the law would say to facts that somebody made up. It mints nothing.
  public Decision whatIf(Facts facts) {
    return rulebook.decide(facts);
  }

  private static Recorded read(ResultSet r, int row) throws SQLException {
    return new Recorded(
        r.getString("id"),
        r.getObject("at", OffsetDateTime.class).toInstant(),
        r.getString("verb"),
        new PurposeId(r.getString("purpose")),
        new CheckpointId(r.getString("checkpoint")),
        r.getString("outcome"),
        r.getString("rulebook"),
        r.getString("facts"),
        r.getString("sources"),
        r.getString("findings"),
        new EntryId(r.getString("entry")));
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
