package cn.mingmian.server.demo;

import cn.mingmian.law.Rulebook;
import cn.mingmian.platform.Platform;
import cn.mingmian.server.command.Arguments;
import cn.mingmian.server.command.BadArgumentException;
import cn.mingmian.server.command.Command;
import cn.mingmian.server.command.Console;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// `demo`: plays the story in a data directory of its own, and leaves pictures, the certificate and
/// the log.
public final class DemoCommand implements Command {

  @Override
  public String name() {
    return "demo";
  }

  @Override
  public String synopsis() {
    return "[--out DIR] [--faces DIR] [--models DIR] [--json]";
  }

  @Override
  public String purpose() {
    return "在合成人脸上演示全过程 / the whole story on faces of nobody";
  }

  /// The answer of `demo --json`.
  record Played(String rulebook, String logKey, List<Scene> scenes, long asHoped, long otherwise) {}

  @Override
  public int run(Arguments arguments, Console console) {
    Path out = arguments.path("--out").orElse(Path.of("demo-output")).toAbsolutePath();
    Path faces =
        arguments
            .path("--faces")
            .orElse(Path.of(System.getProperty("mingmian.root", ".")).resolve("faces"))
            .toAbsolutePath();
    Path models =
        arguments
            .path("--models")
            .orElse(Path.of(System.getProperty("mingmian.models", "models")))
            .toAbsolutePath();
    boolean json = arguments.flag("--json");
    arguments.finish();
    if (!Files.isDirectory(faces.resolve("images"))) {
      throw new BadArgumentException(
          "`%s` has no `images`: the demo needs the synthetic faces of the repository"
              .formatted(faces));
    }
    long begun = System.nanoTime();
    Path data = out.resolve("data-" + ProcessHandle.current().pid());
    try {
      Files.createDirectories(data);
      progress(console, "启动内置数据库、日志和保险库 / starting the database, the log and the vault ...");
      Played played = play(data, out, faces, models, console, json);
      if (json) console.json(played);
      else summary(played, out, (System.nanoTime() - begun) / 1_000_000_000, console);
      return played.otherwise() == 0 ? OK : FAILED;
    } catch (IOException e) {
      throw new UncheckedIOException("`%s` cannot be written".formatted(out), e);
    } finally {
      forget(data);
    }
  }

  private static Played play(
      Path data, Path out, Path faces, Path models, Console console, boolean json)
      throws IOException {
    List<Scene> scenes = new ArrayList<>();
    try (Platform platform =
        Platform.open(Platform.Options.in(data, models), console.clock(), new SecureRandom())) {
      DemoGate gate =
          new DemoGate(
              platform,
              console.clock(),
              (zh, en) -> {
                if (!json) console.say("  ✓ %s / %s", zh, en);
              });
      if (!json) console.say("");
      Consumer<Scene> told =
          scene -> {
            scenes.add(scene);
            if (!json) show(scenes.size(), scene, console);
          };
      new Story(platform, gate, faces, out, data.resolve("log"), told).play();
      copy(data.resolve("log"), out.resolve("log"));
      Files.writeString(out.resolve("log.key"), platform.logKey().text() + "\n");
      long asHoped = scenes.stream().filter(Scene::asHoped).count();
      return new Played(
          Rulebook.standard().version(),
          platform.logKey().text(),
          scenes,
          asHoped,
          scenes.size() - asHoped);
    }
  }

  private static void show(int number, Scene scene, Console console) {
    console.say("%2d. %s", number, scene.zh());
    console.say("    %s", scene.en());
    console.say("    %s %s  (%d ms)", scene.asHoped() ? "✓" : "✗", scene.outcome(), scene.millis());
    for (Scene.Article article : scene.articles()) {
      console.say("      %-20s %s", article.rule(), article.whyZh());
      console.say("      %-20s %s", "", article.whyEn());
    }
    scene
        .lesson()
        .ifPresent(
            lesson -> {
              console.say("      补救 / remedy (%s): %s", lesson.rule(), lesson.remedyZh());
              console.say("        %s", lesson.remedyEn());
            });
    console.say("");
  }

  private static void summary(Played played, Path out, long seconds, Console console) {
    console.say("总结 / summary");
    int number = 0;
    for (Scene scene : played.scenes()) {
      console.say(
          "  %s %2d  %-62s %s",
          scene.asHoped() ? "✓" : "✗",
          ++number,
          scene.en(),
          scene.lesson().map(lesson -> refusedBy(lesson, scene)).orElse(""));
    }
    console.say("");
    console.say(
        "%d 项如预期，%d 项不符 / as they should be: %d, otherwise: %d, in %d s",
        played.asHoped(), played.otherwise(), played.asHoped(), played.otherwise(), seconds);
    console.say("图片、证明和日志 / pictures, certificate and log: %s", out);
    console.say("自行核验 / check it yourself: ./mingmian verify-log %s/log %s", out, played.logKey());
  }

  private static String refusedBy(Scene.Article lesson, Scene scene) {
    int others = scene.articles().size() - 1;
    return "refused: " + lesson.rule() + (others == 0 ? "" : " and %d more".formatted(others));
  }

  private static void progress(Console console, String text) {
    console.complain("%s", text);
  }

  private static void copy(Path from, Path to) throws IOException {
    forget(to);
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) Files.createDirectories(target);
        else Files.copy(file, target);
      }
    }
  }

  /// Removes a folder that this command made.
  private static void forget(Path folder) {
    if (!Files.exists(folder)) return;
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException("`%s` cannot be removed".formatted(folder), e);
    }
  }
}
