package cn.mingmian.server.command;

import cn.mingmian.law.Decision;
import cn.mingmian.law.DecisionWriter;
import cn.mingmian.law.Duty;
import cn.mingmian.law.Finding;
import cn.mingmian.law.Rulebook;
import cn.mingmian.law.cases.CaseRunner;
import cn.mingmian.law.facts.FactsReader;
import cn.mingmian.law.facts.MalformedFactsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// `decide FILE`: what the law says of one situation; a refusal is an answer, so the exit code is
/// 0. `decide --cases DIR`: whether the rulebook agrees with a folder of cases; 1 when it does not.
public final class DecideCommand implements Command {

  @Override
  public String name() {
    return "decide";
  }

  @Override
  public String synopsis() {
    return "FILE [--json] | --cases DIR";
  }

  @Override
  public String purpose() {
    return "依法判定一个情形，或核对一组案例 / what the law says of a situation, or of a folder of cases";
  }

  @Override
  public int run(Arguments arguments, Console console) {
    Optional<Path> cases = arguments.path("--cases");
    if (cases.isPresent()) {
      arguments.finish();
      return runCases(cases.get(), console);
    }
    Path file = Path.of(arguments.word("a file with facts as JSON, or `--cases DIR`"));
    arguments.finish();
    Decision decision;
    try {
      decision = Rulebook.standard().decide(FactsReader.read(read(file)));
    } catch (MalformedFactsException malformed) {
      throw new BadArgumentException(
          "`%s` at `%s`: expected %s, found %s"
              .formatted(
                  file.getFileName(),
                  malformed.pointer(),
                  malformed.expected(),
                  malformed.found()));
    }
    if (arguments.flag("--json")) {
      console.say("%s", DecisionWriter.write(decision));
    } else {
      tell(decision, console);
    }
    return OK;
  }

  private static void tell(Decision decision, Console console) {
    console.say(
        "%s",
        switch (decision.outcome()) {
          case PERMIT -> "PERMIT  可以进行";
          case PERMIT_WITH_DUTIES -> "PERMIT_WITH_DUTIES  可以进行，并须履行下列义务";
          case REFUSE -> "REFUSE  不得进行";
        });
    for (Finding finding : decision.violations()) {
      console.say("");
      console.say(
          "  %s  %s%s",
          finding.rule().id(),
          finding.rule().citation().zh(),
          finding.reason() == Finding.Reason.NOT_ESTABLISHED ? "  (未证明 / not established)" : "");
      console.say("    %s", finding.why().zh());
      console.say("    %s", finding.why().en());
      console.say("    -> %s", finding.remedy().zh());
      console.say("    -> %s", finding.remedy().en());
    }
    if (!decision.duties().isEmpty()) {
      console.say("");
    }
    for (Duty duty : decision.duties()) {
      console.say(
          "  %s (%s)%s",
          duty.kind().name(),
          duty.rule().id(),
          duty.due().map(by -> ", due " + by.text()).orElse(""));
      console.say("    %s", duty.kind().words().zh());
      console.say("    %s", duty.kind().words().en());
    }
  }

  private static int runCases(Path directory, Console console) {
    if (!Files.isDirectory(directory)) {
      throw new BadArgumentException("`%s` is not a folder".formatted(directory));
    }
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(directory, 2)) {
      List<Path> regular = all.filter(Files::isRegularFile).toList();
      for (Path file : regular) {
        files.put(directory.relativize(file).toString(), Files.readAllBytes(file));
      }
    } catch (IOException unreadable) {
      throw new BadArgumentException("`%s` cannot be read".formatted(directory));
    }
    CaseRunner.Report report = CaseRunner.standard().run(files);
    if (report.results().isEmpty()) {
      throw new BadArgumentException("`%s` holds no cases".formatted(directory));
    }
    console.out().print(report.text());
    console.out().flush();
    return report.allAgree() ? OK : FAILED;
  }

  private static byte[] read(Path file) {
    try {
      if (!Files.isRegularFile(file)) {
        throw new BadArgumentException("`%s` is not a file".formatted(file));
      }
      if (Files.size(file) > FactsReader.MOST_BYTES) {
        throw new BadArgumentException(
            "`%s` has more than %d bytes".formatted(file, FactsReader.MOST_BYTES));
      }
      return Files.readAllBytes(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException("`%s` cannot be read".formatted(file), unreadable);
    }
  }
}
