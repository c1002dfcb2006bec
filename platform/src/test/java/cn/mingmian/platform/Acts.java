package cn.mingmian.platform;

import cn.mingmian.engine.ModelPack;
import cn.mingmian.law.facts.Control;
import cn.mingmian.law.facts.Verb;
import cn.mingmian.platform.audit.EntryId;
import cn.mingmian.platform.consent.Consent;
import cn.mingmian.platform.consent.ConsentDraft;
import cn.mingmian.platform.consent.ConsentId;
import cn.mingmian.platform.controls.SelfCheck;
import cn.mingmian.platform.defence.Uptime;
import cn.mingmian.platform.enrol.Enrolled;
import cn.mingmian.platform.enrol.PresentationAttackCheck;
import cn.mingmian.platform.people.Gallery;
import cn.mingmian.platform.people.Holding;
import cn.mingmian.platform.people.PersonId;
import cn.mingmian.platform.permit.Answer;
import cn.mingmian.platform.permit.Measured;
import cn.mingmian.platform.permit.Opened;
import cn.mingmian.platform.permit.Permit;
import cn.mingmian.platform.permit.Question;
import cn.mingmian.platform.permit.Refusal;
import cn.mingmian.platform.permit.Session;
import cn.mingmian.platform.places.CheckpointId;
import cn.mingmian.platform.places.SiteId;
import cn.mingmian.platform.places.WayId;
import cn.mingmian.platform.purposes.PurposeId;
import cn.mingmian.platform.recognise.Verified;
import cn.mingmian.platform.records.Bilingual;
import cn.mingmian.platform.records.DatabaseException;
import cn.mingmian.platform.rights.Withdrawn;
import cn.mingmian.platform.templates.Compared;
import cn.mingmian.platform.templates.Model;
import cn.mingmian.platform.templates.Stored;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

/// The whole platform in one data directory, with a gate that may lawfully be used: enrols under a
/// permit and withdraws as the server does, and tells afterwards what is there. With faces it
/// enrols from photos; without, it keeps templates that follow from the person's id, since the
/// models take longer to load than the process lives. Thread-safe.
final class Acts implements AutoCloseable {
  private static final Model MODEL =
      new Model(ModelPack.byDefault().id(), ModelPack.byDefault().origin().version());
  private static final Measured SEEN =
      new Measured(MODEL.toString(), Optional.of(true), 0.5, Optional.of(true));
  private static final int DIMENSIONS = 512;

  final Platform platform;
  private final Gate gate;
  private final Gate.MovableClock clock;
  private final boolean faces;
  private final Instant began;

