package cn.mingmian.server.demo;

import cn.mingmian.law.Decision;
import cn.mingmian.law.Finding;
import cn.mingmian.law.facts.Content;
import cn.mingmian.law.facts.Destination;
import cn.mingmian.law.facts.Facts;
import cn.mingmian.law.facts.FactsReader;
import cn.mingmian.law.facts.Place;
import cn.mingmian.law.facts.Zone;
import cn.mingmian.ledger.VerifyLog;
import cn.mingmian.platform.Platform;
import cn.mingmian.platform.consent.Consent;
import cn.mingmian.platform.enrol.Enrolled;
import cn.mingmian.platform.enrol.Outline;
import cn.mingmian.platform.people.PersonId;
import cn.mingmian.platform.permit.Answer;
import cn.mingmian.platform.permit.Opened;
import cn.mingmian.platform.permit.Permit;
import cn.mingmian.platform.permit.Question;
import cn.mingmian.platform.permit.Refusal;
import cn.mingmian.platform.permit.Session;
import cn.mingmian.platform.permit.Sessions.Opening;
import cn.mingmian.platform.recognise.Identified;
import cn.mingmian.platform.recognise.Verified;
import cn.mingmian.platform.records.RejectedRecordException;
import cn.mingmian.platform.rights.ErasureCertificate;
import cn.mingmian.platform.rights.Withdrawn;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// What the demo plays. Each scene goes through the platform's doors, as the API does.
final class Story {
  private static final LocalDate GROWN_UP = LocalDate.of(1990, 5, 1);

  private final Platform platform;
  private final DemoGate gate;
  private final Path faces;
  private final Path output;
  private final Path log;
  private final Consumer<Scene> told;
  private final List<Scene> scenes = new ArrayList<>();

  /// @param faces  the repository's folder of synthetic faces
  /// @param output where pictures and the certificate go
  /// @param log    the transparency log's directory
  Story(Platform platform, DemoGate gate, Path faces, Path output, Path log, Consumer<Scene> told) {
    this.platform = platform;
    this.gate = gate;
    this.faces = faces;
    this.output = output;
    this.log = log;
    this.told = told;
  }

  List<Scene> play() {
    deploy();

    PersonId chen = gate.person(GROWN_UP);
    PersonId lin = gate.person(GROWN_UP.minusYears(8));
    PersonId zhou = gate.person(GROWN_UP.minusYears(15));
    Consent ofChen = gate.consent(chen, List.of());
    gate.consent(lin, List.of());
    gate.consent(zhou, List.of());
    enrol("陈女士", "Ms Chen", chen, "images/p02/enrol.jpg");
    enrol("林先生", "Mr Lin", lin, "images/p01/enrol.jpg");
    enrol("周先生", "Mr Zhou", zhou, "images/p03/enrol.jpg");

    verify("陈女士另一天的照片", "Ms Chen on another day", chen, "images/p02/day1.jpg", true);
    verify("林先生冒称陈女士", "Mr Lin says he is Ms Chen", chen, "images/p01/day1.jpg", false);
    identify("周先生在暗处，不报姓名", "Mr Zhou in the dark, naming nobody", "images/p03/dark.jpg", zhou);
    identify("林先生，不报姓名", "Mr Lin, naming nobody", "images/p01/day2.jpg", lin);
    stranger("陌生人", "a stranger", "images/p22/day1.jpg");

    withoutConsent();
    bundledConsent();
    childWithoutGuardian();
    changingRoom(lin);
    faceAsTheOnlyWay(lin);
    templateOverTheInternet(lin);
    printedPhoto(lin);

    withdraw(chen, ofChen);
    verifyLog();
    return List.copyOf(scenes);
  }

  // ---- what the law allows

  private void deploy() {
    scene(
        "启用南门的设备",
        "switching the device at the south gate on",
        () -> expectPermit(platform.permits().ask(Question.deploy(gate.purpose, gate.checkpoint))));
  }

