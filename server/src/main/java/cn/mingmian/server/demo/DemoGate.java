package cn.mingmian.server.demo;

import cn.mingmian.law.facts.Alternative;
import cn.mingmian.law.facts.DeviceKind;
import cn.mingmian.law.facts.Installer;
import cn.mingmian.law.facts.Place;
import cn.mingmian.law.facts.ProcessorKind;
import cn.mingmian.law.facts.Section;
import cn.mingmian.law.facts.Territory;
import cn.mingmian.law.facts.Verb;
import cn.mingmian.law.facts.VideoClass;
import cn.mingmian.law.facts.Zone;
import cn.mingmian.platform.Platform;
import cn.mingmian.platform.consent.Consent;
import cn.mingmian.platform.consent.ConsentDraft;
import cn.mingmian.platform.controls.Mlps;
import cn.mingmian.platform.notices.Shown;
import cn.mingmian.platform.people.PersonId;
import cn.mingmian.platform.places.Accessibility;
import cn.mingmian.platform.places.CaptureAreaDrawn;
import cn.mingmian.platform.places.CaptureAreaDrawn.Corner;
import cn.mingmian.platform.places.CheckpointId;
import cn.mingmian.platform.places.DeviceDraft;
import cn.mingmian.platform.places.Places.Outcome;
import cn.mingmian.platform.places.SiteId;
import cn.mingmian.platform.places.SiteZoneId;
import cn.mingmian.platform.places.WayId;
import cn.mingmian.platform.places.WayTerms;
import cn.mingmian.platform.purposes.PurposeId;
import cn.mingmian.platform.records.Actor;
import cn.mingmian.platform.records.Bilingual;
import cn.mingmian.platform.setup.Answers;
import cn.mingmian.platform.setup.StarterPlace;
import cn.mingmian.platform.setup.StarterSetup;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/// A residential gate, recorded as its operator would: one person writes, another approves.
final class DemoGate {
  private static final Actor AUTHOR = new Actor("property-manager");
  private static final WayTerms FREE =
      new WayTerms(0, 2, LocalTime.MIDNIGHT, LocalTime.MIDNIGHT, "UPS");

  private final Platform platform;
  private final Clock clock;
  private int acts;

  final PurposeId purpose;
  final SiteId site;
  final CheckpointId checkpoint;
  final WayId card;
  final WayId desk;

  /// Records everything that the law asks for.
  ///
  /// @param told each step, in Chinese and English, when it is done
  DemoGate(Platform platform, Clock clock, BiConsumer<String, String> told) {
    this.platform = platform;
    this.clock = clock;
    StarterSetup.Prepared place =
        platform
            .starterSetup()
            .prepare(
                StarterPlace.RESIDENTIAL_GATE,
                answers(),
                new StarterSetup.Hands(AUTHOR, new Actor("privacy-officer")),
                step -> told.accept(step.zh(), step.en()));
    purpose = place.purpose();
    site = place.site();
    checkpoint = place.checkpoint();
    card = Objects.requireNonNull(place.ways().get(Alternative.CARD));
    desk = Objects.requireNonNull(place.ways().get(Alternative.STAFF_DESK));
    open(true);
    passages();
    told.accept(
        "刷卡和人工两种方式：在线、不加价、等候时间实测", "card and staff desk: working, same price, waiting measured");
    platform.controls().runAll();
    told.accept("五类安全措施逐一自检", "five families of protection tested by themselves");
  }

  private Answers answers() {
    Map<Section, String> assessed = new EnumMap<>(Section.class);
    for (Section section : Section.values()) assessed.put(section, "已评估（演示）：" + section);
    return new Answers(
        new Answers.Processor(
            "南苑物业", "privacy@nanyuan.example", "李", ProcessorKind.PROPERTY_MANAGER, true),
        Optional.of(new Mlps(3, "31000-26001", today().minusMonths(5), hash("mlps report"))),
        "南苑",
        Territory.CN,
        Optional.empty(),
        "南门",
        new Answers.Camera(
            "南门一号",
            "SN-1",
            true,
            Optional.of("CERT-1"),
            Optional.of(today().minusMonths(3)),
            new CaptureAreaDrawn(
                List.of(new Corner(0, 0), new Corner(1, 0), new Corner(1, 1), new Corner(0, 1)),
                0,
                "闸机前一步")),
        new Answers.Signpost(hash("photo of the sign"), today().minusDays(2), "门柱左侧"),
        365,
        "租约以一年为期",
        "与业主委员会讨论过",
        Map.of(Alternative.CARD, FREE, Alternative.STAFF_DESK, FREE),
        new Accessibility(true, true, true, "现场测试报告"),
        assessed,
        Optional.of(new Bilingual("演示用，已知悉来源不明之处", "for the demo; what is unproven is known")));
  }

  private void passages() {
    for (int i = 1; i <= 8; i++) {
      Instant came = clock.instant().minus(Duration.ofHours(3L * i));
      platform
          .places()
          .recordPassage(
              checkpoint,
              Optional.of(card),
              came,
              came.plusSeconds(4),
              Outcome.PASSED,
              "controller-7");
      platform
          .places()
          .recordPassage(
              checkpoint, Optional.of(desk), came, came.plusSeconds(21), Outcome.PASSED, "desk-1");
    }
  }

  /// What the card controller and the desk report of themselves, from outside.
  void open(boolean healthy) {
    platform.places().heartbeat(card, healthy, true, "controller-7");
    platform.places().heartbeat(desk, healthy, true, "desk-1");
  }

  /// Tries to put a camera for faces into a changing room of the same site.
  void deviceInChangingRoom() {
    SiteZoneId room =
        platform
            .places()
            .addZone(
                site,
                "健身房更衣室",
                Zone.PRIVATE_SPACE,
                Place.CHANGING_ROOM,
                VideoClass.NON_PUBLIC,
                AUTHOR);
    platform
        .places()
        .addDevice(
            new DeviceDraft(
                room,
                "更衣室一号",
                DeviceKind.FACE_RECOGNITION,
                "SN-2",
                true,
                Optional.of("CERT-2"),
                Optional.of(today()),
                Installer.RESPONSIBLE_MANAGER),
            AUTHOR);
  }

  PersonId person(LocalDate born) {
    return platform.people().register(Optional.empty(), Optional.of(born), AUTHOR).id();
  }

  /// The person is shown the notice and agrees, by an act of their own, to be enrolled, verified
  /// and searched for.
  ///
  /// @param togetherWith what else the same act agreed to; anything there makes it bundled
  Consent consent(PersonId person, List<String> togetherWith) {
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
                Set.of(Verb.CAPTURE, Verb.ENROL, Verb.VERIFY, Verb.IDENTIFY),
                Set.of(),
                Optional.empty(),
                Optional.empty(),
                shown.id(),
                new ConsentDraft.Act(
                    "act-" + ++acts,
                    "portal",
                    true,
                    false,
                    togetherWith,
                    2,
                    Optional.empty(),
                    hash("the page as it was shown"))))
        .consent();
  }

  LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneId.of("Asia/Shanghai"));
  }

  private static String hash(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
