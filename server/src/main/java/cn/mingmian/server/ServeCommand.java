package cn.mingmian.server;

import cn.mingmian.law.facts.Pack;
import cn.mingmian.law.rules.Authority;
import cn.mingmian.law.rules.Text;
import cn.mingmian.platform.keys.KeysUnavailableException;
import cn.mingmian.platform.records.DatabaseException;
import cn.mingmian.platform.staff.Staff;
import cn.mingmian.server.access.ApiKeys;
import cn.mingmian.server.access.Scope;
import cn.mingmian.server.command.Arguments;
import cn.mingmian.server.command.BadArgumentException;
import cn.mingmian.server.command.Command;
import cn.mingmian.server.command.Console;
import cn.mingmian.server.keeping.Unlocking;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// `serve`: starts everything on embedded defaults, prints the address and the first keys, and
/// runs until it is stopped.
final class ServeCommand implements Command {

  @Override
  public String name() {
    return "serve";
  }

  @Override
  public String synopsis() {
    return "[--data DIR] [--listen ADDRESS] [--port N] [--management-port N]"
        + " [--certificate PEM --certificate-key PEM] [--database-url URL]"
        + " [--secret-file FILE] [--epoch-hours N] "
        + Unlocking.SET_UP
        + " [--rate N] [--log-console] [--new-keys] [--public-port N] [--public-url URL]"
        + " [--packs NAMES]";
  }

  @Override
  public String purpose() {
    return "启动服务 / start the server";
  }

  @Override
  public int run(Arguments arguments, Console console) {
    Settings settings = settings(arguments);
    arguments.finish();
    long begun = System.nanoTime();
    CountDownLatch stopped = new CountDownLatch(1);
    Server server;
    try {
      server = Server.start(settings, console.clock(), new SecureRandom());
    } catch (DatabaseException | KeysUnavailableException lost) {
      console.complain("mingmian: %s", String.valueOf(lost.getMessage()));
      return FAILED;
    } catch (RuntimeException failed) {
      String known = portTaken(failed, settings);
      if (known == null) {
        throw failed;
      }
      console.complain("mingmian: %s", known);
      return FAILED;
    }
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("shutdown")
                .unstarted(
                    () -> {
                      server.close();
                      stopped.countDown();
                    }));
    greet(server, settings, console, (System.nanoTime() - begun) / 1e9);
    try {
      stopped.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    return OK;
  }

  private static void greet(Server server, Settings settings, Console console, double seconds) {
    console.say("");
    console.say("  明面 Mingmian 已就绪 / is ready (%.1f s)", seconds);
    console.say("");
    console.say("  主页 / home      %s/", server.address());
    console.say("  接口 / API       %s/v1/docs", server.address());
    server
        .publicPort()
        .ifPresent(
            port ->
                console.say("  公众 / public    port %d: notices, receipts, portal, log only", port));
    console.say("  监控 / health    http://localhost:%d/health  /metrics", server.managementPort());
    console.say("  数据 / data      %s", settings.data().toAbsolutePath().normalize());
    sayRules(server.packs(), console);
    server
        .certificate()
        .authority()
        .ifPresent(
            authority ->
                console.say(
                    "  证书 / authority %s  (浏览器信任它一次 / let the browser trust it once)",
                    authority.toAbsolutePath().normalize()));
    if (!server.firstLogins().isEmpty()) {
      console.say("");
      console.say("  首次登录，两个一次性代码交给不同的人 / first logins: give the two codes to different people:");
      for (Staff.First first : server.firstLogins()) {
        console.say("");
        console.say(
            "    %-8s %s/login/first#%s", first.account().name(), server.address(), first.code());
        console.say(
            "             %s",
            first.account().roles().stream()
                .sorted()
                .map(role -> role.name().toLowerCase(Locale.ROOT).replace('_', ' '))
                .collect(Collectors.joining(", ")));
      }
    }
    if (!server.firstKeys().isEmpty()) {
      console.say("");
      console.say("  首次密钥，仅显示这一次，请立即保存 / the first keys, shown only this once:");
      for (ApiKeys.Issued issued : server.firstKeys()) {
        console.say("");
        console.say("    %-8s %s", issued.key().holder(), issued.secret());
        console.say(
            "             %s; until %s",
            issued.key().scopes().stream()
                .sorted()
                .map(Scope::wire)
                .collect(Collectors.joining(" ")),
            issued.key().expiresAt().toString().substring(0, 10));
      }
      console.say("");
      console.say(
          "  起草与批准须由不同的人持有 / give the two to different people: one writes, the other approves");
    }
    console.say("");
    console.say("  Ctrl-C 停止 / stops");
    console.say("");
  }