  private void enrol(String zh, String en, PersonId person, String photo) {
    scene(
        "登记：" + zh + "，单独同意",
        "enrolling " + en + ", who agreed separately",
        () ->
            switch (enrolment(person, photo)) {
              case Enrolled.Done done -> {
                draw(photo, "enrolled", done.face(), "enrolled", true);
                yield good(
                    "登记至 %s / enrolled until then; log entry %s"
                        .formatted(done.expiresAt().toString().substring(0, 10), done.entry()));
              }
              case Enrolled.Refused refused -> unexpected(refused.refusal());
              case Enrolled other -> bad(other);
            });
  }

  private void verify(String zh, String en, PersonId person, String photo, boolean same) {
    scene(
        "1:1 核验：" + zh,
        "verification 1:1: " + en,
        () ->
            switch (verification(person, photo)) {
              case Verified.Answered a -> {
                String score = score(a.cosine(), a.bar().threshold(), a.bar().fmr());
                draw(
                    photo,
                    "verify",
                    a.face(),
                    (a.matched() ? "match  " : "no match  ") + score,
                    a.matched());
                yield told(
                    (a.matched() ? "匹配 / match, " : "不匹配 / no match, ") + score,
                    a.matched() == same);
              }
              case Verified.Refused refused -> unexpected(refused.refusal());
              case Verified other -> bad(other);
            });
  }

  private void identify(String zh, String en, String photo, PersonId expected) {
    scene(
        "1:N 辨识：" + zh,
        "identification 1:N: " + en,
        () ->
            switch (identification(photo)) {
              case Identified.Answered a -> {
                boolean right =
                    a.members().size() == 1 && a.members().getFirst().person().equals(expected);
                String found =
                    a.unknown()
                        ? "未知 / unknown"
                        : "认出 / found, "
                            + score(
                                a.members().getFirst().cosine(),
                                a.bar().threshold(),
                                a.bar().fmr());
                draw(photo, "identify", a.face(), a.unknown() ? "unknown" : "found", !a.unknown());
                yield told(found + " among %d".formatted(a.searched()), right);
              }
              case Identified.Refused refused -> unexpected(refused.refusal());
              case Identified other -> bad(other);
            });
  }

  private void stranger(String zh, String en, String photo) {
    scene(
        "1:N 辨识：" + zh,
        "identification 1:N: " + en,
        () ->
            switch (identification(photo)) {
              case Identified.Answered a -> {
                draw(photo, "stranger", a.face(), "unknown: an empty list", false);
                yield told(
                    a.unknown()
                        ? "未知，空列表 / unknown: an empty list, never the nearest stranger"
                        : "found " + a.members(),
                    a.unknown());
              }
              case Identified.Refused refused -> unexpected(refused.refusal());
              case Identified other -> bad(other);
            });
  }

  // ---- what the law refuses

  private void withoutConsent() {
    PersonId person = gate.person(GROWN_UP);
    scene("没有同意就登记", "enrolling without consent", () -> expectRefusal(person, "MEASURES-2025/6.1"));
  }

  private void bundledConsent() {
    PersonId person = gate.person(GROWN_UP);
    gate.consent(person, List.of("小区会员条款", "营销短信"));
    scene(
        "同意与会员条款捆绑",
        "a consent bundled with membership terms",
        () -> expectRefusal(person, "SPC-2021/4.2"));
  }

  private void childWithoutGuardian() {
    PersonId child = gate.person(gate.today().minusYears(12));
    gate.consent(child, List.of());
    scene(
        "十二岁，没有监护人",
        "a twelve-year-old without a guardian",
        () -> expectRefusal(child, "MEASURES-2025/7.1"));
  }

  private Told expectRefusal(PersonId person, String rule) {
    return switch (enrolment(person, "images/p06/enrol.jpg")) {
      case Enrolled.Refused refused -> refused(refused.refusal(), rule);
      case Enrolled other -> bad(other);
    };
  }

