package cn.mingmian.platform.agenda;

import cn.mingmian.platform.records.Bilingual;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// One thing that somebody has to do. Immutable.
///
/// @param subject the id of what it is about
/// @param what    to be done
/// @param why     what shows that
/// @param rules   that want it, as `INSTRUMENT/article`
/// @param due     the last Shanghai day; empty where the law gives none
/// @param stops   faces are refused until it is done
public record Point(
    Kind kind,
    String subject,
    Bilingual what,
    Bilingual why,
    List<String> rules,
    Optional<LocalDate> due,
    boolean stops) {
  public Point {
    rules = List.copyOf(rules);
  }

  /// By date; then what stops faces; then the rest.
  static final Comparator<Point> BY_URGENCY =
      Comparator.comparing((Point p) -> p.due.orElse(LocalDate.MAX))
          .thenComparing(p -> !p.stops)
          .thenComparing(Point::kind)
          .thenComparing(Point::subject);

  /// Whether its last day has ended.
  public boolean overdue(LocalDate today) {
    return due.filter(day -> day.isBefore(today)).isPresent();
  }

  /// Where it comes from.
  public enum Kind {
    /// A decision asked for it.
    DUTY,
    /// The filing with the cyberspace administration.
    FILING,
    /// A device may not be switched on, or stay on, as long as this is open.
    OPEN_POINT,
    /// The configuration has left what was assessed, or an incident reopened it.
    ASSESSMENT,
    /// A family of protection is not shown to work.
    PROTECTION,
    /// The yearly security test of a device.
    DEVICE_TEST,
    /// Somebody has to look whether a sign still hangs.
    SIGN,
    /// A template that should be gone.
    ERASURE,
    /// One person wrote it, another has to approve it.
    APPROVAL
  }
}
