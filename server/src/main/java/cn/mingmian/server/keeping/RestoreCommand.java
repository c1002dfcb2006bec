package cn.mingmian.server.keeping;

import cn.mingmian.platform.Platform;
import cn.mingmian.platform.audit.AuditStatus;
import cn.mingmian.platform.audit.Recovery;
import cn.mingmian.platform.backup.BackupException;
import cn.mingmian.platform.backup.Restore;
import cn.mingmian.platform.records.Actor;
import cn.mingmian.platform.records.DatabaseException;
import cn.mingmian.platform.records.RejectedRecordException;
import cn.mingmian.server.command.Arguments;
import cn.mingmian.server.command.Command;
import cn.mingmian.server.command.Console;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `restore`: puts backups back and then does again every withdrawal and erasure that the log
/// knows. Without a backup it only does the latter, for records that were restored by other means.
public final class RestoreCommand implements Command {

  @Override
  public String name() {
    return "restore";
  }

  @Override
  public String synopsis() {
    return "[DIR ...] " + Unlocking.SYNOPSIS;
  }

  @Override
  public String purpose() {
    return "恢复备份（服务须已停止），并按日志重做其后的撤回与删除 / restores backups on a stopped server, then does later"
        + " withdrawals and erasures again";
  }

  @Override
  public int run(Arguments arguments, Console console) {
    List<Path> backups = new ArrayList<>();
    for (Optional<String> each = arguments.optionalWord();
        each.isPresent();
        each = arguments.optionalWord()) {
      backups.add(Path.of(each.get()).toAbsolutePath());
    }
    arguments.finish();
    Platform.Options options = Unlocking.options(arguments);
    try {
      Restore.put(options.dataDirectory(), backups, () -> Desk.records(options, new SecureRandom()))
          .forEach(console::say);
    } catch (BackupException | RejectedRecordException | DatabaseException known) {
      console.complain("mingmian: %s", String.valueOf(known.getMessage()));
      return FAILED;
    }
    Errand.Done done = Desk.open(arguments, console, RestoreCommand::recover);
    (done.code() == OK ? console.out() : console.err()).println(done.text());
    return done.code();
  }

  private static Errand.Done recover(Platform platform) {
    AuditStatus status = platform.trail().status();
    StringBuilder said = new StringBuilder();
    if (status.state() == AuditStatus.State.RECOVERY_NEEDED) {
      Recovery recovery = platform.recover(new Actor(Desk.account()));
      said.append(
          "日志中多出的 %d 条记录已补回，重做撤回与删除 %d 项 / %d entries of the log were taken over, %d withdrawals and erasures done again%n"
              .formatted(
                  recovery.missed(),
                  recovery.reapplied(),
                  recovery.missed(),
                  recovery.reapplied()));
      recovery.kinds().forEach((kind, n) -> said.append("  %-20s %d%n".formatted(kind, n)));
    } else if (!status.working()) {
      return new Errand.Done(Command.FAILED, "mingmian: " + status.detail());
    }
    var now = platform.reconciled();
    said.append(
        "可识别 %d 人次，须重新采集 %d / %d templates can be found, %d have to be captured again, %d without an owner were erased"
            .formatted(
                now.findable(), now.missing(), now.findable(), now.missing(), now.orphans()));
    return new Errand.Done(Command.OK, said.toString());
  }
}
