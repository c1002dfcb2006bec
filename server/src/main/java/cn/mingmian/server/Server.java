package cn.mingmian.server;

import cn.mingmian.law.facts.Pack;
import cn.mingmian.platform.Platform;
import cn.mingmian.platform.permit.RulePacks;
import cn.mingmian.platform.records.Actor;
import cn.mingmian.platform.staff.Staff;
import cn.mingmian.server.HttpConfiguration.Secret;
import cn.mingmian.server.access.ApiKeys;
import cn.mingmian.server.access.DeviceKeys;
import cn.mingmian.server.access.KeyScopeCheck;
import cn.mingmian.server.access.Limits;
import cn.mingmian.server.http.Cursors;
import cn.mingmian.server.http.IdempotencyStore;
import cn.mingmian.server.keeping.ControlSocket;
import cn.mingmian.server.keeping.Databases;
import cn.mingmian.server.keeping.ServerSchema;
import cn.mingmian.server.stamp.TimeStamps;
import cn.mingmian.server.tls.LocalAuthority;
import cn.mingmian.server.tls.PrivateFiles;
import cn.mingmian.server.tls.ServerCertificate;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The running server: records, keys, HTTPS, management. Whoever starts it closes it; closing lets
/// requests that are under way end first.
public final class Server implements AutoCloseable {

  private static final Pattern OURS =
      Pattern.compile("(mingmian|law|engine|vault|ledger|platform)[-.].*");

  private final ServletWebServerApplicationContext context;
  private final Sweeping sweeping;
  private final ControlSocket control;
  private final Management management;
  private final Platform platform;
  private final ServerCertificate certificate;
  private final List<ApiKeys.Issued> firstKeys;
  private final List<Staff.First> firstLogins;
  private final InetAddress listen;

  private Server(
      ServletWebServerApplicationContext context,
      Sweeping sweeping,
      ControlSocket control,
      Management management,
      Platform platform,
      ServerCertificate certificate,
      List<ApiKeys.Issued> firstKeys,
      List<Staff.First> firstLogins,
      InetAddress listen) {
    this.context = context;
    this.sweeping = sweeping;
    this.control = control;
    this.management = management;
    this.platform = platform;
    this.certificate = certificate;
    this.firstKeys = List.copyOf(firstKeys);
    this.firstLogins = List.copyOf(firstLogins);
    this.listen = listen;
  }

  /// Starts everything and returns when requests are answered.
  public static Server start(Settings settings, Clock clock, SecureRandom random) {
    Platform platform = null;
    ServletWebServerApplicationContext context = null;
    quiet();
    try {
      PrivateFiles.directory(settings.data());
      platform =
          Platform.open(
              new Platform.Options(
                  settings.data(),
                  settings.databaseUrl().map(Databases::at),
                  settings.models(),
                  "mingmian.local/log",
                  Pack.BY_DEFAULT,
                  settings.unlock()),
              clock,
              random);
      ServerSchema.migrate(platform.database());
      switchOn(settings.packs(), platform.packs());
      JdbcClient sql = platform.database().sql();
      ApiKeys keys = new ApiKeys(sql, clock, random);
      platform.controls().register(new KeyScopeCheck(keys));
      platform.defence().guard(archives());
      List<ApiKeys.Issued> first =
          settings.newKeys() || keys.all().isEmpty() ? keys.issueFirstPair() : List.of();
      byte[] secret = secret(settings.data().resolve("server"), random);
      ServerCertificate certificate = certificate(settings, clock, random);
      PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
      bindMachine(meters);
      IdempotencyStore answers = new IdempotencyStore(sql, clock, UUID.randomUUID());
      Platform open = platform;
      context =
          (ServletWebServerApplicationContext)
              new SpringApplicationBuilder(Shell.class)
                  .web(WebApplicationType.SERVLET)
                  .bannerMode(Banner.Mode.OFF)
                  .logStartupInfo(false)
                  .registerShutdownHook(false)
                  .properties(properties(settings, certificate))
                  .initializers(
                      fresh -> {
                        var beans = fresh.getBeanFactory();
                        beans.registerSingleton("clock", clock);
                        beans.registerSingleton("random", random);
                        beans.registerSingleton("meters", meters);
                        beans.registerSingleton("platform", open);
                        beans.registerSingleton("apiKeys", keys);
                        beans.registerSingleton("deviceKeys", new DeviceKeys(sql, clock));
                        beans.registerSingleton("idempotencyStore", answers);
                        beans.registerSingleton("secret", new Secret(secret));
                        beans.registerSingleton("cursors", new Cursors(secret));
                        beans.registerSingleton("limits", Limits.of(settings.requestsPerSecond()));
                      })
                  .run();
      Map<String, BooleanSupplier> parts = new LinkedHashMap<>();
      parts.put("records", open.database()::answers);
      parts.put("log", () -> open.trail().status().working());
      Management management = new Management(settings.managementPort(), meters, () -> parts);
      Sweeping sweeping =
          new Sweeping(platform, new TimeStamps(settings.data().resolve("stamps"), random), clock);
      ControlSocket control = new ControlSocket(settings.data(), platform);
      return new Server(
          context,
          sweeping,
          control,
          management,
          platform,
          certificate,
          first,
          platform.staff().first(),
          settings.listen());
    } catch (IOException unwritable) {
      closeAll(context, platform);
      throw new UncheckedIOException(
          "the data directory `%s` cannot be used".formatted(settings.data()), unwritable);
    } catch (RuntimeException failed) {
      closeAll(context, platform);
      throw failed;
    }
  }

