package cn.mingmian.law.deadlines;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads holiday notices written as comma-separated values, strictly: a year that is not whole is
/// refused, because half a table would yield final dates that are wrong.
///
/// ```
/// date,day,holiday,notice,source
/// 2026-01-01,off,元旦,国办发明电〔2025〕7号,https://www.gov.cn/...
/// 2026-01-04,work,元旦,国办发明电〔2025〕7号,https://www.gov.cn/...
/// ```
///
/// UTF-8, with or without a byte order mark; LF or CRLF; no quoting, because no field needs it.
/// Dates ascend; a file may hold several years, each whole.
final class HolidayFile {
  static final String HEADER = "date,day,holiday,notice,source";
  static final int MOST_BYTES = 256 * 1024;

  private static final Set<String> HOLIDAYS =
      new LinkedHashSet<>(List.of("元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节"));
  // The days of the solar calendar that every notice since 1999 has left off work.
  private static final List<MonthDay> ALWAYS_OFF =
      List.of(
          MonthDay.of(1, 1),
          MonthDay.of(5, 1),
          MonthDay.of(10, 1),
          MonthDay.of(10, 2),
          MonthDay.of(10, 3));
  private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
  private static final Pattern REFERENCE = Pattern.compile("国办?发明电〔[0-9]{4}〕[0-9]{1,3}号");

  private final String file;
  private final List<String> lines;
  private final NavigableMap<Integer, YearBuilder> years = new TreeMap<>();

  private HolidayFile(String file, List<String> lines) {
    this.file = file;
    this.lines = lines;
  }

