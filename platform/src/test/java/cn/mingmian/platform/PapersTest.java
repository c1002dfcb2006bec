package cn.mingmian.platform;

import static org.assertj.core.api.Assertions.assertThat;

import cn.mingmian.platform.consent.Consent;
import cn.mingmian.platform.consent.ConsentReceipt;
import cn.mingmian.platform.documents.Paper;
import cn.mingmian.platform.people.PersonId;
import cn.mingmian.platform.rights.ErasureCertificate;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What people take home, printed from a gate that is really run.
class PapersTest {
  private static final URI ADDRESS = URI.create("https://gate.example:8443");
  private static final String PHOTO = "images/p01/enrol.jpg";

  @TempDir Path data;

  @Test
  void a_receipt_tells_what_was_agreed_and_opens_the_consent_again() throws Exception {
    try (Gate gate = Gate.lawful(data)) {
      Consent consent = gate.consent(gate.grownUp());
      gate.platform.trail().awaitPublished(entryOf(gate, consent), Duration.ofSeconds(5));
      ConsentReceipt receipt = gate.platform.receipts().of(consent.id(), ADDRESS);

      JsonNode record = JsonMapper.shared().readTree(receipt.json());
      assertThat(record.at("/header/schema_version").asString()).isEqualTo("ISO/IEC TS 27560:2023");
      assertThat(record.at("/pii_processing/privacy_notice/sha256").asString()).hasSize(64);
      assertThat(record.at("/pii_processing/purposes/0/purpose").asString()).contains("365天");
      assertThat(record.at("/events/0/event_state").asString()).isEqualTo("given");

      Printed paper = print(gate, gate.platform.receipts().paper(receipt), "receipt");
      assertThat(paper.text())
          .contains("同意回执", "南苑物业", "撤回同意，不需要理由，也不需要刷脸", "登记人脸模板", "365天")
          .contains(consent.id().value());
      assertThat(paper.pages()).isEqualTo(1);
      assertThat(paper.files()).containsOnlyKeys("consent.json", "consent.tlog-proof");
      assertThat(paper.file("consent.tlog-proof")).isEqualTo(receipt.proof().orElseThrow());

      String token = receipt.link().getPath().substring("/r/".length());
      assertThat(gate.platform.receipts().open(token)).map(Consent::id).contains(consent.id());
    }
  }

  @Test
  void forged_and_foreign_links_open_nothing() {
    try (Gate gate = Gate.lawful(data)) {
      String mine = token(gate, gate.consent(gate.grownUp()));
      String others = token(gate, gate.consent(gate.grownUp()));
      String number = mine.substring(0, 26);
      for (String forged :
          new String[] {
            number,
            number + ".",
            number + others.substring(26),
            others.substring(0, 26) + mine.substring(26),
            mine.substring(0, mine.length() - 1),
            mine + "A",
            "0".repeat(26) + mine.substring(26),
            "../../etc/passwd",
            ""
          }) {
        assertThat(gate.platform.receipts().open(forged)).as(forged).isEmpty();
      }
    }
  }

  @Test
  void a_certificate_on_paper_carries_what_proves_it() throws Exception {
    try (Gate gate = Gate.lawful(data)) {
      PersonId person = gate.enrolled(PHOTO);
      Consent consent = gate.platform.consents().of(person).getFirst();
      gate.platform.rights().withdraw(consent.id(), "desk");
      ErasureCertificate certificate = gate.platform.rights().certify(person);

      Printed paper = print(gate, gate.platform.rights().paper(certificate), "certificate");
      assertThat(paper.text())
          .contains("人脸信息删除证明", "撤回同意 / withdrawn", certificate.id(), "南苑物业", "人脸模板及其密钥已被销毁");
      assertThat(paper.files())
          .containsOnlyKeys("certificate.json", "certificate.sig", "erasure-1.tlog-proof");

      Signature check = Signature.getInstance("Ed25519");
      check.initVerify(
          KeyFactory.getInstance("Ed25519")
              .generatePublic(
                  new X509EncodedKeySpec(Base64.getDecoder().decode(certificate.publicKey()))));
      check.update(paper.file("certificate.json").getBytes(StandardCharsets.UTF_8));
      assertThat(check.verify(Base64.getDecoder().decode(paper.file("certificate.sig")))).isTrue();
    }
  }

  @Test
  void a_sign_names_the_purpose_the_other_ways_and_where_to_read_on() throws Exception {
    try (Gate gate = Gate.lawful(data)) {
      gate.drawArea(0.2, 0.7);
      Printed paper =
          print(gate, gate.platform.notices().poster(gate.checkpoint, ADDRESS), "poster");
      assertThat(paper.pages()).isEqualTo(1);
      assertThat(paper.text())
          .contains("此处设有人脸识别设备", "您也可以不刷脸", "刷卡、人工服务台", "让自愿登记的居民不用钥匙进门")
          .contains("/notices/" + gate.checkpoint.value());
    }
  }

  private static cn.mingmian.platform.audit.EntryId entryOf(Gate gate, Consent consent) {
    return gate.platform.trail().about(consent.person().value(), 10).stream()
        .filter(entry -> entry.kind().equals("CONSENT_GIVEN"))
        .findFirst()
        .orElseThrow()
        .id();
  }

  private static String token(Gate gate, Consent consent) {
    return gate.platform.receipts().of(consent.id(), ADDRESS).link().getPath().substring(3);
  }

  private record Printed(String text, int pages, Map<String, String> files) {
    String file(String name) {
      return files.getOrDefault(name, "");
    }
  }

  private static Printed print(Gate gate, Paper paper, String name) throws IOException {
    byte[] pdf = gate.platform.press().print(paper);
    Files.write(Files.createDirectories(Path.of("target", "papers")).resolve(name + ".pdf"), pdf);
    try (PDDocument document = Loader.loadPDF(pdf)) {
      Map<String, String> files = new TreeMap<>();
      var names = document.getDocumentCatalog().getNames();
      if (names != null) {
        for (var file : names.getEmbeddedFiles().getNames().entrySet()) {
          files.put(
              file.getKey(),
              new String(file.getValue().getEmbeddedFile().toByteArray(), StandardCharsets.UTF_8));
        }
      }
      // Where a line is broken is a matter of setting.
      String text = new PDFTextStripper().getText(document).replace("\n", "").replace("\r", "");
      return new Printed(text, document.getNumberOfPages(), files);
    }
  }
}
