package cn.mingmian.platform.rights;

import cn.mingmian.platform.audit.Books;
import cn.mingmian.platform.documents.Paper;
import cn.mingmian.platform.places.Operator;
import cn.mingmian.platform.records.Bilingual;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// An erasure certificate on paper. It is set from the signed text, so it cannot tell anything
// else.
final class CertificatePaper {
  private static final DateTimeFormatter LOCAL_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(Books.SHANGHAI);

  private CertificatePaper() {}

  static Paper of(ErasureCertificate certificate) {
    JsonNode told = JsonMapper.shared().readTree(certificate.json());
    Paper paper =
        Paper.page(new Bilingual("人脸信息删除证明", "Certificate of erasure"))
            .text(
                "下列人脸模板及其密钥已被销毁；自表中所列时间起，任何检索都无法找到。同意、告知和处理记录依法另行保存，不含人脸信息。",
                "The face templates below and their keys were destroyed; since the time stated nothing finds them. Records of consent, notice and processing are kept as the law demands and hold no face information.")
            .facts(
                Paper.fact("证明编号", "Number", certificate.id()),
                Paper.fact("出具时间（北京）", "Issued at (Beijing)", local(certificate.issuedAt())),
                Paper.fact("处理者", "Who processed", told.path("operator").asString("-")),
                Paper.fact("联系方式", "Contact", told.path("contact").asString("-")),
                Paper.fact("人员编号", "Person", told.path("person").asString("-")))
            .heading("已销毁的内容", "What was destroyed");
    List<List<String>> rows = new ArrayList<>();
    int number = 0;
    for (JsonNode one : told.path("destroyed")) {
      number++;
      rows.add(
          List.of(
              Integer.toString(number),
              reason(one.path("reason").asString("")),
              at(one, "unfindableSince"),
              at(one, "destroyedAt"),
              at(one, "copiesUnreadableBy")
                  + (one.path("copiesUnreadable").asBoolean(false) ? " ✓" : "")));
      String receipt = one.path("logReceipt").asString("");
      if (!receipt.isEmpty()) {
        paper =
            paper.attach("erasure-%d.tlog-proof".formatted(number), "text/plain", bytes(receipt));
      }
    }
    return paper
        .with(
            new Paper.Table(
                List.of(
                    new Bilingual("序号", "No."),
                    new Bilingual("原因", "Why"),
                    new Bilingual("自此无法检索", "Unfindable since"),
                    new Bilingual("模板与密钥销毁", "Template and keys destroyed"),
                    new Bilingual("残留副本不可读", "Copies unreadable by")),
                rows))
        .text(
            "签名覆盖附件 certificate.json 的全部字节；日志证明随本文件附带，任何人都可以独立核验。",
            "The signature covers every byte of the attached certificate.json; the log's proofs are attached and anyone can check them.")
        .verbatim(
            "Ed25519\npublic key (X.509)  %s\nsignature           %s"
                .formatted(certificate.publicKey(), certificate.signature()))
        .attach("certificate.json", "application/json", bytes(certificate.json()))
        .attach("certificate.sig", "text/plain", bytes(certificate.signature()));
  }

  /// @param signed the signed text
  static Paper noTemplate(
      ErasureCertificate signed,
      Optional<Operator> operator,
      Instant since,
      Optional<String> proof) {
    Paper paper =
        Paper.page(new Bilingual("未生成人脸模板的声明", "Statement that no template was made"))
            .text(
                "在下列时间内，本关口没有登记任何人脸，也没有生成人脸模板。您没有使用人脸，这里没有留下关于您的任何记录。",
                "In the time below nobody's face was enrolled at this checkpoint and no template was made. You did not use your face; nothing about you was recorded here.")
            .facts(
                Paper.fact("处理者", "Who processes", operator.map(Operator::name).orElse("-")),
                Paper.fact("联系方式", "Contact", operator.map(Operator::contact).orElse("-")),
                Paper.fact("自（北京时间）", "From (Beijing)", local(since)),
                Paper.fact("至（北京时间）", "To (Beijing)", local(signed.issuedAt())),
                Paper.fact("编号", "Number", signed.id()))
            .verbatim(
                "Ed25519\npublic key (X.509)  %s\nsignature           %s"
                    .formatted(signed.publicKey(), signed.signature()))
            .attach("statement.json", "application/json", bytes(signed.json()))
            .attach("statement.sig", "text/plain", bytes(signed.signature()));
    return proof
        .map(text -> paper.attach("statement.tlog-proof", "text/plain", bytes(text)))
        .orElse(paper);
  }

  private static String reason(String reason) {
    return switch (reason) {
      case "withdrawn" -> "撤回同意 / withdrawn";
      case "expired" -> "期限届满 / expired";
      case "requested" -> "本人要求 / requested";
      default -> reason;
    };
  }

  private static String at(JsonNode one, String field) {
    return local(Instant.parse(one.path(field).asString()));
  }

  private static String local(Instant at) {
    return LOCAL_TIME.format(at);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
