package cn.mingmian.server.command;

import cn.mingmian.ledger.VerifyLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `verify-log DIR`: what an outsider does with the ledger's jar alone, also from here.
public final class VerifyLogCommand implements Command {

  @Override
  public String name() {
    return "verify-log";
  }

  @Override
  public String synopsis() {
    return "DIR [KEY] [--remember FILE] [--cosign KEYFILE --name NAME]"
        + " [--cosigned FILE --witness KEY] | --receipt PROOF ENTRY KEY";
  }

  @Override
  public String purpose() {
    return "离线核验透明日志或回执 / verify a log, or a receipt, offline";
  }

  @Override
  public int run(Arguments arguments, Console console) {
    List<String> words = new ArrayList<>();
    arguments
        .value("--receipt")
        .ifPresent(
            proof -> {
              words.add("--receipt");
              words.add(proof);
            });
    Optional<String> word = arguments.optionalWord();
    while (word.isPresent()) {
      words.add(word.get());
      word = arguments.optionalWord();
    }
    for (String option : List.of("--remember", "--cosign", "--name", "--cosigned", "--witness")) {
      arguments.value(option).ifPresent(value -> words.addAll(List.of(option, value)));
    }
    return VerifyLog.run(words, console.out());
  }
}
