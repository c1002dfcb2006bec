package cn.mingmian.platform;

import cn.mingmian.engine.ModelPack;
import cn.mingmian.engine.ModelStore;
import cn.mingmian.law.facts.Alternative;
import cn.mingmian.law.facts.ProcessorKind;
import cn.mingmian.law.facts.Province;
import cn.mingmian.law.facts.Section;
import cn.mingmian.law.facts.Territory;
import cn.mingmian.law.facts.Verb;
import cn.mingmian.platform.assessment.AssessmentDraft;
import cn.mingmian.platform.assessment.AssessmentId;
import cn.mingmian.platform.consent.Consent;
import cn.mingmian.platform.consent.ConsentDraft;
import cn.mingmian.platform.consent.GuardianshipId;
import cn.mingmian.platform.controls.Mlps;
import cn.mingmian.platform.defence.Uptime;
import cn.mingmian.platform.enrol.Enrolled;
import cn.mingmian.platform.notices.RulesKind;
import cn.mingmian.platform.notices.Shown;
import cn.mingmian.platform.people.PersonId;
import cn.mingmian.platform.permit.Opened;
import cn.mingmian.platform.permit.Session;
import cn.mingmian.platform.permit.Sessions.Opening;
import cn.mingmian.platform.places.Accessibility;
import cn.mingmian.platform.places.CaptureAreaDrawn;
import cn.mingmian.platform.places.CheckpointId;
import cn.mingmian.platform.places.DeviceId;
import cn.mingmian.platform.places.Places;
import cn.mingmian.platform.places.SiteId;
import cn.mingmian.platform.places.SiteZoneId;
import cn.mingmian.platform.places.WayId;
import cn.mingmian.platform.places.WayTerms;
import cn.mingmian.platform.purposes.PurposeId;
import cn.mingmian.platform.purposes.Terms;
import cn.mingmian.platform.recognise.Identified;
import cn.mingmian.platform.recognise.Verified;
import cn.mingmian.platform.records.Actor;
import cn.mingmian.platform.records.Bilingual;
import cn.mingmian.platform.records.Database;
import cn.mingmian.platform.records.TestDatabases;
import cn.mingmian.platform.setup.Answers;
import cn.mingmian.platform.setup.StarterPlace;
import cn.mingmian.platform.setup.StarterSetup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Assumptions;

/// A residential gate that may lawfully be used, set up through the doors alone: real database,
/// real log, real vault, real models, a clock that the test moves. Tests break one thing each.
@SuppressWarnings("NullAway.Init") // each step of the set-up fills in what it made
public final class Gate implements AutoCloseable {
  public static final Actor AUTHOR = new Actor("wang");
  public static final Actor APPROVER = new Actor("zhao");
  public static final String HASH = "ab".repeat(32);
  static final Instant MONDAY = Instant.parse("2026-11-23T02:00:00Z");
  public static final LocalDate GROWN = LocalDate.of(1990, 5, 1);
  private static final WayTerms FREE =
      new WayTerms(0, 2, LocalTime.MIDNIGHT, LocalTime.MIDNIGHT, "UPS");
  private static final Path ROOT = Path.of(System.getProperty("mingmian.root", ".."));

  public final MovableClock clock;
  /// What the clock is held against; follows it until a test says otherwise.
  public Uptime uptime;

  public final Path data;
  public Platform platform;
  public PurposeId purpose;
  public SiteId site;
  public SiteZoneId zone;
  public DeviceId device;
  public CheckpointId checkpoint;
  public WayId card;
  public WayId desk;
  private int acts;

  /// An empty platform, nothing recorded.
  public Gate(Path data) {
    requireModels();
    this.data = data;
    this.clock = new MovableClock(MONDAY);
    this.uptime = Uptime.following(clock);
    this.platform = open(TestDatabases::fresh);
  }

  /// For a platform that was opened elsewhere by this clock, set up or not.
  Gate(Path data, MovableClock clock, Platform platform) {
    this.data = data;
    this.clock = clock;
    this.uptime = Uptime.following(clock);
    this.platform = platform;
  }

  public Platform open(Supplier<Database> records) {
    return Platform.open(
        Platform.Options.in(data, models().directory()),
        records,
        clock,
        () -> uptime.now(),
        new SecureRandom());
  }

