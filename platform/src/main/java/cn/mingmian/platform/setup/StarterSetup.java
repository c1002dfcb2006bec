package cn.mingmian.platform.setup;

import cn.mingmian.law.facts.Alternative;
import cn.mingmian.law.facts.DeviceKind;
import cn.mingmian.law.facts.Installer;
import cn.mingmian.platform.assessment.AssessmentDraft;
import cn.mingmian.platform.assessment.Assessments;
import cn.mingmian.platform.audit.Statements;
import cn.mingmian.platform.controls.Controls;
import cn.mingmian.platform.models.ModelOrigin;
import cn.mingmian.platform.notices.Notices;
import cn.mingmian.platform.notices.RulesKind;
import cn.mingmian.platform.places.CheckpointId;
import cn.mingmian.platform.places.DeviceDraft;
import cn.mingmian.platform.places.DeviceId;
import cn.mingmian.platform.places.Operator;
import cn.mingmian.platform.places.Places;
import cn.mingmian.platform.places.SiteId;
import cn.mingmian.platform.places.SiteZoneId;
import cn.mingmian.platform.places.WayId;
import cn.mingmian.platform.purposes.PurposeId;
import cn.mingmian.platform.purposes.Purposes;
import cn.mingmian.platform.purposes.Terms;
import cn.mingmian.platform.records.Actor;
import cn.mingmian.platform.records.Bilingual;
import cn.mingmian.platform.records.RejectedRecordException;
import java.time.Duration;
import java.time.LocalTime;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;

/// Sets a usual place up as its operator would: one person writes, another approves, each record
/// through its own door. What only the outside can show stays to be done: signs of life and
/// passages of the other ways, the self-checks, the switching on. Thread-safe.
public final class StarterSetup {
  private static final LocalTime MIDNIGHT = LocalTime.MIDNIGHT;

  /// A way that was not heard for so long counts as down.
  private static final Duration HEARD_EVERY = Duration.ofHours(1);

  private final Statements statements;
  private final Purposes purposes;
  private final Places places;
  private final Notices notices;
  private final Assessments assessments;
  private final Controls controls;
  private final ModelOrigin modelOrigin;

  public StarterSetup(
      Statements statements,
      Purposes purposes,
      Places places,
      Notices notices,
      Assessments assessments,
      Controls controls,
      ModelOrigin modelOrigin) {
    this.statements = statements;
    this.purposes = purposes;
    this.places = places;
    this.notices = notices;
    this.assessments = assessments;
    this.controls = controls;
    this.modelOrigin = modelOrigin;
  }

  /// Who writes, and who approves.
  public record Hands(Actor author, Actor approver) {
    public Hands {
      RejectedRecordException.refuseSameHand(author, approver);
    }
  }

  /// A place that was set up.
  public record Prepared(
      PurposeId purpose,
      SiteId site,
      SiteZoneId zone,
      DeviceId device,
      CheckpointId checkpoint,
      Map<Alternative, WayId> ways) {
    public Prepared {
      ways = Map.copyOf(ways);
    }
  }