  private static void sayRules(Set<Pack> on, Console console) {
    console.say("  规则 / rules     现行法律始终适用，另外 / the law in force always, and besides:");
    for (Pack pack : Pack.values()) {
      Text words =
          switch (pack) {
            case STANDARDS -> Authority.STANDARD.words();
            case DRAFT_2023 -> Authority.DRAFT.words();
            case PROPOSALS -> Authority.PROPOSAL.words();
          };
      console.say(
          "                   %s %-10s  %s / %s",
          on.contains(pack) ? "✓" : "–", pack.wireName(), words.zh(), words.en());
    }
    if (on.size() < Pack.values().length) {
      console.say(
          "                   用 --packs 开启，关闭须两人 / `--packs` switches on; off takes two hands");
    }
  }

  static Settings settings(Arguments arguments) {
    Settings defaults = Settings.in(Unlocking.dataDirectory(arguments));
    Optional<Path> chain = arguments.path("--certificate");
    Optional<Path> key = arguments.path("--certificate-key");
    if (chain.isPresent() != key.isPresent()) {
      throw new BadArgumentException("`--certificate` and `--certificate-key` go together");
    }
    for (Optional<Path> file : java.util.List.of(chain, key)) {
      if (file.isPresent() && !Files.isReadable(file.get())) {
        throw new BadArgumentException("`%s` cannot be read".formatted(file.get()));
      }
    }
    return new Settings(
        defaults.data(),
        defaults.models(),
        arguments.value("--listen").map(ServeCommand::address).orElse(defaults.listen()),
        number(arguments, "--port", defaults.port(), 65_535),
        number(arguments, "--management-port", defaults.managementPort(), 65_535),
        chain.map(file -> new Settings.GivenCertificate(file, key.orElseThrow())),
        Unlocking.databaseUrl(arguments),
        number(arguments, "--rate", (int) defaults.requestsPerSecond(), 100_000),
        arguments.flag("--log-console"),
        arguments.flag("--new-keys"),
        arguments.value("--public-port").map(given -> number("--public-port", given, 65_535)),
        arguments.value("--public-url").map(ServeCommand::url),
        arguments.value("--packs").map(ServeCommand::packs).orElse(Set.of()),
        Unlocking.unlock(arguments));
  }

  private static Set<Pack> packs(String names) {
    Set<Pack> packs = EnumSet.noneOf(Pack.class);
    for (String name : names.split(",", -1)) {
      packs.add(
          Stream.of(Pack.values())
              .filter(pack -> pack.wireName().equals(name))
              .findFirst()
              .orElseThrow(
                  () ->
                      new BadArgumentException(
                          "`--packs` expects names out of `standards,draft-2023,proposals` with"
                              + " commas between, found `%s`".formatted(names))));
    }
    return packs;
  }

  private static int number(Arguments arguments, String option, int otherwise, int most) {
    return arguments.value(option).map(given -> number(option, given, most)).orElse(otherwise);
  }

  private static int number(String option, String given, int most) {
    if (given.matches("[0-9]{1,6}") && Integer.parseInt(given) <= most) {
      return Integer.parseInt(given);
    }
    throw new BadArgumentException(
        "`%s` expects 0 to %d, found `%s`".formatted(option, most, given));
  }

  private static URI url(String given) {
    if (given.matches("https://[A-Za-z0-9.:\\[\\]-]{1,200}/?")) {
      return URI.create(given);
    }
    throw new BadArgumentException(
        "`--public-url` expects `https://` and a host, found `%s`".formatted(given));
  }

  private static InetAddress address(String text) {
    try {
      return text.equalsIgnoreCase("localhost")
          ? InetAddress.getLoopbackAddress()
          : InetAddress.getByName(text.toLowerCase(Locale.ROOT));
    } catch (UnknownHostException unknown) {
      throw new BadArgumentException(
          "`--listen` expects an address of this machine, found `%s`".formatted(text));
    }
  }

  private static @org.jspecify.annotations.Nullable String portTaken(
      Throwable failure, Settings settings) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof org.springframework.boot.web.server.PortInUseException taken) {
        return "port %d is in use; choose another with `--port`".formatted(taken.getPort());
      }
      if (cause instanceof java.net.BindException) {
        return "port %d or %d cannot be bound at `%s`; see `--port`, `--management-port`, `--listen`"
            .formatted(
                settings.port(), settings.managementPort(), settings.listen().getHostAddress());
      }
    }
    return null;
  }
}
