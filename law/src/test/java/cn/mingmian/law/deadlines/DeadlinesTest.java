package cn.mingmian.law.deadlines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cn.mingmian.law.deadlines.Clock.Event;
import cn.mingmian.law.deadlines.Due.Certainty;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeadlinesTest {
  private static final Deadlines DEADLINES = Deadlines.published();
  private static final String CSV_2027 =
      """
      date,day,holiday,notice,source
      2027-01-01,off,元旦,国办发明电〔2099〕1号,https://example.org/invented
      2027-01-02,work,元旦,国办发明电〔2099〕1号,https://example.org/invented
      2027-02-05,off,春节,国办发明电〔2099〕1号,https://example.org/invented
      2027-04-05,off,清明节,国办发明电〔2099〕1号,https://example.org/invented
      2027-05-01,off,劳动节,国办发明电〔2099〕1号,https://example.org/invented
      2027-06-09,off,端午节,国办发明电〔2099〕1号,https://example.org/invented
      2027-10-01,off,国庆节、中秋节,国办发明电〔2099〕1号,https://example.org/invented
      2027-10-02,off,国庆节,国办发明电〔2099〕1号,https://example.org/invented
      2027-10-03,off,国庆节,国办发明电〔2099〕1号,https://example.org/invented
      """;

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # what the two official notices say themselves
          MEASURES-2025/15.1, , 2025-06-01, 2025-07-14
          PIPL/52,            , 2025-07-18, 2025-08-29
          VIDEO-REG/14,       , 2025-03-31, 2025-06-30
          # stock: reached or in use before the first day, however long before
          MEASURES-2025/15.1, , 2025-05-31, 2025-07-14
          MEASURES-2025/15.1, , 2019-01-01, 2025-07-14
          PIPL/52,            , 2025-07-17, 2025-08-29
          PIPL/52,            , 2022-02-02, 2025-08-29
          VIDEO-REG/14,       , 2010-10-10, 2025-06-30
          VIDEO-REG/14,       , 2025-04-01, 2025-05-01
          # across holidays, make-up days and the end of a year
          MEASURES-2025/15.1, , 2025-06-02, 2025-07-14
          MEASURES-2025/15.1, , 2025-06-03, 2025-07-15
          MEASURES-2025/15.1, , 2025-12-31, 2026-02-12
          MEASURES-2025/15.3, , 2025-09-15, 2025-10-31
          MEASURES-2025/15.4, , 2026-09-10, 2026-10-28
          DRAFT-2023/16.1,    , 2026-01-20, 2026-03-09
          DRAFT-2023/16.3, CHANGE, 2025-09-15, 2025-10-17
          DRAFT-2023/16.3, CHANGE, 2026-09-10, 2026-10-14
          DRAFT-2023/16.3, END,    2026-09-10, 2026-10-28
          # no event: the shorter of the two
          DRAFT-2023/16.3,    , 2026-09-10, 2026-10-14
          AUDIT-2025/5,       , 2026-04-20, 2026-05-13
          # calendar days, months, years
          VIDEO-REG/17,       , 2026-03-02, 2026-04-01
          GBT-35273/8.7,      , 2024-02-10, 2024-03-11
          PROPOSAL/27,        , 2026-02-25, 2026-03-07
          CSL/21,             , 2025-08-31, 2026-02-28
          CSL/21,             , 2026-02-28, 2026-08-28
          MEASURES-2025/9.3,  , 2024-02-29, 2027-02-28
          PIPL/56,            , 2025-01-06, 2028-01-06
          NDSR/12,            , 2026-12-31, 2029-12-31
          DRAFT-2023/15.3,    , 2025-06-03, 2028-06-03
          DRAFT-2023/19,      , 2024-02-29, 2025-02-28
          MINOR-NET/37,       , 2026-01-01, 2027-01-01
          AUDIT-2025/4,       , 2026-05-01, 2028-05-01
          # a date-time for a clock of days is first turned into the Shanghai date
          MEASURES-2025/15.1, , 2025-06-02T15:59:59Z,      2025-07-14
          MEASURES-2025/15.1, , 2025-06-02T16:00:00Z,      2025-07-15
          MEASURES-2025/15.1, , 2025-05-31T23:59:59+08:00, 2025-07-14
          VIDEO-REG/17,       , 2026-03-01T16:00:00Z,      2026-04-01
          # hours run by wall time, over nights and the Spring Festival
          NDSR/10,      , 2026-02-16T22:10:00+08:00, 2026-02-17T22:10:00+08:00
          HOTEL/6,      , 2026-03-10T13:40:00Z,      2026-03-11T21:40:00+08:00
          NDSR/22.5,    , 2026-12-31T20:00:00+08:00, 2027-01-02T20:00:00+08:00
          GBT-41819/a,  , 2026-12-31T20:00:00+08:00, 2027-01-02T20:00:00+08:00
          """)
  void ends_a_period_where_the_law_ends_it(String rule, String event, String from, String due) {
    Due answer =
        DEADLINES.due(rule, Optional.ofNullable(event).map(Event::valueOf), Start.parse(from));
    assertThat(answer.text()).isEqualTo(due);
    assertThat(answer.isFinal()).isTrue();
    assertThat(answer.clock().rule()).isEqualTo(rule);
  }

  @Test
  void agrees_with_every_clock_case_of_the_shared_folder() throws IOException {
    Path cases = Path.of(System.getProperty("mingmian.root", "..")).resolve("../shared/law/cases");
    assumeTrue(Files.isDirectory(cases), "no shared cases at " + cases + ": skipped");
    Pattern clock =
        Pattern.compile(
            "\"deadline\":\\s*\"([^\"]+)\",\\s*\"from\":\\s*\"([^\"]+)\",\\s*(?:\"event\":\\s*\"([A-Z]+)\",\\s*)?"
                + "\"expect\":\\s*\\{\\s*\"due\":\\s*\"([^\"]+)\"");
    int seen = 0;
    int named = 0;
    try (Stream<Path> files = Files.list(cases)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
        String json = Files.readString(file);
        named += json.split("\"deadline\"", -1).length - 1;
        Matcher found = clock.matcher(json);
        while (found.find()) {
          seen++;
          Due due =
              DEADLINES.due(
                  found.group(1),
                  Optional.ofNullable(found.group(3)).map(Event::valueOf),
                  Start.parse(found.group(2)));
          if (found.group(4).length() == 10) assertThat(due.text()).isEqualTo(found.group(4));
          else
            assertThat(due.end())
                .isEqualTo(new Due.End.Until(OffsetDateTime.parse(found.group(4)).toInstant()));
        }
      }
    }
    assertThat(seen).isEqualTo(named).isPositive();
  }

  @Test
  void a_period_that_runs_into_an_unpublished_year_is_provisional_and_early() {
    Due due = DEADLINES.due("MEASURES-2025/15.1", LocalDate.of(2026, 12, 1));
    // 2 to 31 December holds 22 working days; 1, 4, 5, 6, 7 and 8 January make 28. The margin takes
    // the other two off.
    assertThat(due.text()).isEqualTo("2027-01-08");
    assertThat(due.isFinal()).isFalse();
    assertThat(due.certainty())
        .isInstanceOfSatisfying(
            Certainty.Provisional.class,
            p -> {
              assertThat(p.missing()).containsExactly(2027);
              assertThat(p.why().zh()).contains("2027年", "提前2个工作日");
              assertThat(p.why().en()).contains("notice of 2027", "2 working days are taken off");
            });
    assertThat(due.notices()).extracting(Notice::reference).containsExactly("国办发明电〔2025〕7号");
  }

  @Test
  void a_provisional_date_becomes_final_when_the_notice_is_loaded() {
    Deadlines later =
        Deadlines.by(WorkingDays.published().with("2027.csv", HolidayFileTest.bytes(CSV_2027)));
    Due due = later.due("MEASURES-2025/15.1", LocalDate.of(2026, 12, 1));
    // 1 January is off, Saturday 2 January worked: 2, 4 to 8, 11 and 12 January are the last eight.
    assertThat(due.text()).isEqualTo("2027-01-12");
    assertThat(due.isFinal()).isTrue();
    assertThat(due.notices())
        .extracting(Notice::reference)
        .containsExactly("国办发明电〔2025〕7号", "国办发明电〔2099〕1号");
    assertThat(later.calendar().years()).contains(2027);
  }

  @Test
  void the_last_week_of_december_stays_provisional_while_the_next_notice_can_change_it() {
    Due before = DEADLINES.due("MEASURES-2025/15.1", LocalDate.of(2026, 11, 12));
    assertThat(before.text()).isEqualTo("2026-12-24");
    assertThat(before.isFinal()).isTrue();
    Due after = DEADLINES.due("MEASURES-2025/15.1", LocalDate.of(2026, 11, 13));
    assertThat(after.text()).isEqualTo("2026-12-25");
    assertThat(after.certainty())
        .isInstanceOfSatisfying(
            Certainty.Provisional.class,
            p -> {
              assertThat(p.missing()).containsExactly(2027);
              assertThat(p.why().en()).contains("December before");
              assertThat(p.why().zh()).contains("十二月");
            });
    // The notice of 2026 is known, so the same week of 2025 is settled.
    assertThat(DEADLINES.due("MEASURES-2025/15.1", LocalDate.of(2025, 11, 17)).isFinal()).isTrue();
  }

  /// Pretends, for each year in turn, that its notice were unpublished.
  @Test
  void a_provisional_date_is_never_later_than_the_final_one_over_all_published_years() {
    TreeMap<Integer, Integer> widest = new TreeMap<>();
    for (int year = 2020; year <= 2026; year++) {
      Deadlines blind = Deadlines.by(WorkingDays.published().without(year));
      for (LocalDate day = LocalDate.of(year - 1, 11, 1);
          day.isBefore(LocalDate.of(year, 11, 1));
          day = day.plusDays(1)) {
        for (String rule : List.of("MEASURES-2025/15.3", "DRAFT-2023/16.3", "AUDIT-2025/5")) {
          Due early = blind.due(rule, day);
          Due exact = DEADLINES.due(rule, day);
          boolean crosses = exact.lastDay().getYear() >= year;
          assertThat(early.lastDay())
              .as("%s from %s", rule, day)
              .isBeforeOrEqualTo(exact.lastDay());
          if (crosses) assertThat(early.isFinal()).as("%s from %s", rule, day).isFalse();
          widest.merge(
              year, (int) (exact.lastDay().toEpochDay() - early.lastDay().toEpochDay()), Math::max);
        }
      }
    }
    // Early, but not by more than the longest holidays and the margin explain.
    assertThat(widest.values()).allSatisfy(days -> assertThat(days).isBetween(2, 16));
  }

  @Test
  void clocks_of_days_months_and_years_need_no_notice_however_far_they_reach() {
    for (String rule : List.of("VIDEO-REG/17", "CSL/21", "MEASURES-2025/9.3")) {
      assertThat(DEADLINES.due(rule, LocalDate.of(2026, 12, 20)).isFinal()).isTrue();
      assertThat(DEADLINES.due(rule, LocalDate.of(2050, 12, 20)).notices()).isEmpty();
    }
  }

  @Test
  void a_day_clock_is_over_at_midnight_in_shanghai_and_an_hour_clock_after_its_instant() {
    Due day = DEADLINES.due("GBT-35273/8.7", LocalDate.of(2026, 3, 4));
    assertThat(day.isOver(Instant.parse("2026-04-03T15:59:59.999Z"))).isFalse();
    assertThat(day.isOver(Instant.parse("2026-04-03T16:00:00Z"))).isTrue();
    Due hour = DEADLINES.due("NDSR/10", Instant.parse("2026-02-16T14:10:00Z"));
    assertThat(hour.isOver(Instant.parse("2026-02-17T14:10:00Z"))).isFalse();
    assertThat(hour.isOver(Instant.parse("2026-02-17T14:10:00.001Z"))).isTrue();
    assertThat(hour.lastDay()).isEqualTo("2026-02-17");
  }

  @Test
  void a_clock_of_hours_wants_to_know_the_hour() {
    assertThatThrownBy(() -> DEADLINES.due("NDSR/10", LocalDate.of(2026, 2, 16)))
        .isInstanceOf(BadStartException.class)
        .hasMessageContaining("`NDSR/10` counts hours, found the day `2026-02-16`");
  }

  @Test
  void an_unknown_rule_or_event_is_told_with_what_is_known() {
    assertThatThrownBy(() -> DEADLINES.due("MEASURES-2025/1", LocalDate.of(2026, 2, 16)))
        .isInstanceOf(UnknownDeadlineException.class)
        .hasMessageContaining("no clock for `MEASURES-2025/1`")
        .hasMessageContaining("MEASURES-2025/15.1, MEASURES-2025/15.3");
    assertThatThrownBy(
            () ->
                DEADLINES.due(
                    "PIPL/52", Optional.of(Event.END), Start.of(LocalDate.of(2026, 2, 16))))
        .isInstanceOf(UnknownDeadlineException.class)
        .hasMessageContaining("leave the event out");
  }

  @ParameterizedTest
  @CsvSource({
    "2025-6-3",
    "2025-02-29",
    "2025-06-03T09:00:00",
    "tomorrow",
    "''",
    "'2025-06-03 '",
    "1948-12-31",
    "3000-01-01",
    "+10000-01-01",
    "2025-06-03T25:00:00+08:00"
  })
  void a_start_that_cannot_be_read_is_told(String from) {
    assertThatThrownBy(() -> Start.parse(from)).isInstanceOf(BadStartException.class);
  }

  @Test
  void takes_the_years_1949_to_2999_for_real_by_the_shanghai_date() {
    assertThat(Start.parse("1949-01-01").day()).isEqualTo("1949-01-01");
    assertThat(Start.parse("2999-12-31T15:59:59Z").day()).isEqualTo("2999-12-31");
    assertThatThrownBy(() -> Start.parse("2999-12-31T16:00:00Z"))
        .isInstanceOf(BadStartException.class)
        .hasMessageContaining(
            "`2999-12-31T16:00:00Z` is out of range: expected a year from 1949 to 2999");
    assertThat(Start.of(Instant.parse("1948-12-31T16:00:00Z")).day()).isEqualTo("1949-01-01");
    assertThatThrownBy(() -> Start.of(Instant.parse("1948-12-31T15:59:59Z")))
        .isInstanceOf(BadStartException.class);
    assertThatThrownBy(() -> Start.of(Instant.MIN)).isInstanceOf(BadStartException.class);
    assertThatThrownBy(() -> Start.parse("z".repeat(40)))
        .hasMessageContaining("z".repeat(40) + "`");
    assertThatThrownBy(() -> Start.parse("z".repeat(41)))
        .hasMessageContaining("z".repeat(40) + "…`");
  }

  @Test
  void lists_every_clock_once_with_both_languages_and_marks_what_was_not_read_officially() {
    assertThat(Deadlines.clocks()).hasSize(24);
    assertThat(Deadlines.clocks())
        .extracting(c -> c.rule() + c.event().map(e -> " " + e).orElse(""))
        .doesNotHaveDuplicates();
    assertThat(Deadlines.clocks().stream().filter(c -> !c.verified()).map(Clock::rule))
        .containsExactly("NDSR/22.5", "GBT-41819/a", "AUDIT-2025/5", "PROPOSAL/27");
    assertThat(new Period(30, Period.Unit.WORKING_DAYS).inWords())
        .isEqualTo(new Bilingual("30个工作日", "30 working days"));
    assertThat(new Period(1, Period.Unit.YEARS).inWords()).isEqualTo(new Bilingual("1年", "1 year"));
  }
}
