package cn.mingmian.law.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import cn.mingmian.law.Rulebook;
import cn.mingmian.law.deadlines.Clock;
import cn.mingmian.law.deadlines.Deadlines;
import cn.mingmian.law.lint.Kind;
import cn.mingmian.law.rules.Rule;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Keeps the account of where each obligation is met.
class CoverageTest {
  private static final Path ROOT = Path.of(System.getProperty("mingmian.root"));

  private record Row(String id, String about, List<String> places, String remark) {}

  /// Run with `-Dgolden=write` to bring docs/law/coverage.md up to date.
  @Test
  void coverage_md_tells_for_every_obligation_where_it_is_met_or_why_not() throws IOException {
    Path page = ROOT.resolve("docs/law/coverage.md");
    String wanted = page();
    if ("write".equals(System.getProperty("golden"))) {
      Files.createDirectories(page.getParent());
      Files.writeString(page, wanted);
      return;
    }
    assertThat(Files.readString(page))
        .as("docs/law/coverage.md is behind its table: run this test with -Dgolden=write")
        .isEqualTo(wanted);
  }

  @Test
  void every_row_has_a_place_or_a_reason_and_stands_once() {
    assertThat(rows()).extracting(Row::id).doesNotHaveDuplicates();
    assertThat(rows()).hasSizeGreaterThan(200);
    for (Row row : rows()) {
      assertThat(row.places.isEmpty() && row.remark.isEmpty()).as(row.id).isFalse();
      assertThat(row.about).as(row.id).isNotBlank();
    }
  }

  @Test
  void names_only_rules_clocks_and_kinds_that_exist() {
    Set<String> rules = ids();
    Set<String> clocks = Deadlines.clocks().stream().map(Clock::rule).collect(Collectors.toSet());
    Set<String> kinds =
        java.util.Arrays.stream(Kind.values()).map(Kind::name).collect(Collectors.toSet());
    for (Row row : rows()) {
      for (String place : row.places) {
        String name = place.substring(1);
        switch (place.charAt(0)) {
          case '=' -> assertThat(rules).as(row.id).contains(name);
          case '@' -> assertThat(clocks).as(row.id).contains(name);
          case '~' -> assertThat(kinds).as(row.id).contains(name);
          default -> assertThat(place).as(row.id).matches("-?[a-z]+([.][a-z]+)?");
        }
      }
    }
  }

  @Test
  void leaves_no_rule_clock_or_kind_of_the_program_out() {
    Set<String> named = new TreeSet<>();
    rows().forEach(row -> named.addAll(row.places));
    assertThat(named).containsAll(ids().stream().map(id -> "=" + id).toList());
    assertThat(named).containsAll(Deadlines.clocks().stream().map(c -> "@" + c.rule()).toList());
    assertThat(named)
        .containsAll(java.util.Arrays.stream(Kind.values()).map(k -> "~" + k).toList());
  }

  @Test
  void says_built_only_of_what_is_there() {
    for (String name : built()) {
      int dot = name.indexOf('.');
      String module = dot < 0 ? name : name.substring(0, dot);
      Path source =
          ROOT.resolve(module).resolve("src/main/java/cn/mingmian").resolve(name.replace('.', '/'));
      assertThat(source).as(name).isDirectoryContaining("glob:**/package-info.java");
    }
  }

  private static Set<String> ids() {
    return Rulebook.standard().rules().stream()
        .map(Rule::id)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String page() {
    Set<String> built = built();
    StringBuilder page =
        new StringBuilder(
            """
            # Where each obligation is met

            Every duty that the law, the standards, the 2023 draft and the proposals put on whoever uses face recognition
            in mainland China, as far as we have found them, and where this program meets it. Written by `CoverageTest`
            from its table (`mvn -pl law test -Dtest=CoverageTest -Dgolden=write`).

            * **rule**: decided at run time by that rule of the rulebook; `docs/law/rules.md` has its text
            * **clock**: a deadline that the program counts
            * **lint**: a wording that the linters of terms and screens find
            * **place**: the package that does it or keeps the record; *not built yet* means just that, and *this part* that
              the package is there for something else
            * a row without any of these tells why a machine cannot decide it

            """);
    int[] counts = new int[4];
    for (String line : lines()) {
      if (line.startsWith("## ")) {
        page.append(line).append("\n\n| | about | met by | remark |\n|---|---|---|---|\n");
      } else if (line.isEmpty()) {
        page.append('\n');
      } else if (!line.startsWith("#") && !line.startsWith("built:")) {
        Row row = row(line);
        page.append(
            "| %s | %s | %s | %s |\n".formatted(row.id, row.about, met(row, built), row.remark));
        count(row, built, counts);
      }
    }
    page.append(
        """

        ## Sum

        %d rows: %d decided by a rule, counted by a clock or found by a linter; %d more done or recorded in a place that
        is built; %d wait for what is not built yet; %d are not for a machine to decide.
        """
            .formatted(
                counts[0] + counts[1] + counts[2] + counts[3],
                counts[0],
                counts[1],
                counts[2],
                counts[3]));
    return page.toString().replace("\n\n\n", "\n\n");
  }

  private static void count(Row row, Set<String> built, int[] counts) {
    if (row.places.isEmpty()) counts[3]++;
    else if (row.places.stream().anyMatch(p -> "=@~".indexOf(p.charAt(0)) >= 0)) counts[0]++;
    else if (row.places.stream().anyMatch(built::contains)) counts[1]++;
    else counts[2]++;
  }

  private static String met(Row row, Set<String> built) {
    List<String> met = new ArrayList<>();
    for (String place : row.places) {
      String name = place.substring(1);
      met.add(
          switch (place.charAt(0)) {
            case '=' -> "rule `" + name + "`";
            case '@' -> "clock `" + name + "`";
            case '~' -> "lint `" + name + "`";
            case '-' -> "`" + name + "` (*this part not built yet*)";
            default -> "`" + place + "`" + (built.contains(place) ? "" : " (*not built yet*)");
          });
    }
    return met.isEmpty() ? "–" : String.join("; ", met);
  }

  private static List<Row> rows() {
    return lines().stream()
        .filter(line -> !line.isEmpty() && !line.startsWith("#") && !line.startsWith("built:"))
        .map(CoverageTest::row)
        .toList();
  }

  private static Row row(String line) {
    String[] fields = line.split("\\|", -1);
    assertThat(fields).as(line).hasSize(4);
    String places = fields[2].strip();
    return new Row(
        fields[0].strip(),
        fields[1].strip(),
        places.isEmpty() ? List.of() : List.of(places.split(" +")),
        fields[3].strip());
  }

  private static Set<String> built() {
    String line = lines().stream().filter(l -> l.startsWith("built:")).findFirst().orElseThrow();
    return new TreeSet<>(List.of(line.substring("built:".length()).strip().split(" +")));
  }

  /// The table without the comment that explains it.
  private static List<String> lines() {
    try (InputStream in = CoverageTest.class.getResourceAsStream("coverage.txt")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return text.substring(text.indexOf("built:")).lines().toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
