package cn.mingmian.ledger;

import java.nio.file.Path;

/// The log has a writer already, here or in another process. A log has one writer.
public final class LogInUseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LogInUseException(Path directory) {
    super(
        "log `%s` is open in another writer; stop that one first, a log has one writer"
            .formatted(directory));
  }
}
