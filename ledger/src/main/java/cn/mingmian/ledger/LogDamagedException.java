package cn.mingmian.ledger;

import java.nio.file.Path;

/// The log on disk is not what its checkpoint says. Nothing was changed; `verify-log` tells more.
public final class LogDamagedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LogDamagedException(Path directory, String what) {
    super(
        "log `%s` is damaged: %s; nothing was changed, run `verify-log` to see all that is wrong"
            .formatted(directory, what));
  }
}
