package cn.mingmian.platform.keys;

import java.time.Duration;
import java.util.Optional;

/// What is said about the keys at a start: what is wished for at set-up, and where a secret comes
/// from. Later starts need not repeat the wish; one that differs from the set-up is refused.
///
/// @param window  copies of what was erased are unreadable after this at the latest: no epoch key
///     grows older
public record Unlock(
    Optional<Root> root, Optional<Ciphers> ciphers, Secrets secrets, Duration window) {
  public static final Duration WINDOW = Duration.ofHours(24);
  private static final Duration SHORTEST = Duration.ofHours(1);
  private static final Duration LONGEST = Duration.ofDays(7);

  public Unlock {
    if (window.compareTo(SHORTEST) < 0 || window.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "epoch keys would live %d minutes, expected %d to %d"
              .formatted(window.toMinutes(), SHORTEST.toMinutes(), LONGEST.toMinutes()));
    }
  }

  /// A key file made at the first start, AES, an epoch a day.
  public static Unlock standard() {
    return new Unlock(Optional.empty(), Optional.empty(), Secrets.none(), WINDOW);
  }
}
