package cn.mingmian.server.command;

import cn.mingmian.law.deadlines.Bilingual;
import cn.mingmian.law.deadlines.Due;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/// A deadline as the command line and the API show it.
///
/// @param due  `2025-07-15`, or for clocks of hours a date-time in Asia/Shanghai
/// @param meaning  what the end of the period means: `ACT_BY`, `REPEAT_BY`, `KEEP_UNTIL`,
///     `NOT_BEFORE`
/// @param provisional  whether a holiday notice that is not out yet can still move it
/// @param missingYears  the years whose notice is not out yet
/// @param verified  whether the figure was read in an official text
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record DueView(
    String rule,
    Optional<String> event,
    String from,
    String due,
    String meaning,
    Bilingual what,
    boolean provisional,
    Optional<Bilingual> why,
    List<Integer> missingYears,
    boolean verified,
    List<NoticeView> notices) {

  /// A holiday notice by which was counted.
  public record NoticeView(String reference, URI source) {}

  public DueView {
    missingYears = List.copyOf(missingYears);
    notices = List.copyOf(notices);
  }

  /// Shows `due`.
  public static DueView of(Due due) {
    SortedSet<Integer> missing =
        due.certainty() instanceof Due.Certainty.Provisional provisional
            ? provisional.missing()
            : java.util.Collections.emptySortedSet();
    return new DueView(
        due.clock().rule(),
        due.clock().event().map(Enum::name),
        due.from().day().toString(),
        due.text(),
        due.clock().meaning().name(),
        due.clock().what(),
        !due.isFinal(),
        due.certainty() instanceof Due.Certainty.Provisional provisional
            ? Optional.of(provisional.why())
            : Optional.empty(),
        List.copyOf(missing),
        due.clock().verified(),
        due.notices().stream()
            .map(notice -> new NoticeView(notice.reference(), notice.source()))
            .toList());
  }
}
