package cn.mingmian.server.demo;

import cn.mingmian.law.facts.Activity;
import cn.mingmian.law.facts.Alternative;
import cn.mingmian.law.facts.DeviceKind;
import cn.mingmian.law.facts.Ground;
import cn.mingmian.law.facts.Installer;
import cn.mingmian.law.facts.Place;
import cn.mingmian.law.facts.ProcessorKind;
import cn.mingmian.law.facts.PurposeKind;
import cn.mingmian.law.facts.Section;
import cn.mingmian.law.facts.Territory;
import cn.mingmian.law.facts.Verb;
import cn.mingmian.law.facts.VideoClass;
import cn.mingmian.law.facts.Zone;
import cn.mingmian.platform.Platform;
import cn.mingmian.platform.assessment.AssessmentDraft;
import cn.mingmian.platform.assessment.AssessmentId;
import cn.mingmian.platform.consent.Consent;
import cn.mingmian.platform.consent.ConsentDraft;
import cn.mingmian.platform.controls.Mlps;
import cn.mingmian.platform.notices.RulesKind;
import cn.mingmian.platform.notices.Shown;
import cn.mingmian.platform.people.PersonId;
import cn.mingmian.platform.places.Accessibility;
import cn.mingmian.platform.places.CaptureAreaDrawn;
import cn.mingmian.platform.places.CaptureAreaDrawn.Corner;
import cn.mingmian.platform.places.CheckpointId;
import cn.mingmian.platform.places.DeviceDraft;
import cn.mingmian.platform.places.DeviceId;
import cn.mingmian.platform.places.Places;
import cn.mingmian.platform.places.Places.Outcome;
import cn.mingmian.platform.places.SiteId;
import cn.mingmian.platform.places.SiteZoneId;
import cn.mingmian.platform.places.WayId;
import cn.mingmian.platform.places.WayTerms;
import cn.mingmian.platform.purposes.PurposeId;
import cn.mingmian.platform.purposes.Rung;
import cn.mingmian.platform.purposes.Terms;
import cn.mingmian.platform.records.Actor;
import cn.mingmian.platform.records.Bilingual;
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
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/// A residential gate, recorded as its operator would: one person writes, another approves.
final class DemoGate {
  private static final Actor AUTHOR = new Actor("property-manager");
  private static final Actor APPROVER = new Actor("privacy-officer");
  private static final LocalTime MIDNIGHT = LocalTime.MIDNIGHT;
  private static final Set<Verb> VERBS =
      EnumSet.of(
          Verb.DEPLOY,
          Verb.PROMPT,
          Verb.CAPTURE,
          Verb.ENROL,
          Verb.VERIFY,
          Verb.IDENTIFY,
          Verb.TRANSMIT);

  private final Platform platform;
  private final Clock clock;
  private int acts;

  final PurposeId purpose;
  final SiteId site;
  final SiteZoneId zone;
  final DeviceId device;
  final CheckpointId checkpoint;
  final WayId card;
  final WayId desk;