  /// Everything the law asks for.
  public static Gate lawful(Path data) {
    Gate gate = new Gate(data);
    gate.prepare(Optional.of(new Bilingual("已知悉来源不明之处", "what is unproven is known")));
    return gate;
  }

  /// @param accepted why the models are accepted; empty leaves that open
  public void prepare(Optional<Bilingual> accepted) {
    Map<Section, String> assessed = assessed();
    StarterSetup.Prepared place =
        platform
            .starterSetup()
            .prepare(
                StarterPlace.RESIDENTIAL_GATE,
                new Answers(
                    new Answers.Processor(
                        "南苑物业",
                        "privacy@nanyuan.example",
                        "李",
                        ProcessorKind.PROPERTY_MANAGER,
                        true),
                    Optional.of(new Mlps(3, "31000-26001", LocalDate.of(2026, 6, 1), HASH)),
                    "南苑",
                    Territory.CN,
                    Optional.of(Province.SHANGHAI),
                    "南门",
                    new Answers.Camera(
                        "南门一号",
                        "SN-1",
                        true,
                        Optional.of("CERT-1"),
                        Optional.of(LocalDate.of(2026, 8, 1)),
                        area(0, 1)),
                    new Answers.Signpost(HASH, LocalDate.of(2026, 11, 20), "门柱左侧"),
                    365,
                    "租约以一年为期",
                    "与业主委员会讨论过",
                    Map.of(Alternative.CARD, FREE, Alternative.STAFF_DESK, FREE),
                    new Accessibility(true, true, true, "现场测试报告 2026-10"),
                    assessed,
                    accepted),
                new StarterSetup.Hands(AUTHOR, APPROVER),
                told -> {});
    purpose = place.purpose();
    site = place.site();
    zone = place.zone();
    device = place.device();
    checkpoint = place.checkpoint();
    card = Objects.requireNonNull(place.ways().get(Alternative.CARD));
    desk = Objects.requireNonNull(place.ways().get(Alternative.STAFF_DESK));
    workToday();
  }

  /// What has to be heard and tried every day anew.
  void workToday() {
    heartbeat();
    passages(card);
    passages(desk);
    platform.controls().runAll();
  }

  // ---- one change each

  private static CaptureAreaDrawn area(double left, double right) {
    return new CaptureAreaDrawn(
        List.of(
            new CaptureAreaDrawn.Corner(left, 0),
            new CaptureAreaDrawn.Corner(right, 0),
            new CaptureAreaDrawn.Corner(right, 1),
            new CaptureAreaDrawn.Corner(left, 1)),
        0,
        "闸机前一步");
  }

  public static Terms terms(int days) {
    return StarterPlace.RESIDENTIAL_GATE.terms(days, "租约以一年为期", "与业主委员会讨论过");
  }

  /// An area over the whole height, from one part of the width to another.
  public void drawArea(double left, double right) {
    // Of two statements of one instant neither is the later one.
    clock.forward(Duration.ofSeconds(1));
    approve(platform.places().drawCaptureArea(device, area(left, right), AUTHOR));
  }

  /// Five people who went that way just now, without waiting.
  public void passages(WayId way) {
    for (int i = 1; i <= 5; i++) {
      Instant started = clock.instant().minus(Duration.ofMinutes(i));
      platform
          .places()
          .recordPassage(
              checkpoint,
              Optional.of(way),
              started,
              started.plusSeconds(4),
              Places.Outcome.PASSED,
              "controller-7");
    }
  }

  public void heartbeat() {
    platform.places().heartbeat(card, true, true, "controller-7");
    platform.places().heartbeat(desk, true, true, "desk-1");
  }

  public void assess(Verb... verbs) {
    AssessmentId id =
        platform
            .assessments()
            .write(new AssessmentDraft(purpose, zone, assessed(), Set.of(verbs)), AUTHOR);
    platform.assessments().approve(id, APPROVER);
  }

  private static Map<Section, String> assessed() {
    Map<Section, String> sections = new EnumMap<>(Section.class);
    for (Section section : Section.values()) sections.put(section, "已评估：" + section);
    return sections;
  }

