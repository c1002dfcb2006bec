package cn.mingmian.server.pages.console;

import cn.mingmian.platform.Platform;
import cn.mingmian.platform.permit.Permits.Refused;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// Which articles refused in the last thirty days: a row of bars each, the most frequent first.
final class Refusals {
  private static final int DAYS = 30;
  private static final int HEIGHT = 32;

  private Refusals() {}

  /// @param cure  what would have cured it, as far as the article tells
  /// @param bars  one for each day that has any
  record Row(String rule, String article, long count, String cure, List<Bar> bars) {}

  /// A bar of a picture 150 wide and 32 high.
  record Bar(int x, int y, int height, String title) {}

  static List<Row> of(Platform platform, Articles articles, Locale locale) {
    LocalDate first = platform.books().today().minusDays(DAYS - 1L);
    List<Refused> days = platform.permits().refused(first);
    long most = days.stream().mapToLong(Refused::count).max().orElse(1);
    Map<String, List<Refused>> byRule = days.stream().collect(Collectors.groupingBy(Refused::rule));
    List<Row> rows = new ArrayList<>();
    byRule.forEach(
        (rule, of) ->
            rows.add(
                new Row(
                    rule,
                    articles.citation(rule, locale),
                    of.stream().mapToLong(Refused::count).sum(),
                    articles.cure(rule, locale),
                    of.stream().map(day -> bar(day, first, most)).toList())));
    rows.sort(Comparator.comparing(Row::count).reversed().thenComparing(Row::rule));
    return rows;
  }

  private static Bar bar(Refused day, LocalDate first, long most) {
    int height = (int) Math.max(2, day.count() * HEIGHT / most);
    int x = (int) (day.day().toEpochDay() - first.toEpochDay()) * 5;
    return new Bar(x, HEIGHT - height, height, day.day() + ": " + day.count());
  }
}
