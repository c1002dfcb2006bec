package cn.mingmian.server.whatif;

import cn.mingmian.law.Cures;
import cn.mingmian.law.Outcome;
import cn.mingmian.law.Rulebook;
import cn.mingmian.law.facts.Facts;
import cn.mingmian.law.facts.FactsWriter;
import cn.mingmian.law.facts.Truth;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One fact that would change a refusal, as the page and the API show it. It says what *would* be
/// so, never that it is.
///
/// @param pointer  the field
/// @param value  the value it would have, as in the exchange format; empty text takes it away
/// @param permits  whether this alone would turn the refusal into a permit
/// @param lifts  the violated rules that would no longer be violated
public record CureView(String pointer, Object value, boolean permits, List<String> lifts) {

  public CureView {
    lifts = List.copyOf(lifts);
  }

  /// What would cure a refusal of `facts`; empty for what is permitted.
  public static List<CureView> of(Rulebook rulebook, Facts facts) {
    return Cures.of(rulebook, facts).stream()
        .map(
            cure ->
                new CureView(
                    cure.field().pointer(),
                    shown(cure.value()),
                    cure.outcome() != Outcome.REFUSE,
                    cure.lifted()))
        .toList();
  }

  private static Object shown(@Nullable Object value) {
    return switch (value) {
      case null -> "";
      case Truth truth -> truth.isYes();
      case Instant instant -> FactsWriter.text(instant);
      case LocalDate day -> day.toString();
      case Set<?> set -> set.stream().map(each -> ((Enum<?>) each).name()).sorted().toList();
      case Enum<?> one -> one.name();
      default -> value;
    };
  }
}
