package cn.mingmian.law.deadlines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The days of the 2027 used here are invented: its notice is unpublished.
class HolidayFileTest {
  private static final String REST = ",国办发明电〔2099〕1号,https://www.gov.cn/zhengce/invented.htm\n";
  private static final String INVENTED_2027 =
      HolidayFile.HEADER
          + "\n"
          + "2027-01-01,off,元旦"
          + REST
          + "2027-01-02,off,元旦"
          + REST
          + "2027-01-30,work,春节"
          + REST
          + "2027-02-05,off,春节"
          + REST
          + "2027-02-08,off,春节"
          + REST
          + "2027-04-05,off,清明节"
          + REST
          + "2027-05-01,off,劳动节"
          + REST
          + "2027-06-09,off,端午节"
          + REST
          + "2027-10-01,off,国庆节、中秋节"
          + REST
          + "2027-10-02,off,国庆节、中秋节"
          + REST
          + "2027-10-03,off,国庆节"
          + REST;

  @Test
  void loads_a_further_year_and_keeps_the_others() {
    WorkingDays more = load(INVENTED_2027);
    assertThat(more.years()).contains(2019, 2026, 2027);
    assertThat(more.kindOf(LocalDate.of(2027, 1, 1))).isEqualTo(DayKind.OFF);
    assertThat(more.kindOf(LocalDate.of(2027, 1, 4))).isEqualTo(DayKind.WORKING);
    assertThat(more.kindOf(LocalDate.of(2027, 1, 30))).isEqualTo(DayKind.WORKING);
    assertThat(more.kindOf(LocalDate.of(2027, 1, 31))).isEqualTo(DayKind.OFF);
    assertThat(more.notices(2027))
        .containsExactly(
            new Notice("国办发明电〔2099〕1号", URI.create("https://www.gov.cn/zhengce/invented.htm")));
    assertThat(WorkingDays.published().years()).doesNotContain(2027);
  }

  @Test
  void reads_years_from_2000_on_and_shows_at_most_sixty_characters_of_a_defect() {
    assertThat(
            load(INVENTED_2027
                    .replace("2027-", "2000-")
                    .replace("2000-01-30,work", "2000-01-29,work"))
                .years())
        .contains(2000);
    assertThatThrownBy(() -> load("y".repeat(60) + "\n"))
        .hasMessageContaining("`" + "y".repeat(60) + "`");
  }

  @Test
  void a_later_file_replaces_a_year_as_an_amending_notice_does() {
    WorkingDays amended =
        load(INVENTED_2027)
            .with(
                "amended.csv", bytes(INVENTED_2027.replace("2027-01-30,work", "2027-01-31,work")));
    assertThat(amended.kindOf(LocalDate.of(2027, 1, 30))).isEqualTo(DayKind.OFF);
    assertThat(amended.kindOf(LocalDate.of(2027, 1, 31))).isEqualTo(DayKind.WORKING);
  }

