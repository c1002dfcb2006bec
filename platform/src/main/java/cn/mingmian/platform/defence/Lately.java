package cn.mingmian.platform.defence;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What happened lately under each key, oldest first. Bounded: the key that was quiet longest is
/// forgotten first. One thread at a time.
///
/// @param <E> what is kept of an event
final class Lately<E> {
  private static final int MOST_KEYS = 20_000;

  private record Event<E>(Instant at, E what) {}

  private final Duration window;
  private final int most;
  private final Map<String, Deque<Event<E>>> byKey =
      new LinkedHashMap<>(64, .75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Deque<Event<E>>> eldest) {
          return size() > MOST_KEYS;
        }
      };

  /// @param window events that are older do not count
  /// @param most   of one key
  Lately(Duration window, int most) {
    this.window = window;
    this.most = most;
  }

  /// @return what happened under this key within the window, this included
  List<E> add(String key, E what, Instant now) {
    Deque<Event<E>> events = byKey.computeIfAbsent(key, k -> new ArrayDeque<>());
    events.addLast(new Event<>(now, what));
    while (events.size() > most || events.getFirst().at().isBefore(now.minus(window))) {
      events.removeFirst();
    }
    return events.stream().map(Event::what).toList();
  }

  void forget(String key) {
    byKey.remove(key);
  }
}