  /// The archives that this program was started from, with the rules in them; none where it runs
  /// from folders of classes.
  private static List<Path> archives() {
    return Arrays.stream(System.getProperty("java.class.path", "").split(File.pathSeparator))
        .map(Path::of)
        .filter(path -> path.toString().endsWith(".jar") && Files.isRegularFile(path))
        .filter(path -> OURS.matcher(String.valueOf(path.getFileName())).matches())
        .toList();
  }

  /// Whoever starts the machine may add refusals and duties, never take any away.
  private static void switchOn(Set<Pack> packs, RulePacks rules) {
    for (Pack pack : packs) {
      if (rules.inForce().contains(pack)) continue;
      rules.choose(
          new RulePacks.Choice(pack, true, "chosen at set-up with `serve --packs`"),
          Actor.system("set-up"));
    }
  }

  /// Before Spring sets up the log, libraries tell only what is wrong.
  static void quiet() {
    if (LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)
        instanceof ch.qos.logback.classic.Logger root) {
      root.setLevel(ch.qos.logback.classic.Level.WARN);
    }
  }

  private static void closeAll(
      @Nullable ServletWebServerApplicationContext context, @Nullable Platform platform) {
    if (context != null) {
      context.close();
    }
    if (platform != null) {
      platform.close();
    }
  }

  /// Where the API and the pages are.
  public String address() {
    String host =
        listen.isAnyLocalAddress() || listen.isLoopbackAddress()
            ? "localhost"
            : listen.getHostAddress();
    return "https://%s:%d".formatted(host, port());
  }

  public int port() {
    var web = context.getWebServer();
    return web == null ? -1 : web.getPort();
  }

  /// The port of the public side, where there is one of its own.
  public Optional<Integer> publicPort() {
    return context.getBeanProvider(PublicListener.class).stream()
        .map(PublicListener::port)
        .findFirst();
  }

  public int managementPort() {
    return management.port();
  }

  public ServerCertificate certificate() {
    return certificate;
  }

  /// The rule packs that apply besides the law in force.
  public Set<Pack> packs() {
    return platform.packs().inForce();
  }

  /// The keys that this start made, with their secrets; empty on every later start.
  public List<ApiKeys.Issued> firstKeys() {
    return firstKeys;
  }

  /// The accounts that nobody has set up yet, with their one-time codes; empty once one works.
  public List<Staff.First> firstLogins() {
    return firstLogins;
  }

  /// A part of the running server, for tests and the demo.
  <T> T part(Class<T> type) {
    return context.getBean(type);
  }

  @Override
  public void close() {
    sweeping.close();
    control.close();
    management.close();
    context.close();
    platform.close();
  }

  private static void bindMachine(MeterRegistry meters) {
    new JvmMemoryMetrics().bindTo(meters);
    new JvmThreadMetrics().bindTo(meters);
    new ProcessorMetrics().bindTo(meters);
    new UptimeMetrics().bindTo(meters);
    @SuppressWarnings("resource") // listens as long as the process lives
    JvmGcMetrics collector = new JvmGcMetrics();
    collector.bindTo(meters);
  }

  private static ServerCertificate certificate(
      Settings settings, Clock clock, SecureRandom random) {
    return settings
        .certificate()
        .map(given -> new ServerCertificate(given.chain(), given.key(), Optional.empty()))
        .orElseGet(
            () -> {
              List<String> names = new ArrayList<>(LocalAuthority.namesOfThisMachine());
              String listen = settings.listen().getHostAddress();
              if (!settings.listen().isAnyLocalAddress() && !names.contains(listen)) {
                names.add(listen);
              }
              return new LocalAuthority(settings.data().resolve("tls"), clock, random)
                  .certificateFor(names);
            });
  }

  private static byte[] secret(Path directory, SecureRandom random) throws IOException {
    PrivateFiles.directory(directory);
    Path file = directory.resolve("secret");
    if (!Files.exists(file)) {
      byte[] fresh = new byte[32];
      random.nextBytes(fresh);
      PrivateFiles.write(file, fresh);
    }
    byte[] secret = Files.readAllBytes(file);
    if (secret.length != 32) {
      throw new IOException(
          "`%s` has %d bytes, expected 32".formatted(file.getFileName(), secret.length));
    }
    return secret;
  }

  private static Map<String, Object> properties(Settings settings, ServerCertificate certificate) {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("server.address", settings.listen().getHostAddress());
    properties.put("server.port", settings.port());
    properties.put("server.ssl.certificate", certificate.chain().toUri().toString());
    properties.put("server.ssl.certificate-private-key", certificate.key().toUri().toString());
    settings.publicPort().ifPresent(port -> properties.put("mingmian.public-port", port));
    settings.publicUrl().ifPresent(url -> properties.put("mingmian.public-url", url.toString()));
    if (settings.logOnConsole()) {
      properties.put("logging.structured.format.console", "logstash");
    } else {
      properties.put("logging.threshold.console", "OFF");
      properties.put("logging.structured.format.file", "logstash");
      properties.put(
          "logging.file.name", settings.data().resolve("logs").resolve("server.jsonl").toString());
    }
    return properties;
  }
}
