package cn.mingmian.platform.complaints;

import cn.mingmian.platform.records.Bilingual;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A public authority to which people can turn, kept in `authorities.tsv`.
///
/// law| MEASURES-2025/17, PIPL/65: complaints and reports to the authorities.
///
/// @param contact telephone or address, as the authority publishes it
/// @param matters what it answers for
public record Authority(Bilingual name, String contact, Set<Complaint.Matter> matters) {
  private static final List<Authority> ALL = read();

  /// Those that answer for a matter, the nearest first.
  public static List<Authority> of(Complaint.Matter matter) {
    return ALL.stream().filter(authority -> authority.matters.contains(matter)).toList();
  }

  private static List<Authority> read() {
    try (@Nullable InputStream in = Authority.class.getResourceAsStream("authorities.tsv")) {
      return new BufferedReader(
              new InputStreamReader(Objects.requireNonNull(in), StandardCharsets.UTF_8))
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> line.split("\t"))
          .map(
              cell ->
                  new Authority(
                      new Bilingual(cell[0], cell[1]),
                      cell[2],
                      Arrays.stream(cell[3].split(","))
                          .map(Complaint.Matter::valueOf)
                          .collect(Collectors.toUnmodifiableSet())))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("`authorities.tsv` cannot be read", e);
    }
  }
}
