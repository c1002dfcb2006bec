package cn.mingmian.law.facts;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Copies sets on the way in, in the order of their enum.
final class Fixed {
  private Fixed() {}

  static <E extends Enum<E>> @Nullable Set<E> copy(Class<E> type, @Nullable Collection<E> values) {
    return values == null ? null : copyOf(type, values);
  }

  static <E extends Enum<E>> Set<E> copyOf(Class<E> type, Collection<E> values) {
    EnumSet<E> copy = EnumSet.noneOf(type);
    copy.addAll(values);
    return Collections.unmodifiableSet(copy);
  }
}