  public void publishChildRules() {
    int rules =
        platform
            .notices()
            .writeRules(RulesKind.UNDER_14, new Bilingual("未成年人规则", "rules for children"), AUTHOR);
    platform.notices().publishRules(RulesKind.UNDER_14, rules, APPROVER);
  }

  public void publishNotice() {
    platform
        .notices()
        .publish(purpose, site, platform.notices().write(purpose, site, AUTHOR), APPROVER);
  }

  public void approve(String statement) {
    platform.statements().approve(statement, APPROVER);
  }

  // ---- people

  public PersonId person(LocalDate born) {
    return platform.people().register(Optional.empty(), Optional.of(born), AUTHOR).id();
  }

  public PersonId grownUp() {
    return person(GROWN);
  }

  /// Somebody who agreed to be enrolled, verified and searched for.
  public PersonId consenting() {
    PersonId person = grownUp();
    consent(person);
    return person;
  }

  public Consent consent(PersonId person) {
    return consent(person, act(List.of(), 2), Verb.CAPTURE, Verb.ENROL, Verb.VERIFY, Verb.IDENTIFY);
  }

  public Consent consent(PersonId person, ConsentDraft.Act act, Verb... verbs) {
    return consent(person, act, Optional.empty(), verbs);
  }

  public Consent consent(
      PersonId person, ConsentDraft.Act act, Optional<GuardianshipId> guardian, Verb... verbs) {
    Shown shown =
        platform
            .notices()
            .show(purpose, site, Shown.Channel.PORTAL, Optional.empty(), Optional.of(person));
    return platform
        .consents()
        .give(
            new ConsentDraft(
                person,
                purpose,
                Set.of(verbs),
                Set.of(),
                Optional.empty(),
                guardian,
                shown.id(),
                act))
        .consent();
  }

  public ConsentDraft.Act act(List<String> togetherWith, int otherWays) {
    return new ConsentDraft.Act(
        "act-" + ++acts, "portal", true, false, togetherWith, otherWays, Optional.empty(), HASH);
  }

  // ---- deeds

  public Opened open() {
    return platform.sessions().open(Opening.pressed(checkpoint));
  }

  public Session session() {
    return ((Opened.Open) open()).session();
  }

  public Enrolled enrol(PersonId person, String photo) {
    return switch (open()) {
      case Opened.Refused refused -> new Enrolled.Refused(refused.refusal());
      case Opened.Open in ->
          platform.enrolment().enrol(in.session().id(), checkpoint, person, photo(photo));
    };
  }

  public PersonId enrolled(String photo) {
    PersonId person = consenting();
    Enrolled enrolled = enrol(person, photo);
    if (!(enrolled instanceof Enrolled.Done)) throw new AssertionError("not enrolled: " + enrolled);
    return person;
  }

  public Verified verify(PersonId person, String photo) {
    return switch (open()) {
      case Opened.Refused refused -> new Verified.Refused(refused.refusal());
      case Opened.Open in ->
          platform.recognition().verify(in.session().id(), checkpoint, person, photo(photo));
    };
  }

  public Identified identify(String photo) {
    return switch (open()) {
      case Opened.Refused refused -> new Identified.Refused(refused.refusal());
      case Opened.Open in ->
          platform.recognition().identify(in.session().id(), checkpoint, photo(photo));
    };
  }

  // ---- the world

  public static byte[] photo(String path) {
    try {
      return Files.readAllBytes(ROOT.resolve("faces").resolve(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static ModelStore models() {
    String named =
        System.getProperty("mingmian.models", System.getenv().getOrDefault("MINGMIAN_MODELS", ""));
    return new ModelStore(named.isEmpty() ? ROOT.resolve("models") : Path.of(named));
  }

  private static void requireModels() {
    Assumptions.assumeTrue(
        models().installed(ModelPack.byDefault()),
        () -> "no models in `%s`: run `./mingmian models install`".formatted(models().directory()));
  }

  @Override
  public void close() {
    platform.close();
  }

  /// A clock that stands until it is moved.
  public static final class MovableClock extends Clock {
    private volatile Instant now;

    MovableClock(Instant now) {
      this.now = now;
    }

    public void forward(Duration by) {
      now = now.plus(by);
    }

    public void set(Instant at) {
      now = at;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return Clock.fixed(now, zone);
    }

    @Override
    public Instant instant() {
      return now;
    }
  }
}
