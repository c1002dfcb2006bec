package cn.mingmian.server.doctor;

import cn.mingmian.law.facts.Control;
import cn.mingmian.law.rules.Text;
import cn.mingmian.ledger.LogReport;
import cn.mingmian.ledger.LogVerifier;
import cn.mingmian.ledger.MalformedNoteException;
import cn.mingmian.ledger.VerifierKey;
import cn.mingmian.platform.Platform;
import cn.mingmian.platform.audit.AuditStatus;
import cn.mingmian.platform.audit.RecordedEntry;
import cn.mingmian.platform.controls.ControlState;
import cn.mingmian.platform.keys.KeysUnavailableException;
import cn.mingmian.platform.models.ModelCard;
import cn.mingmian.platform.models.Models;
import cn.mingmian.platform.records.DatabaseException;
import cn.mingmian.server.whatif.FactLabels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Examines an installation and says, for everything that is not well, what to do. Thread-safe.
public final class Doctor {
  /// Before the law took effect there was nothing to run; a clock that says so is not set.
  private static final Instant EARLIEST = Instant.parse("2025-06-01T00:00:00Z");

  private static final Duration CLOCK_SLACK = Duration.ofSeconds(2);

  /// Entries that are held against the clock; this very start wrote some of them.
  private static final int LOOK_BACK = 1_000;

  private static final Text LOG = new Text("日志离线核验", "log, verified offline");

  private static final Text RECORDS = new Text("记录数据库", "records");

  private final Path data;
  private final Path models;

  /// @param data directory of the installation; need not exist yet
  /// @param models where the face models were installed
  public Doctor(Path data, Path models) {
    this.data = data;
    this.models = models;
  }

  /// What can be examined while nothing runs, and beside a server that does.
  public List<Finding> outside() {
    List<Finding> findings = new ArrayList<>(new MachineExamination(data).examine());
    findings.add(modelFiles(new Models(models).byDefault()));
    findings.add(log());
    return List.copyOf(findings);
  }

  /// What only the open installation can tell. The families are tried now.
  public List<Finding> inside(Platform platform, Instant now) {
    List<ControlState> families = platform.controls().runAll();
    List<Finding> findings = new ArrayList<>();
    findings.add(Finding.sound("records", RECORDS, platform.database().describe()));
    findings.add(recording(platform.trail().status()));
    findings.add(clock(platform, now));
    findings.add(modelOrigin(platform));
    for (ControlState family : families) findings.addAll(family(family));
    return List.copyOf(findings);
  }

  /// What kept the installation from being opened.
  public static Finding notOpened(RuntimeException failure) {
    Text title = new Text("打开安装", "opening the installation");
    String found = "%s: %s".formatted(failure.getClass().getSimpleName(), failure.getMessage());
    return switch (failure) {
      case DatabaseException d when d.reason() == DatabaseException.Reason.IN_USE ->
          Finding.notice(
              "opening",
              title,
              found,
              new Text(
                  "服务正在运行：其状态页与 GET /v1/controls 给出五类措施的结果；要在此全面自检请先停止服务",
                  "the server is running: its status page and GET /v1/controls show the five families; stop it to examine everything here"));
      case KeysUnavailableException lost ->
          Finding.broken(
              "opening",
              title,
              found,
              new Text(
                  "从保管处把根密钥放回，或以 --secret-file 给出口令；新建密钥打不开任何模板",
                  "put the root key back from where its copy is kept, or give its secret with --secret-file; a new root opens nothing"));
      default ->
          Finding.broken(
              "opening",
              title,
              found,
              new Text(
                  "按上面的原因修复后再自检；在此之前服务不会启动",
                  "mend what it says and examine again; until then the server does not start"));
    };
  }

  private static Finding modelFiles(ModelCard card) {
    Text title = new Text("人脸模型文件", "model files");
    List<String> wrong =
        card.files().stream()
            .filter(file -> !file.sound())
            .map(
                file ->
                    "`%s` expected sha-256 %s, found %s"
                        .formatted(file.name(), file.expected(), file.found().orElse("nothing")))
            .toList();
    return wrong.isEmpty()
        ? Finding.sound(
            "model-files",
            title,
            "`%s`, %d files with the pinned sha-256".formatted(card.id(), card.files().size()))
        : Finding.broken(
            "model-files",
            title,
            String.join("; ", wrong),
            new Text(
                "运行 ./mingmian models ensure，或从文件导入：./mingmian models import FILE",
                "run ./mingmian models ensure, or from a file: ./mingmian models import FILE"));
  }

  private static Finding modelOrigin(Platform platform) {
    Text title = new Text("模型来源的决定", "decision about the models' origin");
    return platform
        .modelOrigin()
        .undecided()
        .map(
            open ->
                Finding.notice(
                    "model-origin",
                    title,
                    "`%s`: %d points unproven, and nobody accepted them on record: no face is looked at"
                        .formatted(open.pack(), open.unproven().size()),
                    new Text(
                        "阅读 ./mingmian models，由一人书面接受、另一人批准，或换用来源清楚的模型",
                        "read ./mingmian models; let one person accept it on record and another approve, or use other models")))
        .orElseGet(() -> Finding.sound("model-origin", title, "nothing left to decide"));
  }