  @Test
  void reads_what_spreadsheets_write_with_a_byte_order_mark_and_carriage_returns() {
    assertThat(load("\uFEFF" + INVENTED_2027.replace("\n", "\r\n")).years()).contains(2027);
    assertThat(load(INVENTED_2027.stripTrailing()).years()).contains(2027);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          2027-01-02,off | 2027-1-02,off      | 3 | 1  | expected one like `2026-01-01`
          2027-01-02,off | 2027-02-30,off     | 3 | 1  | no day of the calendar
          2027-01-02,off | 2027-01-01,off     | 3 | 1  | expected each day once
          2027-01-02,off | 2026-12-31,off     | 3 | 1  | expected each day once
          2027-01-02,off | 1027-01-02,off     | 3 | 1  | before 2000
          2027-01-02,off | 2027-01-02,OFF     | 3 | 12 | expected `off` or `work`
          2027-01-02,off | 2027-01-04,work    | 3 | 12 | a monday and worked anyway
          2027-01-02,off | 2027-01-02,off,x   | 3 | 1  | 6 fields
          2027-01-02,off | 2027-01-02         | 3 | 1  | 4 fields
          work,春节      | work,春分          | 4 | 17 | holiday is `春分`
          work,春节      | work,             | 4 | 17 | holiday is ``
          2027-10-01     | 2027-09-30        | 12 | 1 | does not have `2027-10-01` off
          off,端午节     | off,清明节        | 12 | 1 | has no day off for 端午节
          date,day       | datum,day         | 1 | 1  | the first line is
          2027-01-01     |                   | 2 | 1  | expected one like
          """)
  void refuses_a_bad_line_by_its_place(
      String good, String bad, int line, int column, String problem) {
    String csv = INVENTED_2027.replaceFirst(good, bad == null ? "" : bad);
    assertThatThrownBy(() -> load(csv))
        .isInstanceOfSatisfying(
            HolidayFileException.class,
            e -> {
              assertThat(e.line()).isEqualTo(line);
              assertThat(e.column()).isEqualTo(column);
            })
        .hasMessageContaining("`2027.csv` line " + line + " column " + column)
        .hasMessageContaining(problem);
  }

  @Test
  void refuses_a_notice_without_number_or_a_source_without_https() {
    assertThatThrownBy(() -> load(INVENTED_2027.replaceFirst("国办发明电〔2099〕1号", "通知")))
        .isInstanceOf(HolidayFileException.class)
        .hasMessageContaining("line 2 column 19: notice is `通知`");
    for (String source : new String[] {"http://www.gov.cn/x", "https:/x", "file:///x", "a b"}) {
      assertThatThrownBy(
              () ->
                  load(
                      INVENTED_2027.replaceFirst(
                          "https://www.gov.cn/zhengce/invented.htm", source)))
          .isInstanceOf(HolidayFileException.class)
          .hasMessageContaining("line 2 column 33: source is `" + source + "`");
    }
  }

  @Test
  void refuses_a_file_that_is_empty_huge_truncated_or_in_another_encoding() {
    assertThatThrownBy(() -> load("")).hasMessageContaining("the first line is ``");
    assertThatThrownBy(() -> load(HolidayFile.HEADER + "\n")).hasMessageContaining("no days");
    assertThatThrownBy(() -> load("x".repeat(HolidayFile.MOST_BYTES + 1)))
        .hasMessageContaining("at most 262144");
    assertThatThrownBy(() -> load("x".repeat(HolidayFile.MOST_BYTES)))
        .hasMessageContaining("the first line is `" + "x".repeat(60) + "…`");
    assertThatThrownBy(() -> load(INVENTED_2027.substring(0, INVENTED_2027.indexOf("2027-10-01"))))
        .hasMessageContaining("2027 has no day off for 中秋节 国庆节");
    assertThatThrownBy(
            () ->
                WorkingDays.published()
                    .with("2027.csv", INVENTED_2027.getBytes(Charset.forName("GB18030"))))
        .hasMessageContaining("not UTF-8");
    assertThatThrownBy(() -> load(INVENTED_2027.replaceFirst("\n", "\n\n")))
        .hasMessageContaining("line 2 column 1: 1 fields");
  }

  @Tag("slow")
  @Test
  void any_damaged_file_is_either_refused_with_a_place_or_read_whole() {
    long seed = 20261122L;
    Random random = new Random(seed);
    byte[] good = bytes(INVENTED_2027);
    for (int round = 0; round < 3_000; round++) {
      byte[] damaged = good.clone();
      for (int i = random.nextInt(4); i >= 0; i--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      try {
        assertThat(WorkingDays.published().with("2027.csv", damaged).years())
            .as("seed %d round %d", seed, round)
            .contains(2026);
      } catch (HolidayFileException e) {
        assertThat(e.line()).isPositive();
        assertThat(e.column()).isPositive();
      }
    }
  }

  private static WorkingDays load(String csv) {
    return WorkingDays.published().with("2027.csv", bytes(csv));
  }

  static byte[] bytes(String csv) {
    return csv.getBytes(StandardCharsets.UTF_8);
  }
}
