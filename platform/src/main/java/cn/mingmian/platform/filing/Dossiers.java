package cn.mingmian.platform.filing;

import cn.mingmian.law.facts.Section;
import cn.mingmian.platform.assessment.Assessment;
import cn.mingmian.platform.assessment.Assessments;
import cn.mingmian.platform.audit.Books;
import cn.mingmian.platform.controls.ControlState;
import cn.mingmian.platform.controls.Controls;
import cn.mingmian.platform.controls.Mlps;
import cn.mingmian.platform.documents.Paper;
import cn.mingmian.platform.documents.Press;
import cn.mingmian.platform.filing.Dossier.Item;
import cn.mingmian.platform.notices.Notices;
import cn.mingmian.platform.notices.Rules;
import cn.mingmian.platform.notices.RulesKind;
import cn.mingmian.platform.people.People;
import cn.mingmian.platform.places.Checkpoint;
import cn.mingmian.platform.places.FaceDevice;
import cn.mingmian.platform.places.Operator;
import cn.mingmian.platform.places.Places;
import cn.mingmian.platform.places.SiteZone;
import cn.mingmian.platform.purposes.Purpose;
import cn.mingmian.platform.purposes.Purposes;
import cn.mingmian.platform.purposes.Rung;
import cn.mingmian.platform.records.Bilingual;
import cn.mingmian.platform.records.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Builds the filing dossier from what is on record at that moment, and says what is missing of it.
/// It holds no face information and names nobody but the officer. Thread-safe.
public final class Dossiers {
  /// law| MEASURES-2025/15.1, FILING-NOTICE-2025: what the authority's online form asks for
  // besides,
  /// in practice; identity papers are not kept here.
  private static final List<Bilingual> OUTSIDE =
      List.of(
          new Bilingual("统一社会信用代码证件影印件", "copy of the unified social credit code certificate"),
          new Bilingual("法定代表人身份证件影印件", "copy of the legal representative's identity paper"),
          new Bilingual("经办人身份证件影印件", "copy of the handler's identity paper"),
          new Bilingual("经办人授权委托书", "power of attorney of the handler"),
          new Bilingual("承诺书", "letter of commitment"));

  private static final Map<Section, Bilingual> SECTIONS = new EnumMap<>(Section.class);

  static {
    SECTIONS.put(
        Section.LAWFUL_PURPOSE,
        new Bilingual("目的与方式是否合法、正当、必要", "whether purpose and means are lawful and necessary"));
    SECTIONS.put(Section.RIGHTS_IMPACT, new Bilingual("对个人权益的影响", "impact on people's rights"));
    SECTIONS.put(Section.LEAK_RISK, new Bilingual("泄露等风险", "risk of leaks and the like"));
    SECTIONS.put(Section.MEASURES, new Bilingual("保护措施", "measures of protection"));
    SECTIONS.put(
        Section.STANDARDS_AND_ETHICS, new Bilingual("国家标准与伦理", "national standards and ethics"));
    SECTIONS.put(Section.ACCURACY_AND_DISTANCE, new Bilingual("精度与距离", "accuracy and distance"));
  }

  private final Books books;
  private final Records records;
  private final Press press;

  /// What it is built from.
  public record Records(
      Places places,
      Purposes purposes,
      People people,
      Notices notices,
      Assessments assessments,
      Controls controls,
      Filing filing) {}

  public Dossiers(Books books, Records records, Press press) {
    this.books = books;
    this.records = records;
    this.press = press;
  }

  /// The dossier as it would be handed in now.
  public Dossier build() {
    List<Purpose> purposes =
        records.purposes().all().stream()
            .flatMap(p -> records.purposes().inForce(p.id()).stream())
            .toList();
    // law| MEASURES-2025/15.1: basic information; purpose and means; stored number and protection;
    // rules and procedures; the impact assessment.
    List<Item> items = new ArrayList<>();
    items.add(operator());
    items.add(purposes(purposes));
    items.add(stored());
    items.add(rules());
    items.add(assessments(purposes));
    return new Dossier(books.today(), items, OUTSIDE);
  }

  /// The dossier as one file: a PDF/A for each document, and a list with their SHA-256.
  public byte[] zip(Dossier dossier) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Map<String, String> hashes = new TreeMap<>();
    try (ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
      for (Item item : dossier.items()) {
        byte[] pdf = press.print(item.paper());
        hashes.put(item.file() + ".pdf", sha256(pdf));
        put(zip, item.file() + ".pdf", pdf);
      }
      List<Listed> listed =
          dossier.items().stream()
              .map(
                  item ->
                      new Listed(
                          item.file() + ".pdf",
                          item.title(),
                          item.rule(),
                          hashes.getOrDefault(item.file() + ".pdf", ""),
                          item.missing()))
              .toList();
      put(
          zip,
          "dossier.json",
          Json.write(
                  new Contents(
                      dossier.day().toString(), dossier.complete(), listed, dossier.outside()))
              .getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("the dossier cannot be packed: " + e.getMessage(), e);
    }
    return out.toByteArray();
  }

