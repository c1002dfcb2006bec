package cn.mingmian.platform;

import static org.assertj.core.api.Assertions.assertThat;

import cn.mingmian.law.facts.ProcessorKind;
import cn.mingmian.platform.filing.Dossier;
import cn.mingmian.platform.filing.Dossiers;
import cn.mingmian.platform.records.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipInputStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DossiersTest {
  @Test
  void an_empty_installation_is_told_everything_that_is_missing(@TempDir Path data) {
    try (Gate gate = new Gate(data)) {
      Dossier dossier = gate.platform.dossiers().build();
      assertThat(dossier.complete()).isFalse();
      assertThat(dossier.items())
          .extracting(Dossier.Item::file)
          .containsExactly("1-operator", "2-purposes", "3-protection", "4-rules", "5-assessment");
      assertThat(dossier.items()).allSatisfy(item -> assertThat(item.missing()).isNotEmpty());
      assertThat(dossier.outside()).hasSize(5);
    }
  }

  @Test
  void a_lawful_gate_lacks_only_what_nobody_entered_and_then_is_complete(@TempDir Path data)
      throws Exception {
    try (Gate gate = Gate.lawful(data)) {
      Dossiers dossiers = gate.platform.dossiers();
      assertThat(missing(dossiers.build())).containsExactly("the unified social credit code");
      gate.platform
          .places()
          .recordOperator(
              gate.platform.places().operator().orElseThrow().version(),
              "南苑物业",
              "privacy@nanyuan.example",
              "91310000MA1K35X00A",
              ProcessorKind.PROPERTY_MANAGER,
              true,
              "李",
              Gate.AUTHOR);
      Dossier dossier = dossiers.build();
      assertThat(missing(dossier)).isEmpty();
      assertThat(dossier.complete()).isTrue();

      Map<String, byte[]> files = unzip(dossiers.zip(dossier));
      assertThat(files).hasSize(6);
      @SuppressWarnings("unchecked")
      Map<String, Object> list =
          Json.read(
              new String(files.getOrDefault("dossier.json", new byte[0]), StandardCharsets.UTF_8),
              Map.class);
      assertThat(list).containsEntry("complete", true);
      for (String file : List.of("1-operator.pdf", "3-protection.pdf", "5-assessment.pdf")) {
        byte[] pdf = files.getOrDefault(file, new byte[0]);
        assertThat(list.toString())
            .contains(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(pdf)));
      }
      assertThat(text(files, "1-operator.pdf")).contains("南苑物业", "91310000MA1K35X00A");
      assertThat(text(files, "2-purposes.pdf")).contains("不用钥匙进门", "SN-1");
      assertThat(text(files, "5-assessment.pdf")).contains("已评估：LEAK_RISK");
    }
  }

  @Test
  void an_assessment_that_the_configuration_has_left_makes_the_dossier_incomplete(
      @TempDir Path data) {
    try (Gate gate = Gate.lawful(data)) {
      gate.drawArea(0, 0.5);
      assertThat(missing(gate.platform.dossiers().build()))
          .contains("南门: the assessment is out of date");
    }
  }

  private static List<String> missing(Dossier dossier) {
    return dossier.items().stream()
        .flatMap(item -> item.missing().stream())
        .map(missing -> missing.en())
        .toList();
  }

  private static String text(Map<String, byte[]> files, String file) throws IOException {
    try (var document = Loader.loadPDF(files.getOrDefault(file, new byte[0]))) {
      return new PDFTextStripper().getText(document);
    }
  }

  private static Map<String, byte[]> unzip(byte[] zip) throws IOException {
    Map<String, byte[]> files = new HashMap<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        files.put(entry.getName(), in.readAllBytes());
      }
    }
    return files;
  }
}