  /// law| MEASURES-2025/13.2, VIDEO-REG/8.1: no consent cures it. The records cannot even hold it.
  private void changingRoom(PersonId consenting) {
    scene(
        "把设备登记到更衣室",
        "registering a device in a changing room",
        () -> {
          try {
            gate.deviceInChangingRoom();
            return told("登记成功 / registered", false);
          } catch (RejectedRecordException refused) {
            return told("数据库不接受 / the records refuse it: " + refused.getMessage(), true);
          }
        });
    scene(
        "就算一切同意齐全，更衣室呢？",
        "and a changing room with every consent in the world?",
        () -> {
          Session standing = ((Opened.Open) session()).session();
          Answer today =
              platform.permits().ask(Question.capture(standing, Optional.of(consenting)));
          Facts there =
              FactsReader.read(platform.permits().find(today.decided().id()).orElseThrow().facts())
                  .but()
                  .site(s -> s.zone(Zone.PRIVATE_SPACE).place(Place.CHANGING_ROOM))
                  .build();
          Decision decision = platform.permits().whatIf(there);
          return new Told(
              decision.outcome() + " / what-if",
              articles(decision.violations()),
              "MEASURES-2025/13.2",
              today instanceof Permit && names(decision.violations(), "MEASURES-2025/13.2"));
        });
  }

  private void faceAsTheOnlyWay(PersonId person) {
    gate.open(false);
    scene(
        "刷卡和人工都停了，人脸成了唯一方式",
        "card and desk break down: the face would be the only way",
        () ->
            switch (verification(person, "images/p01/day1.jpg")) {
              case Verified.Refused refused -> refused(refused.refusal(), "MEASURES-2025/10.1");
              case Verified other -> bad(other);
            });
    gate.open(true);
  }

  private void templateOverTheInternet(PersonId person) {
    scene(
        "把人脸模板经互联网发往“云备份”",
        "sending a template over the internet to a \"cloud backup\"",
        () ->
            switch (platform
                .permits()
                .ask(
                    Question.transmit(
                        person,
                        gate.purpose,
                        gate.checkpoint,
                        new Question.Move(
                            Destination.INTERNET, Content.TEMPLATE, "cloud backup")))) {
              case Refusal refusal -> refused(refusal, "MEASURES-2025/8.1");
              case Permit permit -> told("permitted", false);
            });
  }

  private void printedPhoto(PersonId victim) {
    String photo = "attacks/p01_print.jpg";
    scene(
        "举着林先生的打印照片",
        "somebody holds up a print of Mr Lin",
        () ->
            switch (verification(victim, photo)) {
              case Verified.SpoofSuspected spoof -> {
                draw(photo, "print", spoof.face(), "presentation attack suspected", false);
                yield refused(spoof.refusal(), "MEASURES-2025/14.1");
              }
              case Verified.Refused refused -> unexpected(refused.refusal());
              case Verified other -> bad(other);
            });
  }

  // ---- forgetting, and proof

  private void withdraw(PersonId person, Consent consent) {
    scene(
        "陈女士撤回同意",
        "Ms Chen withdraws",
        () -> {
          long begun = System.nanoTime();
          Withdrawn withdrawn = platform.rights().withdraw(consent.id(), "portal");
          long millis = (System.nanoTime() - begun) / 1_000_000;
          return told(
              "%d ms 内生效并已入日志，密钥和模板销毁 / effective, logged, key and template destroyed"
                  .formatted(millis),
              withdrawn.erased().isPresent());
        });
    scene(
        "再找陈女士",
        "looking for Ms Chen again",
        () ->
            switch (identification("images/p02/day2.jpg")) {
              case Identified.Answered a ->
                  told(a.unknown() ? "找不到 / unfindable" : "still found", a.unknown());
              case Identified.Refused refused -> unexpected(refused.refusal());
              case Identified other -> bad(other);
            });
    scene(
        "给陈女士的删除证明",
        "the certificate for Ms Chen",
        () -> {
          ErasureCertificate certificate = platform.rights().certify(person);
          Path file = output.resolve("erasure-certificate.json");
          write(file, certificate.json());
          return told(
              "%s，附日志回执 / signed, with the log's receipt: %s"
                  .formatted(certificate.id(), file.getFileName()),
              certificate.json().contains("logReceipt"));
        });
  }