  /// Writes and approves everything that the law wants on record before a device there may be
  /// switched on.
  ///
  /// @param told each step, once it is done
  public Prepared prepare(
      StarterPlace kind, Answers answers, Hands hands, Consumer<Bilingual> told) {
    operator(answers, hands);
    SiteId site =
        places.addSite(answers.site(), answers.territory(), answers.province(), hands.author());
    SiteZoneId zone =
        places.addZone(
            site, answers.gate(), kind.zone(), kind.place(), kind.videoClass(), hands.author());
    told.accept(new Bilingual("登记运营者、场所和区域", "operator, site and zone on record"));

    Terms terms = kind.terms(answers.retentionDays(), answers.retentionReason(), answers.ethics());
    PurposeId purpose = purpose(terms, hands);
    told.accept(
        new Bilingual("目的和必要性：一人撰写，另一人批准", "purpose and necessity: one wrote, another approved"));

    DeviceId device = device(answers, zone, hands);
    CheckpointId checkpoint =
        places.addCheckpoint(answers.gate(), device, purpose, MIDNIGHT, MIDNIGHT, hands.author());
    approve(places.claimAccessibility(checkpoint, answers.accessibility(), hands.author()), hands);
    told.accept(new Bilingual("设备、采集区域和提示标识", "device, capture area and sign"));

    Map<Alternative, WayId> ways = ways(answers, checkpoint, hands);
    told.accept(new Bilingual("不用人脸的其他方式", "the ways in that need no face"));

    assessments.approve(
        assessments.write(
            new AssessmentDraft(purpose, zone, answers.assessed(), terms.verbs()), hands.author()),
        hands.approver());
    told.accept(new Bilingual("个人信息保护影响评估，另一人批准", "impact assessment, approved by another person"));

    tellThePublic(purpose, site, hands);
    told.accept(
        new Bilingual(
            "公布处理规则和告知（由实际配置生成）", "rules and notice published, written from the configuration"));

    if (answers.modelsAcceptedBecause().isPresent()) {
      modelOrigin.approve(
          modelOrigin.propose(answers.modelsAcceptedBecause().get(), hands.author()),
          hands.approver());
      told.accept(
          new Bilingual(
              "来源未完全证明的模型：知悉并接受", "models of partly unproven origin: known and accepted"));
    }
    return new Prepared(purpose, site, zone, device, checkpoint, ways);
  }

  private void operator(Answers answers, Hands hands) {
    Answers.Processor who = answers.processor();
    places.recordOperator(
        places.operator().map(Operator::version).orElse(0),
        who.name(),
        who.contact(),
        "",
        who.kind(),
        who.publicFacing(),
        who.privacyOfficer(),
        hands.author());
    answers.mlps().ifPresent(mlps -> controls.recordMlps(mlps, hands.author()));
  }

  private PurposeId purpose(Terms terms, Hands hands) {
    PurposeId purpose = purposes.draft(terms, hands.author());
    purposes.approve(purpose, 1, hands.approver());
    return purpose;
  }

  private DeviceId device(Answers answers, SiteZoneId zone, Hands hands) {
    Answers.Camera camera = answers.camera();
    DeviceId device =
        places.addDevice(
            new DeviceDraft(
                zone,
                camera.name(),
                DeviceKind.FACE_RECOGNITION,
                camera.serial(),
                camera.catalogued(),
                camera.certificate(),
                camera.lastTested(),
                Installer.RESPONSIBLE_MANAGER),
            hands.author());
    approve(places.drawCaptureArea(device, camera.area(), hands.author()), hands);
    Answers.Signpost sign = answers.sign();
    places.recordSign(zone, sign.photoHash(), sign.takenOn(), sign.position(), hands.author());
    return device;
  }

  private Map<Alternative, WayId> ways(Answers answers, CheckpointId checkpoint, Hands hands) {
    Map<Alternative, WayId> ways = new EnumMap<>(Alternative.class);
    answers
        .otherWays()
        .forEach(
            (kind, terms) -> {
              WayId way = places.addWay(checkpoint, kind, kind.name(), HEARD_EVERY, hands.author());
              approve(places.claimWayTerms(way, terms, hands.author()), hands);
              ways.put(kind, way);
            });
    return ways;
  }

  private void tellThePublic(PurposeId purpose, SiteId site, Hands hands) {
    int rules =
        notices.writeRules(
            RulesKind.PROCESSING, new Bilingual("处理规则", "rules of processing"), hands.author());
    notices.publishRules(RulesKind.PROCESSING, rules, hands.approver());
    notices.publish(purpose, site, notices.write(purpose, site, hands.author()), hands.approver());
  }

  private void approve(String statement, Hands hands) {
    statements.approve(statement, hands.approver());
  }
}
