package cn.mingmian.ledger;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
      verify-log DIR [KEY] [--remember FILE] [--cosign KEYFILE --name NAME]
                           [--cosigned FILE --witness KEY]
          hashes every entry of the log in DIR again and holds tiles, root and signature against it
          KEY       the log's verifier key (`name+id+base64`), or a file that holds it;
                    without it, the one beside the log is taken, which shows that the log is
                    whole but not whose it is
          --remember  checkpoint of the last visit: the log must continue it; rewritten if it does
          --cosign    be the log's witness: sign what was found intact with the key in KEYFILE, made
                      there at the first time, under the witness's NAME, into the remembered file
          --cosigned  a checkpoint that a witness signed: the log must continue it, too
      verify-log --receipt PROOF ENTRY KEY
          checks that the bytes of file ENTRY are in the log, by the proof file PROOF
      exit code: 0 holds, 1 does not hold, 2 usage""";

  private static final Set<String> OPTIONS =
      Set.of("--remember", "--cosign", "--name", "--cosigned", "--witness");

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
      Map<String, String> options = new HashMap<>();
      for (int i = 0; i < words.size(); ) {
        if (!OPTIONS.contains(words.get(i))) {
          i++;
        } else if (i + 1 == words.size()) {
          return usage(out);
        } else {
          options.put(words.remove(i), words.remove(i));
        }
      }
      if (words.isEmpty()
          || words.size() > 2
          || words.getFirst().startsWith("-")
          || options.containsKey("--cosign") != options.containsKey("--name")
          || options.containsKey("--cosigned") != options.containsKey("--witness")
          || (options.containsKey("--cosign") && !options.containsKey("--remember"))) {
        return usage(out);
      }
      Path directory = Path.of(words.getFirst());
      if (words.size() == 2) {
        return log(directory, key(words.get(1)), options, out);
      }
      if (options.containsKey("--cosign")) {
        out.println("a witness needs the log's key, received on another way than the log");
        return USAGE;
      }
      out.println("key taken from beside the log: this cannot show whose log it is");
      return log(
          directory, key(directory.resolve(TransparencyLog.VERIFIER_KEY).toString()), options, out);
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

  private static int log(
      Path directory, VerifierKey key, Map<String, String> options, PrintStream out)
      throws IOException {
    Optional<Path> remember = Optional.ofNullable(options.get("--remember")).map(Path::of);
    if (options.containsKey("--cosigned") && !continuesCosigned(directory, key, options, out)) {
      return DOES_NOT_HOLD;
    }
    LogReport report =
        remember.isPresent() && Files.exists(remember.get())
            ? LogVerifier.verify(directory, key, Files.readAllBytes(remember.get()))
            : LogVerifier.verify(directory, key);
    out.println(report.text());
    if (!(report instanceof LogReport.Intact intact)) {
      return DOES_NOT_HOLD;
    }
    if (remember.isPresent()) {
      SignedCheckpoint seen = intact.signed();
      String keyFile = options.get("--cosign");
      if (keyFile != null) {
        try (Ed25519Signer held =
            Ed25519Signer.openOrCreate(
                Path.of(keyFile), String.valueOf(options.get("--name")), new SecureRandom())) {
          Witness witness = new Witness(held, Clock.systemUTC());
          seen = witness.cosign(intact);
          out.println("cosigned; the witness's key, to be handed over on another way:");
          out.println("  " + witness.verifierKey());
        }
      }
      Path fresh = remember.get().resolveSibling(remember.get().getFileName() + ".new");
      Files.write(fresh, seen.bytes());
      Files.move(fresh, remember.get(), StandardCopyOption.REPLACE_EXISTING);
    }
    return HOLDS;
  }

  /// The log goes on from what a witness saw.
  private static boolean continuesCosigned(
      Path directory, VerifierKey key, Map<String, String> options, PrintStream out)
      throws IOException {
    byte[] file = Files.readAllBytes(Path.of(String.valueOf(options.get("--cosigned"))));
    VerifierKey witness = key(String.valueOf(options.get("--witness")));
    SignedCheckpoint seen = SignedCheckpoint.parse(file);
    Optional<Instant> at = Witness.cosignedAt(seen, witness);
    if (at.isEmpty()) {
      out.println("the checkpoint IS NOT COSIGNED by witness `%s`".formatted(witness.name()));
      return false;
    }
    LogReport report = LogVerifier.verify(directory, key, file);
    if (report instanceof LogReport.Damaged) {
      out.println(report.text());
      return false;
    }
    out.println(
        "witness `%s` saw %d entries at %s, and the log continues them"
            .formatted(witness.name(), seen.size(), at.get()));
    return true;
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