  /// Every entry is hashed again and held against what was signed.
  private Finding log() {
    Path directory = data.resolve("log");
    if (!Files.exists(directory.resolve("checkpoint"))) {
      return Files.exists(data.resolve("keys").resolve("log.pem"))
          ? Finding.broken(
              "log",
              LOG,
              "there is a log key and no log in `%s`".formatted(directory),
              new Text(
                  "日志目录不见了：从备份放回，不要重新开始",
                  "the log is gone: put it back from a backup, do not begin anew"))
          : Finding.sound("log", LOG, "nothing there yet");
    }
    try {
      VerifierKey key = VerifierKey.parse(Files.readString(directory.resolve("verifier-key")));
      return switch (LogVerifier.verify(directory, key)) {
        case LogReport.Intact intact ->
            Finding.sound(
                "log",
                LOG,
                "%d entries of `%s` hashed again, root and signature hold"
                    .formatted(intact.checkpoint().size(), intact.checkpoint().origin()));
        case LogReport.Damaged damaged -> {
          LogReport.Finding first = damaged.findings().getFirst();
          yield Finding.broken(
              "log",
              LOG,
              "%s: %s".formatted(first.where(), first.what()),
              new Text(
                  "运行 ./mingmian verify-log 查看全部；保全现场，从备份核对，并作为安全事件处理",
                  "run ./mingmian verify-log for all of it; keep the evidence, compare with a backup, and treat it as an incident"));
        }
      };
    } catch (IOException | MalformedNoteException unreadable) {
      return Finding.broken(
          "log",
          LOG,
          "cannot be read: %s".formatted(unreadable.getMessage()),
          new Text("检查日志目录及其权限", "check the directory of the log and its permissions"));
    }
  }

  private static Finding recording(AuditStatus status) {
    Text title = new Text("记录进入日志", "recording into the log");
    String found =
        "%s since %s, %d entries published%s"
            .formatted(
                status.state(),
                status.since(),
                status.published(),
                status.detail().isEmpty() ? "" : ": " + status.detail());
    if (status.working()) return Finding.sound("recording", title, found);
    Text remedy =
        switch (status.state()) {
          case RECOVERY_NEEDED ->
              new Text(
                  "数据库比日志旧（恢复过备份）：先执行恢复，补做其后的撤回与删除",
                  "the database is older than the log: recover first, which repeats later withdrawals and erasures");
          case DIVERGED ->
              new Text(
                  "日志与数据库内容不同：保全两者，作为安全事件处理",
                  "log and database tell different stories: keep both, treat it as an incident");
          case FAILING, WORKING ->
              new Text(
                  "检查磁盘空间与日志目录权限；恢复后自动继续",
                  "check disk space and permissions of the log; it goes on by itself");
        };
    return Finding.broken("recording", title, found, remedy);
  }

  private static Finding clock(Platform platform, Instant now) {
    Text title = new Text("时钟", "clock");
    Text remedy =
        new Text(
            "校准系统时间（timedatectl），并查明原因", "set the machine's time (timedatectl) and find out why");
    if (now.isBefore(EARLIEST)) {
      return Finding.broken("clock", title, "%s: not set".formatted(now), remedy);
    }
    Optional<Instant> last =
        platform.trail().page(Long.MAX_VALUE, LOOK_BACK).stream()
            .map(RecordedEntry::at)
            .max(Comparator.naturalOrder());
    return last.isPresent() && last.get().isAfter(now.plus(CLOCK_SLACK))
        ? Finding.broken(
            "clock", title, "%s, and the log has an entry of %s".formatted(now, last.get()), remedy)
        : Finding.sound("clock", title, "%s, not before the last entry".formatted(now));
  }

  // ---- the five families

  private static List<Finding> family(ControlState state) {
    Text family =
        FactLabels.standard()
            .ofValue("/processor/controls", state.family().name())
            .orElseGet(() -> new Text(state.family().name(), state.family().name()));
    List<Finding> findings = new ArrayList<>();
    for (ControlState.Check check : state.checks()) {
      Text title =
          new Text(
              "%s：%s".formatted(family.zh(), check.name()),
              "%s: %s".formatted(family.en(), check.name()));
      findings.add(
          check.passed()
              ? Finding.sound(check.name(), title, check.evidence())
              : Finding.broken(
                  check.name(),
                  title,
                  check.evidence(),
                  REMEDIES.getOrDefault(check.name(), remedy(state.family()))));
    }
    if (!state.working() && findings.stream().noneMatch(f -> f.remedy().isPresent())) {
      findings.add(
          Finding.broken(
              state.family().name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'),
              family,
              state.why(),
              remedy(state.family())));
    }
    return findings;
  }

  private static Text remedy(Control family) {
    return new Text(
        "在修好之前，人脸处理一律拒绝，其他方式照常（%s）".formatted(family),
        "until it is mended faces are refused and the other ways go on (%s)".formatted(family));
  }

  private static final Map<String, Text> REMEDIES =
      Map.of(
          "audit-trail",
          new Text(
              "检查磁盘空间、数据库与 log 目录的权限",
              "check disk space, the database and the permissions of the log directory"),
          "sealed-templates",
          new Text(
              "检查 keys/root.key 与 self-check 目录；密钥错误时从保管处放回",
              "check keys/root.key and the self-check directory; put the right key back from where its copy is kept"),
          "vault-access",
          new Text(
              "对 keys 与 vault 目录执行 chmod -R go-rwx",
              "run chmod -R go-rwx on the keys and vault directories"),
          "permits",
          new Text(
              "程序文件可能被改动：重新安装同一版本并作为安全事件处理",
              "the program may have been altered: install the same version anew and treat it as an incident"),
          "presentation-attack",
          new Text(
              "模型缺失或被替换：运行 ./mingmian models verify",
              "models are missing or were exchanged: run ./mingmian models verify"),
          "key-scopes",
          new Text(
              "程序文件可能被改动：重新安装同一版本，吊销并重发全部接口密钥",
              "the program may have been altered: install the same version anew, revoke and reissue every API key"));
}
