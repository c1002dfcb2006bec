package cn.mingmian.law.deadlines;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkingDaysTest {
  private static final WorkingDays CALENDAR = WorkingDays.published();

  @ParameterizedTest
  @ValueSource(strings = {"chinese-days-1.5.7.txt", "holiday-calendar-1.3.3.txt"})
  void agrees_with_a_published_calendar_on_every_day_from_2019_to_2026(String file)
      throws IOException {
    List<String> ours = new ArrayList<>();
    for (YearMonth month = YearMonth.of(2019, 1);
        month.getYear() <= 2026;
        month = month.plusMonths(1)) {
      StringBuilder days = new StringBuilder(month + " ");
      for (int day = 1; day <= month.lengthOfMonth(); day++) {
        days.append(CALENDAR.kindOf(month.atDay(day)) == DayKind.WORKING ? 'W' : '.');
      }
      ours.add(days.toString());
    }
    try (InputStream in =
        WorkingDaysTest.class.getResourceAsStream("published-calendars/" + file)) {
      String theirs = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(ours).isEqualTo(theirs.lines().toList());
    }
  }

  @Test
  void knows_the_make_up_days_of_2025_and_2026() {
    assertThat(madeUp(2025))
        .containsExactly("2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11");
    assertThat(madeUp(2026))
        .containsExactly(
            "2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10");
  }

  @Test
  void names_the_notices_a_year_rests_on_amendments_included() {
    assertThat(CALENDAR.notices(2026))
        .extracting(Notice::reference)
        .containsExactly("国办发明电〔2025〕7号");
    assertThat(CALENDAR.notices(2020))
        .extracting(Notice::reference)
        .containsExactlyInAnyOrder("国办发明电〔2019〕16号", "国办发明电〔2020〕1号");
    assertThat(CALENDAR.years())
        .isEqualTo(new TreeSet<>(List.of(2019, 2020, 2021, 2022, 2023, 2024, 2025, 2026)));
  }

  @Test
  void says_that_a_day_of_an_unpublished_year_is_unknown_even_a_sunday() {
    assertThat(CALENDAR.kindOf(LocalDate.of(2027, 3, 3))).isEqualTo(DayKind.UNPUBLISHED);
    assertThat(CALENDAR.kindOf(LocalDate.of(2027, 3, 7))).isEqualTo(DayKind.UNPUBLISHED);
    assertThat(CALENDAR.kindOf(LocalDate.of(2018, 3, 7))).isEqualTo(DayKind.UNPUBLISHED);
    assertThat(CALENDAR.notices(2027)).isEmpty();
  }

  @Test
  void counts_nothing_of_the_year_that_ends_on_the_start_day() {
    // Nothing of 2018 is counted, so its missing notice does not matter.
    WorkingDays.Counted counted = CALENDAR.after(LocalDate.of(2018, 12, 31), 1);
    assertThat(counted.last()).isEqualTo("2019-01-02");
    assertThat(counted.missing()).isEmpty();
    // The day before leaves one day of 2018 whose kind is unknown.
    assertThat(CALENDAR.after(LocalDate.of(2018, 12, 30), 1).missing()).containsExactly(2018);
  }

  @Test
  void a_shortened_count_never_moves_before_its_start() {
    LocalDate start = LocalDate.of(2027, 5, 12);
    assertThat(CALENDAR.after(start, 1).last()).isEqualTo(start);
    assertThat(CALENDAR.after(start, 3).last()).isEqualTo("2027-05-13");
  }

  @Test
  void the_last_day_of_an_unpublished_year_counts_when_it_is_no_weekend() {
    // Friday 31 December 2027, then 3 and 4 January; the margin leaves the first.
    assertThat(CALENDAR.after(LocalDate.of(2027, 12, 30), 3).last()).isEqualTo("2027-12-31");
    assertThat(CALENDAR.after(LocalDate.of(2027, 12, 31), 2).last()).isEqualTo("2027-12-31");
    assertThat(CALENDAR.after(LocalDate.of(2028, 12, 29), 3).last()).isEqualTo("2029-01-01");
  }

  private static List<String> madeUp(int year) {
    LocalDate first = LocalDate.of(year, 1, 1);
    return first
        .datesUntil(first.plusYears(1))
        .filter(day -> day.getDayOfWeek().getValue() > 5)
        .filter(day -> CALENDAR.kindOf(day) == DayKind.WORKING)
        .map(LocalDate::toString)
        .collect(Collectors.toList());
  }
}