  /// @param began when the test did: since then the gate's clock goes on, whichever process has it
  Acts(Path data, boolean faces, Instant began) throws IOException {
    this.faces = faces;
    this.began = began;
    this.clock = new Gate.MovableClock(now());
    SecureRandom random = new SecureRandom();
    Platform.Options options = Platform.Options.in(data, Gate.models().directory());
    platform =
        Platform.open(
            options,
            () -> options.openRecords(random),
            clock,
            Uptime.following(clock),
            random,
            engine -> faces ? new PresentationAttackCheck(engine) : new NotTried());
    gate = new Gate(data, clock, platform);
    Path known = data.resolve("gate");
    if (Files.exists(known)) {
      List<String> ids = Files.readAllLines(known);
      gate.purpose = new PurposeId(ids.get(0));
      gate.site = new SiteId(ids.get(1));
      gate.checkpoint = new CheckpointId(ids.get(2));
      gate.card = new WayId(ids.get(3));
      gate.desk = new WayId(ids.get(4));
      gate.workToday();
    } else {
      // Repeated from the start if a kill came in between.
      gate.prepare(Optional.of(new Bilingual("已知悉", "known")));
      Path part = known.resolveSibling("gate.part");
      Files.write(
          part,
          List.of(
              gate.purpose.value(),
              gate.site.value(),
              gate.checkpoint.value(),
              gate.card.value(),
              gate.desk.value()));
      Files.move(part, known, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /// Stands in for the trial of the liveness check where no photo is looked at.
  private record NotTried() implements SelfCheck {
    @Override
    public Control family() {
      return Control.INTRUSION_DETECTION;
    }

    @Override
    public String name() {
      return "presentation-attack";
    }

    @Override
    public Outcome run() {
      return new Outcome(true, "not tried: this process looks at no photo");
    }
  }

  private Instant now() {
    return Gate.MONDAY.plus(Duration.between(began, Instant.now()));
  }

  // ---- acts

  /// An enrolment that was answered with success, and is in the log.
  record Enrolment(PersonId person, ConsentId consent, boolean photo, EntryId entry) {}

  /// Registers somebody, shows the notice, records the consent, opens a session and enrols.
  Enrolment enrol(int photo) {
    clock.set(now());
    PersonId person = gate.grownUp();
    Consent consent =
        gate.consent(
            person,
            new ConsentDraft.Act(
                UUID.randomUUID().toString(),
                "portal",
                true,
                false,
                List.of(),
                2,
                Optional.empty(),
                Gate.HASH),
            Verb.CAPTURE,
            Verb.ENROL,
            Verb.VERIFY,
            Verb.IDENTIFY);
    EntryId entry = faces ? enrolPhoto(person, photo) : enrolTemplate(person);
    return new Enrolment(person, consent.id(), faces, entry);
  }

  private EntryId enrolPhoto(PersonId person, int photo) {
    Enrolled enrolled = gate.enrol(person, photoOf(photo, "enrol"));
    if (enrolled instanceof Enrolled.Done done && done.logged()) return done.entry();
    throw new NotDone(String.valueOf(enrolled));
  }

  private EntryId enrolTemplate(PersonId person) {
    Session session = session();
    Permit mayEnrol = permit(Question.enrol(session, person, SEEN));
    try (Arena arena = Arena.ofConfined()) {
      Stored stored =
          platform.templates().store(mayEnrol, session, person, MODEL, floats(person, arena));
      if (stored instanceof Stored.Kept kept && platform.permits().published(kept.entry())) {
        return kept.entry();
      }
      throw new NotDone(stored.toString());
    }
  }

  /// Withdraws; returns when nothing finds the person, the template is destroyed, and all of it is
  /// in the log.
  List<EntryId> withdraw(ConsentId consent) {
    clock.set(now());
    Withdrawn withdrawn = platform.rights().withdraw(consent, "portal");
    if (!withdrawn.logged() || withdrawn.erased().isEmpty()) {
      throw new NotDone(withdrawn.toString());
    }
    return List.of(
        withdrawn.withdrawal().entry(), withdrawn.erased().get().templates().getFirst().entry());
  }

  private Session session() {
    if (gate.open() instanceof Opened.Open open) return open.session();
    throw new NotDone("no session");
  }

  private Permit permit(Question question) {
    Answer answer = platform.permits().ask(question);
    if (answer instanceof Permit permit) return permit;
    throw new NotDone(answer.toString());
  }

  /// Not acknowledged: the records or the log went away, and the law permits nothing without them.
  static final class NotDone extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotDone(String what) {
      super(what);
    }
  }

  /// Whether an operation failed because the database went away, which the load survives.
  static boolean databaseWentAway(RuntimeException e) {
    return e instanceof NotDone
        || e instanceof DatabaseException
        || e instanceof org.springframework.dao.DataAccessException
        || e instanceof org.springframework.transaction.TransactionException;
  }

  // ---- what is there

  /// Whether the records hold a template of this person, and only one.
  boolean owned(PersonId person) {
    List<Holding> holdings = platform.people().holdings(person);
    return holdings.size() == 1 && holdings.getFirst().state() == Holding.State.STORED;
  }

  /// Whether the template that is found for the person is the one that was kept.
  boolean recognised(PersonId person, boolean photo, int which) {
    clock.set(now());
    if (photo) {
      return gate.verify(person, photoOf(which, "day1")) instanceof Verified.Answered answered
          && answered.matched();
    }
    Session session = session();
    Permit mayVerify = permit(Question.verify(session, person, SEEN));
    try (Arena arena = Arena.ofConfined()) {
      return platform.templates().compare(mayVerify, session, person, MODEL, floats(person, arena))
              instanceof Compared.Score score
          && score.cosine() > 0.999;
    }
  }

  /// Whether the consent is withdrawn, the template destroyed, and the law refuses to compare.
  boolean forgotten(PersonId person, ConsentId consent) {
    clock.set(now());
    return platform.consents().find(consent).flatMap(Consent::withdrawnAt).isPresent()
        && platform.people().holdings(person).stream()
            .allMatch(holding -> holding.state() == Holding.State.DESTROYED)
        && platform.permits().ask(Question.verify(session(), person, SEEN)) instanceof Refusal;
  }

  /// How many members the gallery has.
  int members() {
    Gallery gallery = platform.people().gallery(gate.purpose, gate.site);
    return platform.people().members(gallery).size();
  }

  private static String photoOf(int which, String kind) {
    return "images/%s/%s.jpg".formatted(PEOPLE.get(which % PEOPLE.size()), kind);
  }

  private static final List<String> PEOPLE = List.of("p01", "p02", "p03");

  /// The face of a template follows from the person's id.
  private static MemorySegment floats(PersonId person, Arena arena) {
    Random random = new Random(person.value().hashCode());
    float[] values = new float[DIMENSIONS];
    double squares = 0;
    for (int i = 0; i < DIMENSIONS; i++) {
      values[i] = (float) random.nextGaussian();
      squares += values[i] * values[i];
    }
    for (int i = 0; i < DIMENSIONS; i++) values[i] /= (float) Math.sqrt(squares);
    return arena.allocateFrom(ValueLayout.JAVA_FLOAT, values);
  }

  @Override
  public void close() {
    platform.close();
  }
}