  /// @param file  its name, for messages only
  static List<YearTable> read(String file, byte[] bytes) {
    if (bytes.length > MOST_BYTES) {
      throw new HolidayFileException(
          file,
          1,
          1,
          "the file has %d bytes: expected at most %d".formatted(bytes.length, MOST_BYTES));
    }
    List<String> lines = new ArrayList<>(List.of(text(file, bytes).split("\n", -1)));
    if (lines.getLast().isEmpty()) lines.removeLast();
    lines.replaceAll(line -> line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
    return new HolidayFile(file, lines).tables();
  }

  private static String text(String file, byte[] bytes) {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new HolidayFileException(
          file, 1, 1, "the file is not UTF-8: save it as \"CSV UTF-8\" and load it again");
    }
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  private List<YearTable> tables() {
    if (lines.isEmpty() || !lines.getFirst().equals(HEADER)) {
      String found = lines.isEmpty() ? "" : lines.getFirst();
      throw fault(1, 1, "the first line is `%s`: expected `%s`".formatted(shown(found), HEADER));
    }
    LocalDate previous = LocalDate.MIN;
    for (int line = 2; line <= lines.size(); line++) previous = readRow(line, previous);
    if (years.isEmpty()) throw fault(1, 1, "no days: expected one row for each day off or made up");
    List<YearTable> tables = new ArrayList<>();
    for (YearBuilder year : years.values()) tables.add(whole(year));
    return List.copyOf(tables);
  }

  private LocalDate readRow(int line, LocalDate previous) {
    String row = lines.get(line - 1);
    String[] fields = row.split(",", -1);
    if (fields.length != 5) {
      throw fault(
          line, 1, "%d fields: expected 5, in the order `%s`".formatted(fields.length, HEADER));
    }
    int[] column = new int[5];
    column[0] = 1;
    for (int i = 1; i < 5; i++) column[i] = column[i - 1] + fields[i - 1].length() + 1;

    LocalDate date = date(line, fields[0]);
    if (!date.isAfter(previous)) {
      throw fault(
          line,
          1,
          "`%s` does not come after `%s`: expected each day once, in order"
              .formatted(date, previous));
    }
    boolean work =
        switch (fields[1]) {
          case "off" -> false;
          case "work" -> true;
          default ->
              throw fault(
                  line,
                  column[1],
                  "day is `%s`: expected `off` or `work`".formatted(shown(fields[1])));
        };
    if (work && date.getDayOfWeek().compareTo(DayOfWeek.SATURDAY) < 0) {
      throw fault(
          line,
          column[1],
          "`%s` is a %s and worked anyway: expected a Saturday or Sunday that is made up"
              .formatted(date, date.getDayOfWeek().toString().toLowerCase(java.util.Locale.ROOT)));
    }
    Set<String> holidays = holidays(line, column[2], fields[2]);
    if (!REFERENCE.matcher(fields[3]).matches()) {
      throw fault(
          line,
          column[3],
          "notice is `%s`: expected its number, such as `国办发明电〔2025〕7号`"
              .formatted(shown(fields[3])));
    }
    Notice notice = new Notice(fields[3], source(line, column[4], fields[4]));
    years.computeIfAbsent(date.getYear(), YearBuilder::new).add(date, work, holidays, notice, line);
    return date;
  }

  private LocalDate date(int line, String field) {
    if (!DATE.matcher(field).matches()) {
      throw fault(line, 1, "date is `%s`: expected one like `2026-01-01`".formatted(shown(field)));
    }
    try {
      LocalDate date = LocalDate.parse(field);
      if (date.getYear() < 2000) {
        throw fault(
            line,
            1,
            "`%s` lies before 2000: expected a year of the present rules".formatted(field));
      }
      return date;
    } catch (DateTimeException e) {
      throw fault(line, 1, "`%s` is no day of the calendar".formatted(field));
    }
  }

  private Set<String> holidays(int line, int column, String field) {
    Set<String> names = new LinkedHashSet<>(List.of(field.split("、", -1)));
    if (!HOLIDAYS.containsAll(names)) {
      throw fault(
          line,
          column,
          "holiday is `%s`: expected one of %s, several joined by `、`"
              .formatted(shown(field), String.join(" ", HOLIDAYS)));
    }
    return names;
  }

  private URI source(int line, int column, String field) {
    try {
      URI uri = new URI(field);
      if ("https".equals(uri.getScheme()) && uri.getHost() != null) return uri;
    } catch (URISyntaxException e) {
      // Told below, in the same words as an address of another kind.
    }
    throw fault(
        line,
        column,
        "source is `%s`: expected the https address of the notice".formatted(shown(field)));
  }

  private YearTable whole(YearBuilder year) {
    Set<String> missing = new LinkedHashSet<>(HOLIDAYS);
    missing.removeAll(year.named);
    if (!missing.isEmpty()) {
      throw fault(
          year.lastLine,
          1,
          "%d has no day off for %s: expected the whole notice, all seven holidays"
              .formatted(year.year, String.join(" ", missing)));
    }
    for (MonthDay day : ALWAYS_OFF) {
      if (!year.off.contains(day.atYear(year.year))) {
        throw fault(
            year.lastLine,
            1,
            "%d does not have `%s` off: expected it in every year's notice"
                .formatted(year.year, day.atYear(year.year)));
      }
    }
    return YearTable.of(year.year, year.off, year.work, List.copyOf(year.notices));
  }

  private HolidayFileException fault(int line, int column, String problem) {
    return new HolidayFileException(file, line, column, problem);
  }

  private static String shown(@Nullable String field) {
    String text = field == null ? "" : field;
    return text.length() <= 60 ? text : text.substring(0, 60) + "…";
  }

  private static final class YearBuilder {
    private final int year;
    private final Set<LocalDate> off = new TreeSet<>();
    private final Set<LocalDate> work = new TreeSet<>();
    private final Set<String> named = new LinkedHashSet<>();
    private final Set<Notice> notices = new LinkedHashSet<>();
    private int lastLine;

    YearBuilder(int year) {
      this.year = year;
    }

    void add(LocalDate date, boolean worked, Set<String> holidays, Notice notice, int line) {
      (worked ? work : off).add(date);
      if (!worked) named.addAll(holidays);
      notices.add(notice);
      lastLine = line;
    }
  }
}
