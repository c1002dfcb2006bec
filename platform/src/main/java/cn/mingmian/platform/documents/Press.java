package cn.mingmian.platform.documents;

import com.openhtmltopdf.extend.FSTextBreaker;
import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.pdfboxout.PdfBoxRenderer;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.util.XRLog;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentNameDictionary;
import org.apache.pdfbox.pdmodel.PDEmbeddedFilesNameTreeNode;
import org.apache.pdfbox.pdmodel.common.filespecification.PDComplexFileSpecification;
import org.apache.pdfbox.pdmodel.common.filespecification.PDEmbeddedFile;

/// Prints papers as PDF/A-3a: tagged for readers who do not see, fonts and attachments inside, so
/// that it reads the same in thirty years. Thread-safe.
public final class Press {
  private static final String FAMILY = "Noto Sans SC";

  static {
    XRLog.setLoggingEnabled(false); // it tells of every font and page on standard error
  }

  private final java.time.Clock clock;

  public Press(java.time.Clock clock) {
    this.clock = clock;
  }

  /// @return a PDF file
  public byte[] print(Paper paper) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PdfRendererBuilder builder =
        new PdfRendererBuilder()
            .usePdfAConformance(PdfRendererBuilder.PdfAConformance.PDFA_3_A)
            .usePdfUaAccessibility(true)
            .useColorProfile(ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData())
            .withProducer("Mingmian")
            .withHtmlContent(Markup.of(paper), null)
            .useReplacementText("〓") // the printer's mark for a character that the font lacks
            .useUnicodeLineBreaker(new ChineseLines())
            .toStream(out);
    // Nothing is fetched: what a paper shows is in the paper.
    builder.useUriResolver((base, uri) -> uri.startsWith("data:image/png;base64,") ? uri : null);
    for (ChineseFont font : ChineseFont.values()) {
      builder.useFont(
          () -> new ByteArrayInputStream(font.trueType()),
          FAMILY,
          font.weight(),
          FontStyle.NORMAL,
          true);
    }
    try (PdfBoxRenderer renderer = builder.buildPdfRenderer()) {
      renderer.layout();
      renderer.createPDFWithoutClosing();
      try (PDDocument document = renderer.getPdfDocument()) {
        attach(document, paper.attachments());
        document.save(out);
      }
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "paper `%s` cannot be printed: %s".formatted(paper.title().en(), e.getMessage()), e);
    }
  }

  private void attach(PDDocument document, List<Paper.Attachment> attachments) throws IOException {
    if (attachments.isEmpty()) return;
    Calendar now = GregorianCalendar.from(clock.instant().atZone(java.time.ZoneOffset.UTC));
    Map<String, PDComplexFileSpecification> files = new TreeMap<>();
    COSArray associated = new COSArray();
    for (Paper.Attachment attachment : attachments) {
      PDEmbeddedFile file =
          new PDEmbeddedFile(document, new ByteArrayInputStream(attachment.content()));
      file.setSubtype(attachment.mediaType());
      file.setSize(attachment.content().length);
      file.setModDate(now);
      PDComplexFileSpecification specification = new PDComplexFileSpecification();
      specification.setFile(attachment.name());
      specification.setFileUnicode(attachment.name());
      specification.setEmbeddedFile(file);
      specification.setEmbeddedFileUnicode(file);
      // PDF/A-3, 6.8: an attachment says what it is to the document.
      specification.getCOSObject().setName("AFRelationship", "Data");
      files.put(attachment.name(), specification);
      associated.add(specification);
    }
    PDEmbeddedFilesNameTreeNode tree = new PDEmbeddedFilesNameTreeNode();
    tree.setNames(files);
    PDDocumentNameDictionary names = new PDDocumentNameDictionary(document.getDocumentCatalog());
    names.setEmbeddedFiles(tree);
    document.getDocumentCatalog().setNames(names);
    document.getDocumentCatalog().getCOSObject().setItem(COSName.getPDFName("AF"), associated);
  }

  /// Where a line of Chinese may end: not before a closing mark, not after an opening one.
  private static final class ChineseLines implements FSTextBreaker {
    private final BreakIterator lines = BreakIterator.getLineInstance(Locale.SIMPLIFIED_CHINESE);
    private List<Integer> breaks = List.of();
    private int at;

    @Override
    public void setText(String text) {
      lines.setText(text);
      List<Integer> all = new ArrayList<>();
      for (int b = lines.first(); b != BreakIterator.DONE; b = lines.next()) all.add(b);
      breaks = all;
      at = 0;
    }

    @Override
    public int next() {
      return at < breaks.size() ? breaks.get(at++) : BreakIterator.DONE;
    }
  }
}