  private record Listed(
      String file, Bilingual title, String rule, String sha256, List<Bilingual> missing) {}

  private record Contents(
      String day, boolean complete, List<Listed> documents, List<Bilingual> outside) {}

  private Item operator() {
    List<Bilingual> missing = new ArrayList<>();
    Paper paper = begin("一、处理者基本情况", "1. Who processes");
    Optional<Operator> operator = records.places().operator();
    if (operator.isEmpty()) {
      missing.add(new Bilingual("运营者", "the operator"));
    } else {
      Operator who = operator.get();
      if (who.creditCode().isBlank()) {
        missing.add(new Bilingual("统一社会信用代码", "the unified social credit code"));
      }
      if (who.privacyOfficer().isBlank()) {
        missing.add(new Bilingual("个人信息保护负责人", "the personal information protection officer"));
      }
      paper =
          paper.facts(
              Paper.fact("名称", "name", who.name()),
              Paper.fact("统一社会信用代码", "unified social credit code", orDash(who.creditCode())),
              Paper.fact("类型", "kind", who.kind().name()),
              Paper.fact("联系方式", "contact", who.contact()),
              Paper.fact(
                  "个人信息保护负责人",
                  "personal information protection officer",
                  orDash(who.privacyOfficer())));
    }
    return item("1-operator", "处理者基本情况", "who processes", missing, paper);
  }

  private Item purposes(List<Purpose> purposes) {
    List<Bilingual> missing = new ArrayList<>();
    if (purposes.isEmpty()) missing.add(new Bilingual("已批准的目的", "an approved purpose"));
    Paper paper = begin("二、处理目的和处理方式", "2. Purposes and means");
    for (Purpose purpose : purposes) {
      var terms = purpose.terms();
      paper =
          paper
              .with(new Paper.Heading(terms.statement()))
              .facts(
                  Paper.fact("必要性", "necessity", terms.necessity().zh()),
                  Paper.fact("对个人的影响", "impact on people", terms.impact().zh()),
                  Paper.fact("方式", "means", name(terms.rung()).zh()),
                  Paper.fact("更轻的方式为何不够", "why lesser means fail", lesser(terms.whyLesserFail())),
                  Paper.fact("法律依据", "legal ground", terms.ground().name()),
                  Paper.fact(
                      "最长保存",
                      "kept at most",
                      terms.retentionDays() + " 天 · " + terms.retentionReason()),
                  Paper.fact("版本", "version", Integer.toString(purpose.version())));
    }
    List<List<String>> rows = new ArrayList<>();
    for (FaceDevice device : records.places().devices()) {
      if (device.state() == FaceDevice.State.REMOVED) continue;
      SiteZone zone = records.places().zone(device.zone()).orElseThrow();
      rows.add(
          List.of(
              records.places().site(zone.site()).orElseThrow().name(),
              zone.name() + " (" + zone.place() + ")",
              device.name() + " " + device.serial(),
              device.certificate().orElse("—"),
              device.state().name()));
    }
    paper =
        paper.with(
            new Paper.Table(
                List.of(
                    new Bilingual("场所", "site"),
                    new Bilingual("区域", "zone"),
                    new Bilingual("设备", "device"),
                    new Bilingual("认证", "certificate"),
                    new Bilingual("状态", "state")),
                rows));
    return item("2-purposes", "处理目的和处理方式", "purposes and means", missing, paper);
  }

  private Item stored() {
    List<Bilingual> missing = new ArrayList<>();
    FilingState state = records.filing().state();
    Paper paper =
        begin("三、存储数量和安全保护措施", "3. Number stored, and protection")
            .facts(
                Paper.fact("存储人脸信息的人数", "persons stored", Long.toString(state.storedPersons())),
                Paper.fact(
                    "人脸库", "galleries", Integer.toString(records.people().galleries().size())),
                Paper.fact(
                    "达到十万人之日",
                    "100,000 reached on",
                    state.reachedOn().map(Object::toString).orElse("—")));
    List<List<String>> rows = new ArrayList<>();
    for (ControlState family : records.controls().states()) {
      if (!family.working()) {
        missing.add(
            new Bilingual(family.family() + " 未证明有效", family.family() + " is not shown to work"));
      }
      rows.add(
          List.of(
              family.family().name(),
              family.working() ? "✓" : family.why(),
              family.checks().stream().map(c -> c.name()).collect(Collectors.joining(", "))));
    }
    paper =
        paper.with(
            new Paper.Table(
                List.of(
                    new Bilingual("措施", "protection"),
                    new Bilingual("有效", "works"),
                    new Bilingual("自检", "checks")),
                rows));
    Optional<Mlps> mlps = records.controls().mlps();
    if (mlps.isEmpty()) {
      missing.add(new Bilingual("等级保护备案", "the record of classified protection"));
    } else {
      paper =
          paper.facts(
              Paper.fact("等级保护级别", "classified protection", "" + mlps.get().level()),
              Paper.fact("备案号", "filing number", mlps.get().filingNumber()),
              Paper.fact("测评日期", "assessed on", mlps.get().assessedOn().toString()));
    }
    return item("3-protection", "存储数量和安全保护措施", "number stored, and protection", missing, paper);
  }

