package cn.mingmian.platform.audit;

import cn.mingmian.ledger.Ed25519Signer;
import cn.mingmian.ledger.TransparencyLog;
import cn.mingmian.platform.records.Database;
import cn.mingmian.platform.records.Ids;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.function.Supplier;

/// Real audit trails for tests, each over a log directory of its own.
public final class TestTrails {
  private static final SecureRandom RANDOM = new SecureRandom();

  private TestTrails() {}

  /// @param directory of the log; made if absent, so the same one reopens the log
  public static AuditTrail open(Database database, Path directory, Clock clock) {
    return AuditTrail.open(database, opener(directory), clock, new Ids(RANDOM));
  }

  static Supplier<TransparencyLog> opener(Path directory) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Ed25519Signer signer =
        Ed25519Signer.openOrCreate(directory.resolve("key.pem"), "test.example/log", RANDOM);
    return () -> TransparencyLog.open(directory.resolve("log"), signer);
  }
}
