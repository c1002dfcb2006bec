package cn.mingmian.law;

import static org.assertj.core.api.Assertions.assertThat;

import cn.mingmian.fuzz.Fuzz;
import cn.mingmian.law.cases.Case;
import cn.mingmian.law.cases.CaseFolder;
import cn.mingmian.law.cases.StoredDecision;
import cn.mingmian.law.facts.Facts;
import cn.mingmian.law.facts.FactsReader;
import cn.mingmian.law.facts.FactsWriter;
import cn.mingmian.law.facts.MalformedFactsException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Facts, decisions and cases as JSON from outside, bent at random: refused with the place of the
/// fault, or read as what would be written again.
class FuzzTest {
  private static final Path CORPUS = Path.of("src", "test", "resources", "fuzz");

  @Test
  void facts() {
    Fuzz.Report report =
        Fuzz.of("facts")
            .with(CORPUS.resolve("facts"))
            .run(
                MalformedFactsException.class,
                bent -> {
                  Facts read = FactsReader.read(bent);
                  assertThat(FactsReader.read(FactsWriter.write(read))).isEqualTo(read);
                  Rulebook.standard().decide(read);
                });
    System.out.println(report);
    assertThat(report.refused()).isPositive().isLessThan(report.runs());
  }

  @Test
  void decisions() throws IOException {
    Facts facts =
        FactsReader.read(Files.readAllBytes(CORPUS.resolve("facts").resolve("gate.json")));
    String decision = DecisionWriter.write(Rulebook.standard().decide(facts));
    String both = "{\"facts\":%s,\"decision\":%s}".formatted(FactsWriter.write(facts), decision);
    Fuzz.Report report =
        Fuzz.of("decisions")
            .with(both.getBytes(StandardCharsets.UTF_8))
            .run(MalformedFactsException.class, StoredDecision::read);
    System.out.println(report);
    assertThat(report.refused()).isPositive().isLessThan(report.runs());
  }

  @Test
  void cases() {
    // A folder of cases is never refused as a whole: what cannot be read is one unreadable case.
    Fuzz.Report report =
        Fuzz.of("cases")
            .with(CORPUS.resolve("cases"))
            .run(
                MalformedFactsException.class,
                bent -> {
                  List<Case> read = CaseFolder.read(Map.of("bent.json", bent));
                  assertThat(read).isNotNull();
                });
    System.out.println(report);
    assertThat(report.refused()).isZero();
  }
}
