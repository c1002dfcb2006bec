package cn.mingmian.server.pages.console;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;

/// A table as a file for spreadsheets (RFC 4180, UTF-8 with its mark, so that Chinese stays
/// Chinese there). No cell becomes a formula.
final class Csv {
  private final StringBuilder text = new StringBuilder("\uFEFF");
  private final int columns;

  Csv(String... head) {
    columns = head.length;
    row(head);
  }

  void row(String... cells) {
    if (cells.length != columns) {
      throw new IllegalArgumentException(
          "%d cells below a head of %d".formatted(cells.length, columns));
    }
    text.append(Stream.of(cells).map(Csv::cell).collect(Collectors.joining(","))).append("\r\n");
  }

  ResponseEntity<String> file(String name) {
    return ResponseEntity.ok()
        .header(HttpHeaders.CONTENT_TYPE, "text/csv; charset=utf-8")
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"%s.csv\"".formatted(name))
        .body(text.toString());
  }

  private static String cell(String value) {
    boolean formula = !value.isEmpty() && "=+-@\t\r".indexOf(value.charAt(0)) >= 0;
    return '"' + (formula ? "'" : "") + value.replace("\"", "\"\"") + '"';
  }
}
