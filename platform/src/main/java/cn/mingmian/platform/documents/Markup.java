package cn.mingmian.platform.documents;

import cn.mingmian.platform.records.Bilingual;
import java.util.Base64;

/// Sets a paper as XHTML for the press. Every text is escaped here and nowhere else.
final class Markup {
  private static final String STYLE =
      """
      @page { size: A4; margin: 20mm 18mm 22mm 18mm;
        @bottom-center { content: counter(page) " / " counter(pages); font: 8pt 'Noto Sans SC'; color: #555; } }
      body { font: 10.5pt/1.6 'Noto Sans SC'; color: #1a1a1a; margin: 0; }
      .en { color: #555; font-size: 0.86em; }
      h1 { font-size: 20pt; line-height: 1.3; margin: 0 0 6mm; padding-bottom: 3mm; border-bottom: 1.2pt solid #1a1a1a; }
      h2 { font-size: 12.5pt; line-height: 1.4; margin: 6mm 0 2mm; page-break-after: avoid; }
      h1 .en, h2 .en { font-weight: 400; font-size: 0.62em; margin-left: 2mm; }
      p { margin: 0 0 2.5mm; orphans: 2; widows: 2; }
      p .en { display: block; line-height: 1.45; }
      table { width: 100%; border-collapse: collapse; margin: 1mm 0 4mm; -fs-table-paginate: paginate; }
      tr { page-break-inside: avoid; }
      th, td { text-align: left; vertical-align: top; padding: 1.5mm 2mm 1.5mm 0; border-bottom: 0.4pt solid #bbb; word-wrap: break-word; }
      th { font-weight: 400; }
      th .en { display: block; line-height: 1.3; }
      table.facts th { width: 34%; }
      table.rows th { border-bottom: 0.8pt solid #1a1a1a; font-size: 9.5pt; }
      table.rows td { font-size: 9.5pt; }
      .verbatim { font-size: 7.5pt; line-height: 1.35; white-space: pre-wrap; word-wrap: break-word; background: #f4f4f2; padding: 2mm; margin: 0 0 3mm; }
      table.pictures td { border: 0; text-align: center; padding: 2mm; font-size: 9.5pt; line-height: 1.4; }
      table.pictures .en { display: block; }
      body.poster { font-size: 14pt; line-height: 1.55; }
      body.poster h1 { font-size: 34pt; text-align: center; border-bottom: 2.5pt solid #1a1a1a; margin-bottom: 5mm; }
      body.poster h1 .en { display: block; font-size: 0.42em; margin: 1mm 0 0; }
      body.poster h2 { font-size: 17pt; margin: 4mm 0 1mm; }
      body.poster table.pictures td { font-size: 13pt; }
      """;

  private final StringBuilder out = new StringBuilder(8_192);

  private Markup() {}

  static String of(Paper paper) {
    return new Markup().whole(paper);
  }

  private String whole(Paper paper) {
    out.append("<!DOCTYPE html><html lang=\"zh-CN\"><head><title>")
        .append(escaped(paper.title().zh() + " " + paper.title().en()))
        .append("</title><meta name=\"subject\" content=\"")
        .append(escaped(paper.title().en()))
        .append(
            "\"/><meta name=\"author\" content=\"Mingmian\"/><meta name=\"description\" content=\"")
        .append(escaped(paper.title().zh()))
        .append("\"/><style>")
        .append(STYLE)
        .append("</style></head><body class=\"")
        .append(paper.layout() == Paper.Layout.POSTER ? "poster" : "page")
        .append("\"><h1>");
    both(paper.title());
    out.append("</h1>");
    paper.blocks().forEach(this::block);
    return out.append("</body></html>").toString();
  }

  private void block(Paper.Block block) {
    switch (block) {
      case Paper.Heading heading -> {
        out.append("<h2>");
        both(heading.text());
        out.append("</h2>");
      }
      case Paper.Text text -> {
        out.append("<p>");
        both(text.text());
        out.append("</p>");
      }
      case Paper.Facts facts -> {
        out.append("<table class=\"facts\">");
        for (Paper.Fact fact : facts.facts()) {
          out.append("<tr><th>");
          both(fact.name());
          out.append("</th><td>").append(escaped(fact.value())).append("</td></tr>");
        }
        out.append("</table>");
      }
      case Paper.Table table -> {
        out.append("<table class=\"rows\"><thead><tr>");
        for (Bilingual column : table.columns()) {
          out.append("<th>");
          both(column);
          out.append("</th>");
        }
        out.append("</tr></thead><tbody>");
        for (var row : table.rows()) {
          out.append("<tr>");
          row.forEach(cell -> out.append("<td>").append(escaped(cell)).append("</td>"));
          out.append("</tr>");
        }
        out.append("</tbody></table>");
      }
      case Paper.Verbatim verbatim ->
          out.append("<div class=\"verbatim\">").append(escaped(verbatim.text())).append("</div>");
      case Paper.Pictures pictures -> {
        out.append("<table class=\"pictures\"><tr>");
        pictures.pictures().forEach(this::picture);
        out.append("</tr></table>");
      }
    }
  }

  private void picture(Paper.Picture picture) {
    out.append("<td><img style=\"width: ")
        .append(picture.millimetres())
        .append("mm\" alt=\"")
        .append(escaped(picture.caption().zh()))
        .append("\" src=\"data:image/png;base64,")
        .append(Base64.getEncoder().encodeToString(picture.png()))
        .append("\"/><br/>");
    both(picture.caption());
    out.append("</td>");
  }

  private void both(Bilingual text) {
    out.append(escaped(text.zh()))
        .append(" <span class=\"en\" lang=\"en\">")
        .append(escaped(text.en()))
        .append("</span>");
  }

  /// Also leaves out what XML cannot hold, so that no text stops a paper.
  private static String escaped(String text) {
    StringBuilder safe = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                default -> {
                  boolean xml =
                      c == '\n'
                          || c == '\t'
                          || (c >= 0x20 && c < 0xD800)
                          || (c >= 0xE000 && c <= 0xFFFD)
                          || c >= 0x10000;
                  safe.appendCodePoint(xml ? c : 0xFFFD);
                }
              }
            });
    return safe.toString();
  }
}