  /// Records everything that the law asks for.
  ///
  /// @param told each step, in Chinese and English, when it is done
  DemoGate(Platform platform, Clock clock, BiConsumer<String, String> told) {
    this.platform = platform;
    this.clock = clock;
    Places places = platform.places();

    places.recordOperator(
        0,
        "南苑物业",
        "privacy@nanyuan.example",
        "",
        ProcessorKind.PROPERTY_MANAGER,
        true,
        "李",
        AUTHOR);
    platform
        .controls()
        .recordMlps(
            new Mlps(3, "31000-26001", today().minusMonths(5), hash("mlps report")), AUTHOR);
    platform
        .modelOrigin()
        .approve(
            platform
                .modelOrigin()
                .propose(
                    new Bilingual("演示用，已知悉来源不明之处", "for the demo; what is unproven is known"),
                    AUTHOR),
            APPROVER);
    site = places.addSite("南苑", Territory.CN, Optional.empty(), AUTHOR);
    zone =
        places.addZone(
            site,
            "南门",
            Zone.PROPERTY_GATE,
            Place.RESIDENTIAL_COMPOUND,
            VideoClass.NON_PUBLIC,
            AUTHOR);
    told.accept("登记运营者、场所和区域", "operator, site and zone on record");

    purpose = platform.purposes().draft(terms(), AUTHOR);
    platform.purposes().approve(purpose, 1, APPROVER);
    told.accept("目的和必要性：一人撰写，另一人批准", "purpose and necessity: one wrote, another approved");

    device =
        places.addDevice(
            new DeviceDraft(
                zone,
                "南门一号",
                DeviceKind.FACE_RECOGNITION,
                "SN-1",
                true,
                Optional.of("CERT-1"),
                Optional.of(today().minusMonths(3)),
                Installer.RESPONSIBLE_MANAGER),
            AUTHOR);
    approve(
        places.drawCaptureArea(
            device,
            new CaptureAreaDrawn(
                List.of(new Corner(0, 0), new Corner(1, 0), new Corner(1, 1), new Corner(0, 1)),
                0,
                "闸机前一步"),
            AUTHOR));
    places.recordSign(zone, hash("photo of the sign"), today().minusDays(2), "门柱左侧", AUTHOR);
    checkpoint = places.addCheckpoint("南门", device, purpose, MIDNIGHT, MIDNIGHT, AUTHOR);
    approve(
        places.claimAccessibility(
            checkpoint, new Accessibility(true, true, true, "现场测试报告"), AUTHOR));
    told.accept("设备、采集区域和提示标识", "device, capture area and sign");

    card = way(Alternative.CARD);
    desk = way(Alternative.STAFF_DESK);
    open(true);
    for (int i = 1; i <= 8; i++) {
      Instant came = clock.instant().minus(Duration.ofHours(3L * i));
      places.recordPassage(
          checkpoint, Optional.of(card), came, came.plusSeconds(4), Outcome.PASSED, "controller-7");
      places.recordPassage(
          checkpoint, Optional.of(desk), came, came.plusSeconds(21), Outcome.PASSED, "desk-1");
    }
    told.accept(
        "刷卡和人工两种方式：在线、不加价、等候时间实测", "card and staff desk: working, same price, waiting measured");

    Map<Section, String> sections = new EnumMap<>(Section.class);
    for (Section section : Section.values()) sections.put(section, "已评估（演示）：" + section);
    AssessmentId assessment =
        platform.assessments().write(new AssessmentDraft(purpose, zone, sections, VERBS), AUTHOR);
    platform.assessments().approve(assessment, APPROVER);
    told.accept("个人信息保护影响评估，另一人批准", "impact assessment, approved by another person");

    int rules =
        platform
            .notices()
            .writeRules(RulesKind.PROCESSING, new Bilingual("处理规则", "rules of processing"), AUTHOR);
    platform.notices().publishRules(RulesKind.PROCESSING, rules, APPROVER);
    platform
        .notices()
        .publish(purpose, site, platform.notices().write(purpose, site, AUTHOR), APPROVER);
    told.accept("公布处理规则和告知（由实际配置生成）", "rules and notice published, written from the configuration");

    platform.controls().runAll();
    told.accept("五类安全措施逐一自检", "five families of protection tested by themselves");
  }

  private static Terms terms() {
    Map<Rung, String> why = new EnumMap<>(Rung.class);
    why.put(Rung.NO_FACE, "双手提物或推轮椅时无法刷卡");
    why.put(Rung.ONE_TO_ONE_CARRIED, "居民不愿另带设备");
    why.put(Rung.ONE_TO_ONE, "须先报门牌号，双手仍被占用");
    return new Terms(
        PurposeKind.ACCESS_CONTROL,
        Activity.OPERATION,
        new Bilingual(
            "让自愿登记的居民不用钥匙通过南门", "residents who asked for it pass the south gate without a key"),
        new Bilingual("双手提物或推轮椅的居民无法刷卡", "hands full or in a wheelchair, a card fails"),
        new Bilingual(
            "通行明细保存七天，不用于其他目的", "passages are kept for seven days and serve nothing else"),
        Rung.CLOSED_GROUP,
        why,
        "与业主委员会讨论过",
        Ground.CONSENT,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        365,
        "租约以一年为期",
        VERBS,
        1e-4);
  }

  private WayId way(Alternative kind) {
    WayId way =
        platform.places().addWay(checkpoint, kind, kind.name(), Duration.ofHours(1), AUTHOR);
    approve(
        platform
            .places()
            .claimWayTerms(way, new WayTerms(0, 2, MIDNIGHT, MIDNIGHT, "UPS"), AUTHOR));
    return way;
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

  private void approve(String statement) {
    platform.statements().approve(statement, APPROVER);
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
