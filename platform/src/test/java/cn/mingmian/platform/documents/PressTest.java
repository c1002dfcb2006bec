package cn.mingmian.platform.documents;

import static org.assertj.core.api.Assertions.assertThat;

import cn.mingmian.platform.records.Bilingual;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.LuminanceSource;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;

class PressTest {
  private static final Press PRESS =
      new Press(Clock.fixed(Instant.parse("2026-11-22T02:00:00Z"), ZoneOffset.UTC));
  private static final String LINK = "https://gate.example/notices/4?lang=zh&x=<1>";

  private static final Paper PAPER =
      Paper.page(new Bilingual("删除证明", "Certificate of erasure"))
          .text("人脸信息已被销毁；龍、喆、㐂 也读得对，𠮷则明示缺字。", "Face information was destroyed <& said so>.")
          .heading("已销毁的内容", "What was destroyed")
          .facts(Paper.fact("处理者", "Processor", "明面小区物业"))
          .with(
              new Paper.Table(
                  List.of(new Bilingual("时间", "When"), new Bilingual("内容", "What")),
                  List.of(List.of("2026-11-22", "人脸模板 face template"))))
          .verbatim("c2sp.org/tlog-proof@v1\nindex 4")
          .pictures(
              new Paper.Picture(
                  QrCode.of(LINK).png(), 40, new Bilingual("扫码查看告知", "Scan to read the notice")))
          .attach(
              "certificate.json",
              "application/json",
              "{\"kind\":\"ERASURE\"}".getBytes(StandardCharsets.UTF_8));

  @Test
  void what_is_printed_can_be_copied_and_searched_character_by_character() throws Exception {
    try (PDDocument pdf = Loader.loadPDF(printed())) {
      String text = new PDFTextStripper().getText(pdf);
      assertThat(text)
          .contains("删除证明", "人脸信息已被销毁", "明面小区物业", "人脸模板 face template")
          .contains("destroyed <& said so>", "c2sp.org/tlog-proof@v1", "扫码查看告知")
          .contains("龍", "喆", "㐂", "，〓则明示缺字");
      assertThat(text.codePoints().filter(c -> c >= 0x2E80 && c <= 0x2FDF)).isEmpty();
    }
  }

  @Test
  void every_font_is_inside_the_file() throws Exception {
    try (PDDocument pdf = Loader.loadPDF(printed())) {
      int fonts = 0;
      for (var page : pdf.getPages()) {
        for (COSName name : page.getResources().getFontNames()) {
          assertThat(page.getResources().getFont(name).isEmbedded()).isTrue();
          fonts++;
        }
      }
      assertThat(fonts).isPositive();
    }
  }

  @Test
  void the_file_says_that_it_is_an_archive_copy_tagged_and_in_chinese() throws Exception {
    try (PDDocument pdf = Loader.loadPDF(printed())) {
      String metadata =
          new String(pdf.getDocumentCatalog().getMetadata().toByteArray(), StandardCharsets.UTF_8);
      assertThat(metadata).contains("pdfaid:part", ">3<", "pdfaid:conformance", ">A<");
      assertThat(pdf.getDocumentCatalog().getMarkInfo().isMarked()).isTrue();
      assertThat(pdf.getDocumentCatalog().getLanguage()).isEqualTo("zh-CN");
      assertThat(pdf.getDocumentCatalog().getOutputIntents()).isNotEmpty();
    }
  }

  @Test
  void attachments_come_out_as_they_went_in() throws Exception {
    try (PDDocument pdf = Loader.loadPDF(printed())) {
      var files = pdf.getDocumentCatalog().getNames().getEmbeddedFiles().getNames();
      var file = java.util.Objects.requireNonNull(files.get("certificate.json"));
      assertThat(file.getEmbeddedFile().toByteArray())
          .asString()
          .isEqualTo("{\"kind\":\"ERASURE\"}");
    }
  }

  @Test
  void the_code_on_the_paper_reads_back_as_its_link() throws Exception {
    try (PDDocument pdf = Loader.loadPDF(printed())) {
      assertThat(read(new PDFRenderer(pdf).renderImageWithDPI(0, 200))).isEqualTo(LINK);
    }
  }

  @Test
  void the_code_on_the_screen_has_the_modules_of_the_code_on_paper() throws Exception {
    BufferedImage png = ImageIO.read(new ByteArrayInputStream(QrCode.of(LINK).png()));
    assertThat(read(png)).isEqualTo(LINK);
    assertThat(QrCode.of(LINK).svg())
        .startsWith("<svg")
        .contains("viewBox=\"0 0 %1$d %1$d\"".formatted(png.getWidth() / 8));
  }

  private static byte[] printed() throws Exception {
    byte[] pdf = PRESS.print(PAPER);
    Path folder = Files.createDirectories(Path.of("target", "papers"));
    Files.write(folder.resolve("press.pdf"), pdf);
    return pdf;
  }

  private static String read(BufferedImage image) throws Exception {
    int width = image.getWidth();
    int height = image.getHeight();
    LuminanceSource pixels =
        new RGBLuminanceSource(width, height, image.getRGB(0, 0, width, height, null, 0, width));
    return new QRCodeReader().decode(new BinaryBitmap(new HybridBinarizer(pixels))).getText();
  }
}
