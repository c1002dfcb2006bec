package cn.mingmian.server.keeping;

import cn.mingmian.platform.Platform;
import cn.mingmian.platform.keys.KeysUnavailableException;
import cn.mingmian.platform.records.Database;
import cn.mingmian.platform.records.DatabaseException;
import cn.mingmian.server.command.Arguments;
import cn.mingmian.server.command.Command;
import cn.mingmian.server.command.Console;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/// Takes an errand to the server that runs on a data directory, or does it there and then if none
/// runs: the same errand, the same entry in the log.
final class Desk {
  private Desk() {}

  /// @param given  the secret of a new root, asked here, where the terminal is; zeroed. Empty if
  ///     none is needed
  static int bring(Errand errand, char[] given, Arguments arguments, Console console) {
    Path data = Unlocking.dataDirectory(arguments);
    try {
      Optional<Errand.Done> done = ControlSocket.ask(data, errand, given.clone());
      Errand.Done answered =
          done.orElseGet(
              () ->
                  open(
                      arguments,
                      console,
                      platform ->
                          Errands.perform(platform, errand, (root, fresh) -> given.clone())));
      (answered.code() == Command.OK ? console.out() : console.err()).println(answered.text());
      return answered.code();
    } finally {
      Arrays.fill(given, '\0');
    }
  }

  /// Who asks: the account of this machine, as far as a name of the audit trail can hold it.
  static String account() {
    return "os:" + System.getProperty("user.name", "").replaceAll("[^A-Za-z0-9_.-]", "_");
  }

  /// Opens the data directory of a stopped server for a moment.
  static Errand.Done open(
      Arguments arguments, Console console, Function<Platform, Errand.Done> work) {
    SecureRandom random = new SecureRandom();
    Platform.Options options = Unlocking.options(arguments);
    try (Platform platform =
        Platform.open(options, () -> records(options, random), console.clock(), random)) {
      return work.apply(platform);
    } catch (DatabaseException | KeysUnavailableException known) {
      return new Errand.Done(Command.FAILED, "mingmian: " + known.getMessage());
    }
  }

  /// The records with the server's own tables.
  static Database records(Platform.Options options, SecureRandom random) {
    Database database = options.openRecords(random);
    ServerSchema.migrate(database);
    return database;
  }
}