  private Item rules() {
    List<Bilingual> missing = new ArrayList<>();
    Paper paper = begin("四、处理规则和操作规程", "4. Rules and procedures");
    Optional<Rules> rules = records.notices().published(RulesKind.PROCESSING);
    if (rules.isEmpty()) {
      missing.add(new Bilingual("公布的处理规则", "published rules of processing"));
    } else {
      paper =
          paper
              .facts(
                  Paper.fact("版本", "version", Integer.toString(rules.get().version())),
                  Paper.fact(
                      "公布时间",
                      "published at",
                      rules.get().publishedAt().map(Object::toString).orElse("—")))
              .with(new Paper.Text(rules.get().text()));
    }
    Optional<Rules> children = records.notices().published(RulesKind.UNDER_14);
    if (children.isPresent()) paper = paper.with(new Paper.Text(children.get().text()));
    return item("4-rules", "处理规则和操作规程", "rules and procedures", missing, paper);
  }

  private Item assessments(List<Purpose> purposes) {
    List<Bilingual> missing = new ArrayList<>();
    Paper paper = begin("五、个人信息保护影响评估报告", "5. Impact assessment");
    Set<Standing> wanted = new LinkedHashSet<>();
    for (Purpose purpose : purposes) {
      for (Checkpoint c : records.places().checkpoints()) {
        if (c.purpose().equals(purpose.id())) {
          wanted.add(
              new Standing(c.name(), records.assessments().standing(purpose.id(), c.zone())));
        }
      }
    }
    if (wanted.isEmpty()) missing.add(new Bilingual("通道及其评估", "a gate and its assessment"));
    for (Standing each : wanted) {
      if (each.assessment.isEmpty() || !each.assessment.get().approved()) {
        missing.add(new Bilingual(each.gate + "：已批准的评估", each.gate + ": an approved assessment"));
        continue;
      }
      Assessment a = each.assessment.get();
      if (a.changedSince() || a.incidentSince()) {
        missing.add(
            new Bilingual(each.gate + "：评估已过时", each.gate + ": the assessment is out of date"));
      }
      paper =
          paper
              .with(new Paper.Heading(new Bilingual(each.gate, each.gate)))
              .facts(
                  Paper.fact("版本", "version", Integer.toString(a.version())),
                  Paper.fact(
                      "批准时间", "approved at", a.approvedAt().map(Object::toString).orElse("—")));
      for (Section section : Section.values()) {
        String text = a.draft().sections().get(section);
        Bilingual title = SECTIONS.get(section);
        if (text == null || title == null) continue;
        paper = paper.facts(new Paper.Fact(title, text));
      }
    }
    return item("5-assessment", "个人信息保护影响评估报告", "impact assessment", missing, paper);
  }

  private record Standing(String gate, Optional<Assessment> assessment) {}

  private Paper begin(String zh, String en) {
    return Paper.page(new Bilingual(zh, en))
        .text(
            "由记录生成于 %s，不含任何人脸信息。".formatted(books.today()),
            "Made from the records on %s; it holds no face information.".formatted(books.today()));
  }

  private static Item item(
      String file, String zh, String en, List<Bilingual> missing, Paper paper) {
    return new Item(file, new Bilingual(zh, en), "MEASURES-2025/15.1", missing, paper);
  }

  private static String lesser(Map<Rung, String> why) {
    return why.entrySet().stream()
        .sorted(Comparator.comparing(e -> e.getKey()))
        .map(e -> name(e.getKey()).zh() + "：" + e.getValue())
        .collect(Collectors.joining("；"));
  }

  private static Bilingual name(Rung rung) {
    return switch (rung) {
      case NO_FACE -> new Bilingual("不用人脸", "no face");
      case ONE_TO_ONE_CARRIED -> new Bilingual("与随身携带的模板比对", "against a carried template");
      case ONE_TO_ONE -> new Bilingual("一对一核对", "one to one");
      case CLOSED_GROUP -> new Bilingual("在自愿登记的人中查找", "among people who asked for it");
      case OPEN_GROUP -> new Bilingual("在公众中查找", "among the public");
      case ANALYSIS -> new Bilingual("分析", "analysis");
    };
  }

  private static String orDash(String text) {
    return text.isBlank() ? "—" : text;
  }

  private void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(books.now().atOffset(ZoneOffset.ofHours(8)).toLocalDateTime());
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
