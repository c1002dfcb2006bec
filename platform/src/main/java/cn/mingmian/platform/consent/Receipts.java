package cn.mingmian.platform.consent;

import cn.mingmian.law.facts.ConsentBy;
import cn.mingmian.law.facts.NoticeItem;
import cn.mingmian.law.facts.Verb;
import cn.mingmian.platform.audit.Books;
import cn.mingmian.platform.audit.EntryId;
import cn.mingmian.platform.documents.Paper;
import cn.mingmian.platform.documents.QrCode;
import cn.mingmian.platform.notices.Notice;
import cn.mingmian.platform.notices.Notices;
import cn.mingmian.platform.places.Operator;
import cn.mingmian.platform.places.Places;
import cn.mingmian.platform.records.Bilingual;
import cn.mingmian.platform.records.Ids;
import cn.mingmian.platform.records.UnknownRecordException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Receipts of consents: a record that machines read, a paper that people read, a link to withdraw.
///
/// The link's secret is a MAC under the consent's own secret, so nothing more is stored, a receipt
/// can be printed again, and nobody can make one for a consent that they only know the number of.
/// Thread-safe.
public final class Receipts {
  private static final DateTimeFormatter LOCAL_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(Books.SHANGHAI);
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int MAC_BYTES = 16;
  private static final String PREFIX = "con_";

  private final Books books;
  private final Consents consents;
  private final Notices notices;
  private final Places places;

  public Receipts(Books books, Consents consents, Notices notices, Places places) {
    this.books = books;
    this.consents = consents;
    this.notices = notices;
    this.places = places;
  }

  /// @param publicAddress where people reach the pages, without a path
  public ConsentReceipt of(ConsentId id, URI publicAddress) {
    Consent consent =
        consents.find(id).orElseThrow(() -> new UnknownRecordException("consent", id.value()));
    Kept kept = kept(id).orElseThrow();
    URI link =
        publicAddress.resolve(
            "/r/%s.%s".formatted(id.value().substring(PREFIX.length()), mac(kept.secret)));
    Optional<String> proof =
        kept.entry.flatMap(entry -> books.trail().receiptText(new EntryId(entry)));
    return new ConsentReceipt(consent, record(consent, kept, link), proof, link);
  }

  /// The consent that a link opens.
  ///
  /// @param token what follows `/r/`
  /// @return empty for anything that was not made here, whatever is wrong with it
  public Optional<Consent> open(String token) {
    int dot = token.indexOf('.');
    if (dot != 26 || token.length() > 64) return Optional.empty();
    ConsentId id;
    try {
      id = new ConsentId(Ids.check("con", PREFIX + token.substring(0, dot)));
    } catch (cn.mingmian.platform.records.MalformedIdException notOurs) {
      return Optional.empty();
    }
    return kept(id)
        .filter(
            kept ->
                MessageDigest.isEqual(
                    mac(kept.secret).getBytes(StandardCharsets.US_ASCII),
                    token.substring(dot + 1).getBytes(StandardCharsets.UTF_8)))
        .flatMap(kept -> consents.find(id));
  }

  @SuppressWarnings("ArrayRecordComponent") // handed through, never compared
  private record Kept(byte[] secret, Optional<String> entry, String site) {}

  private Optional<Kept> kept(ConsentId id) {
    return books
        .database()
        .sql()
        .sql(
            """
            SELECT c.withdraw_secret, c.entry, s.site
            FROM consent c JOIN notice_shown s ON s.id = c.notice_shown WHERE c.id = :id
            """)
        .param("id", id.value())
        .query(
            (r, n) ->
                new Kept(
                    r.getBytes("withdraw_secret"),
                    Optional.ofNullable(r.getString("entry")),
                    r.getString("site")))
        .optional();
  }

  /// The notice that was shown before somebody agreed.
  public Optional<Notice> told(Consent consent) {
    return kept(consent.id()).flatMap(kept -> notice(consent, kept));
  }

