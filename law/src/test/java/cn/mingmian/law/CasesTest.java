package cn.mingmian.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cn.mingmian.law.cases.CaseRunner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Every case agrees: our own, and those of a `shared` folder beside the repository where there is
/// one.
class CasesTest {
  @Test
  void the_shared_cases_agree() {
    Path folder =
        Stream.of("../shared/law/cases", "../../shared/law/cases")
            .map(CaseFiles.root()::resolve)
            .filter(Files::isDirectory)
            .findFirst()
            .orElse(Path.of(""));
    assumeTrue(!folder.toString().isEmpty(), "no shared cases beside the repository");
    CaseRunner.Report report = CaseRunner.standard().run(CaseFiles.in(folder));
    assertThat(report.results()).isNotEmpty();
    assertThat(report.allAgree()).as(report.text()).isTrue();
  }
}
