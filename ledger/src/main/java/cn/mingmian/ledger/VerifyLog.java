package cn.mingmian.ledger;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The outsider's command: checks a log, or a receipt, with nothing but this jar and the key.
public final class VerifyLog {
  /// It holds.
  public static final int HOLDS = 0;

  /// It does not hold, and the output says where.
  public static final int DOES_NOT_HOLD = 1;

  /// The command was not understood.
  public static final int USAGE = 2;

  private static final String HELP =
      """
      verify-log DIR [KEY] [--remember FILE]
          hashes every entry of the log in DIR again and holds tiles, root and signature against it
          KEY       the log's verifier key (`name+id+base64`), or a file that holds it;
                    without it, the one beside the log is taken, which shows that the log is
                    whole but not whose it is
          FILE      checkpoint of the last visit: the log must continue it; rewritten if it does
      verify-log --receipt PROOF ENTRY KEY
          checks that the bytes of file ENTRY are in the log, by the proof file PROOF
      exit code: 0 holds, 1 does not hold, 2 usage""";

  private VerifyLog() {}

  /// Runs the command and leaves the process with its exit code.
  public static void main(String[] arguments) {
    System.exit(run(List.of(arguments), System.out));
  }

  /// Runs the command.
  ///
  /// @return [#HOLDS], [#DOES_NOT_HOLD] or [#USAGE]
  public static int run(List<String> arguments, PrintStream out) {
    List<String> words = new ArrayList<>(arguments);
    try {
      if (!words.isEmpty() && words.getFirst().equals("--receipt")) {
        return words.size() == 4
            ? receipt(Path.of(words.get(1)), Path.of(words.get(2)), key(words.get(3)), out)
            : usage(out);
      }
      Optional<Path> remember = Optional.empty();
      int flag = words.indexOf("--remember");
      if (flag >= 0) {
        if (flag + 1 >= words.size()) {
          return usage(out);
        }
        remember = Optional.of(Path.of(words.get(flag + 1)));
        words.subList(flag, flag + 2).clear();
      }
      if (words.isEmpty() || words.size() > 2 || words.getFirst().startsWith("-")) {
        return usage(out);
      }
      Path directory = Path.of(words.getFirst());
      if (words.size() == 2) {
        return log(directory, key(words.get(1)), remember, out);
      }
      out.println("key taken from beside the log: this cannot show whose log it is");
      return log(
          directory,
          key(directory.resolve(TransparencyLog.VERIFIER_KEY).toString()),
          remember,
          out);
    } catch (MalformedNoteException e) {
      out.println(e.what());
      return USAGE;
    } catch (IOException e) {
      out.println("cannot read or write `%s`".formatted(e.getMessage()));
      return USAGE;
    }
  }

  private static int usage(PrintStream out) {
    out.println(HELP);
    return USAGE;
  }

  private static VerifierKey key(String textOrFile) throws IOException {
    return VerifierKey.parse(
        textOrFile.contains("+") && !Files.exists(Path.of(textOrFile))
            ? textOrFile
            : Files.readString(Path.of(textOrFile)));
  }

  private static int log(Path directory, VerifierKey key, Optional<Path> remember, PrintStream out)
      throws IOException {
    LogReport report =
        remember.isPresent() && Files.exists(remember.get())
            ? LogVerifier.verify(directory, key, Files.readAllBytes(remember.get()))
            : LogVerifier.verify(directory, key);
    out.println(report.text());
    if (!(report instanceof LogReport.Intact intact)) {
      return DOES_NOT_HOLD;
    }
    if (remember.isPresent()) {
      Path fresh = remember.get().resolveSibling(remember.get().getFileName() + ".new");
      Files.write(fresh, intact.signed().bytes());
      Files.move(fresh, remember.get(), StandardCopyOption.REPLACE_EXISTING);
    }
    return HOLDS;
  }

  private static int receipt(Path proof, Path entry, VerifierKey key, PrintStream out)
      throws IOException {
    return switch (new ReceiptVerifier(key)
        .verify(Files.readAllBytes(proof), Files.readAllBytes(entry))) {
      case ReceiptVerifier.Proven(long index, Checkpoint checkpoint) -> {
        out.println(
            "the entry is number %d of log `%s`, under its signed checkpoint of %d entries"
                .formatted(index, checkpoint.origin(), checkpoint.size()));
        yield HOLDS;
      }
      case ReceiptVerifier.NotProven(String why) -> {
        out.println("the receipt PROVES NOTHING about this entry: " + why);
        yield DOES_NOT_HOLD;
      }
    };
  }
}