  private void verifyLog() {
    scene(
        "离线核验整本日志",
        "verifying the whole log offline",
        () -> {
          ByteArrayOutputStream said = new ByteArrayOutputStream();
          int code =
              VerifyLog.run(
                  List.of(log.toString(), platform.logKey().text()),
                  new PrintStream(said, true, StandardCharsets.UTF_8));
          return told(
              said.toString(StandardCharsets.UTF_8).strip().replace("\n", "; "),
              code == VerifyLog.HOLDS);
        });
  }

  // ---- deeds

  private Opened session() {
    return platform.sessions().open(Opening.pressed(gate.checkpoint));
  }

  private Enrolled enrolment(PersonId person, String photo) {
    return switch (session()) {
      case Opened.Refused refused -> new Enrolled.Refused(refused.refusal());
      case Opened.Open in ->
          platform.enrolment().enrol(in.session().id(), gate.checkpoint, person, photo(photo));
    };
  }

  private Verified verification(PersonId person, String photo) {
    return switch (session()) {
      case Opened.Refused refused -> new Verified.Refused(refused.refusal());
      case Opened.Open in ->
          platform.recognition().verify(in.session().id(), gate.checkpoint, person, photo(photo));
    };
  }

  private Identified identification(String photo) {
    return switch (session()) {
      case Opened.Refused refused -> new Identified.Refused(refused.refusal());
      case Opened.Open in ->
          platform.recognition().identify(in.session().id(), gate.checkpoint, photo(photo));
    };
  }

  private byte[] photo(String name) {
    try {
      return Files.readAllBytes(faces.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "photo `%s` of the demo cannot be read; expected in `%s`".formatted(name, faces), e);
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException("`%s` cannot be written".formatted(file), e);
    }
  }

  private void draw(String photo, String what, Outline face, String text, boolean good) {
    String name =
        "%02d-%s-%s"
            .formatted(
                scenes.size() + 1, what, photo.substring(photo.indexOf('/') + 1).replace('/', '-'));
    Picture.write(output.resolve("pictures").resolve(name), photo(photo), face, text, good);
  }

  // ---- telling

  private record Told(
      String outcome, List<Scene.Article> articles, String decisive, boolean asHoped) {}

  private void scene(String zh, String en, Supplier<Told> play) {
    long begun = System.nanoTime();
    Told came = play.get();
    Scene scene =
        new Scene(
            zh,
            en,
            came.outcome,
            came.articles,
            came.decisive,
            came.asHoped,
            (System.nanoTime() - begun) / 1_000_000);
    scenes.add(scene);
    told.accept(scene);
  }

  private Told expectPermit(Answer answer) {
    return switch (answer) {
      case Permit permit -> good("准许 / " + permit.decided().decision().outcome());
      case Refusal refusal -> unexpected(refusal);
    };
  }

  private static Told good(String outcome) {
    return told(outcome, true);
  }

  private static Told told(String outcome, boolean asHoped) {
    return new Told(outcome, List.of(), "", asHoped);
  }

  private static Told bad(Object other) {
    return told("unexpected: " + other, false);
  }

  /// Refused as it should be: by this rule, whatever else stands in the way.
  private static Told refused(Refusal refusal, String rule) {
    return new Told(
        "拒绝 / REFUSE", articles(refusal.findings()), rule, names(refusal.findings(), rule));
  }

  private static Told unexpected(Refusal refusal) {
    return new Told("拒绝 / REFUSE", articles(refusal.findings()), "", false);
  }

  private static List<Scene.Article> articles(List<Finding> findings) {
    return findings.stream().map(Scene.Article::of).toList();
  }

  private static boolean names(List<Finding> findings, String rule) {
    return findings.stream().anyMatch(finding -> finding.rule().id().equals(rule));
  }

  private static String score(double cosine, double threshold, double fmr) {
    return String.format(
        Locale.ROOT, "cosine %.3f, threshold %.3f (FMR %.0e)", cosine, threshold, fmr);
  }
}
