package cn.mingmian.server;

import cn.mingmian.law.rules.Text;
import cn.mingmian.platform.Platform;
import cn.mingmian.server.access.ApiKeys;
import cn.mingmian.server.access.KeyScopeCheck;
import cn.mingmian.server.command.Arguments;
import cn.mingmian.server.command.Command;
import cn.mingmian.server.command.Console;
import cn.mingmian.server.doctor.Doctor;
import cn.mingmian.server.doctor.Finding;
import cn.mingmian.server.keeping.ServerSchema;
import cn.mingmian.server.keeping.Unlocking;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// `doctor`: examines machine, models, keys, records, clock and log, tries the five families of
/// protection for real, and says for everything that is not well what to do. Exit code 1 when
/// something does not work.
final class DoctorCommand implements Command {

  @Override
  public String name() {
    return "doctor";
  }

  @Override
  public String synopsis() {
    return "[--json] " + Unlocking.SYNOPSIS;
  }

  @Override
  public String purpose() {
    return "全面自检：机器、模型、密钥、数据库、时钟、日志、五类安全措施 / examine everything, try the five families of protection";
  }

  /// @param sound nothing is broken
  record Examination(Instant at, boolean sound, List<Finding> findings) {}

  @Override
  public int run(Arguments arguments, Console console) {
    Platform.Options options = Unlocking.options(arguments);
    arguments.finish();
    Server.quiet();
    Instant now = console.clock().instant();
    Doctor doctor = new Doctor(options.dataDirectory(), options.modelsDirectory());
    List<Finding> findings = new ArrayList<>(doctor.outside());
    findings.addAll(inside(doctor, options, console));
    boolean sound = count(findings, Finding.State.BROKEN) == 0;
    if (arguments.flag("--json")) {
      console.json(new Examination(now, sound, findings));
    } else {
      print(findings, console);
    }
    return sound ? OK : FAILED;
  }

  private static List<Finding> inside(Doctor doctor, Platform.Options options, Console console) {
    SecureRandom random = new SecureRandom();
    try (Platform platform = Platform.open(options, console.clock(), random)) {
      ServerSchema.migrate(platform.database());
      platform
          .controls()
          .register(
              new KeyScopeCheck(new ApiKeys(platform.database().sql(), console.clock(), random)));
      return doctor.inside(platform, console.clock().instant());
    } catch (RuntimeException failure) {
      // Whatever it was, it is what the reader asked to be told.
      return List.of(Doctor.notOpened(failure));
    }
  }

  private static void print(List<Finding> findings, Console console) {
    for (Finding finding : findings) {
      console.say("%s %s / %s", finding.state().mark(), finding.title().zh(), finding.title().en());
      console.say("    %s", finding.found());
      finding
          .remedy()
          .ifPresent(
              (Text remedy) -> {
                console.say("    → %s", remedy.zh());
                console.say("    → %s", remedy.en());
              });
    }
    console.say("");
    long broken = count(findings, Finding.State.BROKEN);
    long notices = count(findings, Finding.State.NOTICE);
    console.say("%d 项须修复，%d 项待决定 / %d to mend, %d to decide", broken, notices, broken, notices);
  }

  private static long count(List<Finding> findings, Finding.State state) {
    return findings.stream().filter(finding -> finding.state() == state).count();
  }
}
