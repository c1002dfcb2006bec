package cn.mingmian.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import cn.mingmian.platform.evaluation.EvaluationReport;
import cn.mingmian.platform.evaluation.EvaluationReport.Bar;
import cn.mingmian.platform.evaluation.EvaluationReport.Group;
import cn.mingmian.platform.evaluation.EvaluationReport.Row;
import cn.mingmian.platform.evaluation.EvaluationReport.Share;
import cn.mingmian.platform.evaluation.EvaluationReport.TradeOff;
import java.io.StringReader;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class EvaluationPageTest {
  private static final Share FEW = new Share(2, 100, 0.02, 0.0055, 0.07);
  private static final Share MANY = new Share(40, 100, 0.4, 0.309, 0.498);

  private static EvaluationReport report(String model, Share fnmr, List<Group> groups) {
    Row row = new Row(0.01, 0.45, new Share(10, 1000, 0.01, 0.005, 0.018), fnmr, false);
    return new EvaluationReport(
        model,
        "a set <script>alert(1)</script> & more",
        new EvaluationReport.Ground(
            "NO_NATURAL_PERSON", Optional.empty(), Optional.empty(), List.of()),
        Instant.parse("2026-11-22T10:00:00Z"),
        1,
        10,
        50,
        Map.of("NoFace", 1),
        new Share(1, 50, 0.02, 0.003, 0.1),
        100,
        1000,
        new EvaluationReport.EqualErrorRate(0.02, 0.4),
        List.of(row),
        Optional.empty(),
        row,
        List.of(
            new TradeOff(0, 1, 0), new TradeOff(0.45, 0.01, 0.02), new TradeOff(0.5, 1e-3, 0.03)),
        Optional.empty(),
        List.of(),
        List.of(new Bar(-0.1, 0, 0, 400), new Bar(0, 0.1, 0, 600), new Bar(0.7, 0.8, 100, 0)),
        groups);
  }

  private static Document parsed(String html) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(html)));
  }

  @Test
  void the_page_is_well_formed_and_needs_nothing_from_outside() throws Exception {
    String html = EvaluationPage.of(List.of(report("pack-a", FEW, List.of())));
    Document page = parsed(html);
    assertThat(html).doesNotContain("<script", "src=", "href=", "url(", "@import", "http");
    assertThat(page.getElementsByTagName("svg").getLength()).isGreaterThanOrEqualTo(2);
    assertThat(page.getDocumentElement().getTextContent())
        .contains(
            "a set <script>alert(1)</script> & more", "NoFace=1", "0.0200", "[0.0055, 0.0700]")
        .contains("says nothing about error rates on people")
        .doesNotContain("NaN");
  }

  @Test
  void two_packs_stand_side_by_side_and_the_page_says_whether_they_differ() throws Exception {
    EvaluationReport one = report("pack-a", FEW, List.of());
    EvaluationReport other = report("pack-b", MANY, List.of());
    assertThat(parsed(EvaluationPage.of(List.of(one, other))).getDocumentElement().getTextContent())
        .contains("pack-a", "pack-b", "分开 apart");
    assertThat(parsed(EvaluationPage.of(List.of(one, one))).getDocumentElement().getTextContent())
        .contains("重叠 overlap")
        .doesNotContain("分开 apart");
  }

  @Test
  void a_difference_between_groups_is_claimed_only_where_intervals_do_not_overlap()
      throws Exception {
    Group few = new Group("women", 5, FEW, Optional.empty(), Optional.of(FEW));
    Group many = new Group("men", 5, FEW, Optional.empty(), Optional.of(MANY));
    assertThat(EvaluationPage.of(List.of(report("p", FEW, List.of(few, many)))))
        .contains("FNMR: higher for `men` than for `women`")
        .contains("FMR: fewer than two groups have such pairs")
        .contains("infers none from a face");
    String alike = EvaluationPage.of(List.of(report("p", FEW, List.of(few, few))));
    parsed(alike);
    assertThat(alike).contains("FNMR: all intervals overlap").doesNotContain("higher for");
  }
}