  private static String mac(byte[] secret) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      byte[] whole = mac.doFinal("mingmian/receipt-link/v1".getBytes(StandardCharsets.US_ASCII));
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(Arrays.copyOf(whole, MAC_BYTES));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime has HmacSHA256", e);
    }
  }

  // ---- for machines

  /// The fields of ISO/IEC TS 27560:2023, clause 6: header, processing, parties, events.
  private String record(Consent consent, Kept kept, URI link) {
    Optional<Operator> operator = places.operator();
    Optional<Notice> notice = notice(consent, kept);
    ObjectNode page = JSON.createObjectNode();
    ObjectNode header = page.putObject("header");
    header
        .put("schema_version", "ISO/IEC TS 27560:2023")
        .put("record_id", consent.id().value())
        .put("pii_principal_id", consent.person().value());
    ObjectNode processing = page.putObject("pii_processing");
    ObjectNode told = processing.putObject("privacy_notice");
    told.put("version", consent.noticeVersion()).put("site", kept.site).put("language", "zh-CN");
    notice.ifPresent(
        n -> {
          told.put("sha256", n.text().fingerprint());
          ObjectNode items = told.putObject("text");
          n.text()
              .items()
              .forEach((item, text) -> items.put(item.name(), text.zh() + "\n" + text.en()));
        });
    ObjectNode what = processing.putArray("purposes").addObject();
    what.put("purpose_id", consent.purpose().value());
    notice
        .map(n -> n.text().item(NoticeItem.PURPOSE_METHOD_RETENTION))
        .ifPresent(text -> what.put("purpose", text.zh()).put("purpose_en", text.en()));
    what.put("lawful_basis", "separate consent: PIPL art. 13(1)(1) and 29; Measures 2025 art. 6");
    ArrayNode methods = what.putArray("processing_methods");
    consent.operations().stream().map(Verb::name).sorted().forEach(methods::add);
    what.putArray("pii_information")
        .addObject()
        .put("pii_type", "face information")
        .put("sensitive", true)
        .put("form", "sealed face template; images are not kept");
    what.put("storage_location", "on the device at the site; not sent over the internet");
    consent.recipient().ifPresent(r -> what.putArray("recipients").add(r));
    what.put("jurisdiction", "CN");
    what.put("withdrawal_method", link.toString());
    ArrayNode rights = what.putArray("privacy_rights");
    for (String right :
        new String[] {"access", "copy", "correct", "delete", "restrict", "withdraw", "explain"}) {
      rights.add(right);
    }
    ObjectNode party = page.putArray("party_identification").addObject();
    party.put("party_role", "PII controller");
    operator.ifPresent(o -> party.put("party_name", o.name()).put("party_contact", o.contact()));
    ArrayNode events = page.putArray("events");
    events
        .addObject()
        .put("event_type", "explicit consent")
        .put("event_state", "given")
        .put("event_time", consent.givenAt().toString())
        .put("consent_form", consent.form().name())
        .put("given_by", consent.by().name())
        .put("channel", consent.channel())
        .put("evidence_sha256", consent.evidenceHash());
    kept.entry.ifPresent(entry -> events.get(0).asObject().put("log_entry", entry));
    consent
        .withdrawnAt()
        .ifPresent(
            at ->
                events
                    .addObject()
                    .put("event_type", "withdrawal")
                    .put("event_state", "withdrawn")
                    .put("event_time", at.toString()));
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(page);
  }

  private Optional<Notice> notice(Consent consent, Kept kept) {
    return notices
        .history(consent.purpose(), new cn.mingmian.platform.places.SiteId(kept.site))
        .stream()
        .filter(n -> n.version() == consent.noticeVersion())
        .findFirst();
  }

  // ---- for people

  /// The receipt to keep, with its record and proof inside.
  public Paper paper(ConsentReceipt receipt) {
    Consent consent = receipt.consent();
    Optional<Operator> operator = places.operator();
    Optional<Bilingual> told =
        told(consent).map(n -> n.text().item(NoticeItem.PURPOSE_METHOD_RETENTION));
    Paper paper =
        Paper.page(new Bilingual("同意回执", "Consent receipt"))
            .text(
                "请保存本回执。您可以随时扫码撤回同意，不需要理由，也不需要刷脸。",
                "Keep this receipt. Scan to withdraw at any time: no reason, no face.")
            .facts(
                Paper.fact("处理者", "Who processes", operator.map(Operator::name).orElse("-")),
                Paper.fact("联系方式", "Contact", operator.map(Operator::contact).orElse("-")),
                Paper.fact("当时告知的内容", "What was told", told.map(Bilingual::zh).orElse("-")),
                Paper.fact("英文", "In English", told.map(Bilingual::en).orElse("-")),
                Paper.fact(
                    "同意的处理",
                    "Agreed to",
                    consent.operations().stream()
                        .sorted()
                        .map(Receipts::named)
                        .map(Bilingual::zh)
                        .collect(Collectors.joining("、"))),
                Paper.fact(
                    "同意人",
                    "Given by",
                    consent.by() == ConsentBy.SELF ? "本人 / the person" : "监护人 / the guardian"),
                Paper.fact("同意时间（北京）", "Given at (Beijing)", local(consent.givenAt())),
                Paper.fact(
                    "渠道、告知版本",
                    "Where; version of the notice",
                    "%s; %d".formatted(consent.channel(), consent.noticeVersion())),
                Paper.fact("编号", "Number", consent.id().value()));
    paper =
        consent
            .withdrawnAt()
            .map(Receipts::local)
            .map(at -> "已于 %s 撤回 / withdrawn".formatted(at))
            .map(state -> Paper.fact("状态", "State", state))
            .map(paper::facts)
            .orElse(paper);
    paper =
        paper
            .pictures(
                new Paper.Picture(
                    QrCode.of(receipt.link().toString()).png(),
                    40,
                    new Bilingual("扫码查看或撤回", "Scan to look or to withdraw")))
            .attach("consent.json", "application/json", bytes(receipt.json()));
    Optional<String> proof = receipt.proof();
    if (proof.isEmpty()) {
      return paper.text(
          "日志证明尚未公布，请稍后重新下载本回执。",
          "The log's proof is not published yet: fetch this receipt again.");
    }
    return paper
        .text(
            "本同意已写入透明日志，证明随本文件附带，任何人都可以独立核验。",
            "This consent is in the transparency log; the proof is attached and anyone can check it.")
        .attach("consent.tlog-proof", "text/plain", bytes(proof.get()));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String local(Instant at) {
    return LOCAL_TIME.format(at);
  }

  /// What a verb is called towards the person.
  public static Bilingual named(Verb verb) {
    return switch (verb) {
      case CAPTURE -> new Bilingual("采集人脸图像", "take a picture of the face");
      case ENROL -> new Bilingual("登记人脸模板", "enrol a face template");
      case VERIFY -> new Bilingual("与本人模板比对（1:1）", "compare with the own template (1:1)");
      case IDENTIFY -> new Bilingual("在登记人员中比对（1:N）", "search among the enrolled (1:N)");
      case TRANSMIT -> new Bilingual("传出设备", "send out of the device");
      case PROVIDE -> new Bilingual("提供给其他处理者", "provide to another processor");
      case ANALYSE -> new Bilingual("分析", "analyse");
      case KEEP_IMAGE -> new Bilingual("保存人脸图像", "keep an image of the face");
      case PUBLISH -> new Bilingual("公开", "publish");
      case DEPLOY, PROMPT, RELY, ACCESS, RETAIN, ERASE -> new Bilingual(verb.name(), verb.name());
    };
  }
}
