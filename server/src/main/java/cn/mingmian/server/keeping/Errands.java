package cn.mingmian.server.keeping;

import cn.mingmian.platform.Platform;
import cn.mingmian.platform.backup.Backups;
import cn.mingmian.platform.keys.KeyStatus;
import cn.mingmian.platform.keys.Keys;
import cn.mingmian.platform.keys.Root;
import cn.mingmian.platform.keys.Secrets;
import cn.mingmian.platform.people.Gallery;
import cn.mingmian.platform.records.Actor;
import cn.mingmian.platform.records.Json;
import cn.mingmian.server.command.BadArgumentException;
import cn.mingmian.server.command.Command;
import java.nio.file.Path;
import java.util.List;

/// Does errands: the same for a server that runs and for a data directory opened for one errand.
final class Errands {
  private Errands() {}

  /// @param secrets  where a new root's secret comes from
  static Errand.Done perform(Platform platform, Errand errand, Secrets secrets) {
    Actor by = new Actor(errand.by());
    return switch (errand.act()) {
      case "keys status" -> done(status(platform.keys().status(), errand));
      case "keys rotate-epoch" -> {
        var change = platform.keys().rotateEpoch(by);
        yield done(
            "第 %d 期密钥已于 %s 销毁，%d 把密钥改由第 %d 期密钥保护%n"
                    .formatted(
                        change.destroyed(), change.destroyedAt(), change.keys(), change.current())
                + "epoch key %d was destroyed at %s; %d keys are wrapped by epoch key %d now"
                    .formatted(
                        change.destroyed(), change.destroyedAt(), change.keys(), change.current()));
      }
      case "keys rotate-root" -> {
        Keys.RootChange change = platform.keys().rotateRoot(root(errand), secrets, by);
        yield done(
            "根密钥已由 %s 换为 %s / the root was a %s and is a %s now; epoch key %d was destroyed with it%s"
                .formatted(
                    change.from(),
                    change.to(),
                    change.from(),
                    change.to(),
                    change.epoch().destroyed(),
                    change.from().equals("key-file") && !change.destroyed()
                        ? "\n旧密钥文件在数据目录之外，请自行销毁 / the old key file lies outside the data directory: destroy it yourself"
                        : ""));
      }
      case "keys renew-gallery" -> done(renew(platform, errand, by));
      case "backup" ->
          done(
              platform
                  .backups()
                  .make(
                      Backups.What.valueOf(errand.option("what").orElseThrow()),
                      Path.of(errand.option("to").orElseThrow()),
                      by)
                  .describe());
      default -> throw new BadArgumentException("unknown errand `%s`".formatted(errand.act()));
    };
  }

  private static Errand.Done done(String text) {
    return new Errand.Done(Command.OK, text);
  }

  private static String status(KeyStatus status, Errand errand) {
    if (errand.option("json").isPresent()) return Json.write(status);
    return """
        密码套件 / suite      %s
        根密钥 / root         %s
        保险库 / vault        %s
        纪元 / epoch          %d, since %s, destroyed by %s
        纪元密钥副本 / copies %d
        特征库 / galleries    %d
        特征模板 / templates  %d"""
        .formatted(
            status.suite(),
            status.root(),
            status.vault(),
            status.epoch(),
            status.epochSince(),
            status.epochEndsBy(),
            status.copies(),
            status.galleries(),
            status.templates());
  }

  private static Root root(Errand errand) {
    return switch (errand.option("root").orElse("key-file")) {
      case "passphrase" -> new Root.Passphrase();
      case "token" ->
          new Root.Token(
              Path.of(errand.option("token-module").orElseThrow()),
              Integer.parseInt(errand.option("token-slot").orElseThrow()),
              errand.option("token-key").orElseThrow());
      default ->
          errand
              .option("root-key")
              .<Root>map(file -> new Root.KeyFile(Path.of(file)))
              .orElseGet(Root::standard);
    };
  }

  private static String renew(Platform platform, Errand errand, Actor by) {
    List<Gallery> chosen =
        platform.people().galleries().stream()
            .filter(g -> errand.option("purpose").map(g.purpose().value()::equals).orElse(true))
            .filter(g -> errand.option("site").map(g.site().value()::equals).orElse(true))
            .toList();
    if (chosen.isEmpty()) return "没有符合条件的特征库 / no gallery fits";
    StringBuilder said = new StringBuilder();
    for (Gallery gallery : chosen) {
      var renewal = platform.keys().renew(gallery, by);
      said.append(said.isEmpty() ? "" : "\n")
          .append(
              "%s %s: %d renewed, %d left, %d old seeds destroyed"
                  .formatted(
                      gallery.purpose(),
                      gallery.site(),
                      renewal.renewed(),
                      renewal.left(),
                      renewal.oldSeedsDestroyed()));
    }
    return said.toString();
  }

  /// What went wrong, and why, in one line.
  static String reasons(Throwable failed) {
    StringBuilder text = new StringBuilder();
    for (Throwable each = failed; each != null; each = each.getCause()) {
      String message = String.valueOf(each.getMessage());
      if (text.indexOf(message) < 0) text.append(text.isEmpty() ? "" : ": ").append(message);
    }
    return text.toString();
  }
}
