package cn.mingmian.server.keeping;

import cn.mingmian.platform.Platform;
import cn.mingmian.platform.keys.Ciphers;
import cn.mingmian.platform.keys.Root;
import cn.mingmian.platform.keys.Secrets;
import cn.mingmian.platform.keys.Unlock;
import cn.mingmian.server.command.Arguments;
import cn.mingmian.server.command.BadArgumentException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/// Reads what is said about data directory, database and keys, from options or the environment:
/// `--secret-file` is `MINGMIAN_SECRET_FILE` there. A secret itself is never an argument.
public final class Unlocking {
  /// The options of whoever opens a data directory.
  public static final String SYNOPSIS =
      "[--data DIR] [--database-url URL] [--secret-file FILE] [--epoch-hours N]";

  /// The options of a first start.
  public static final String SET_UP =
      "[--suite WORD] [--root WORD] [--root-key FILE]"
          + " [--token-module FILE --token-slot N --token-key NAME]";

  private Unlocking() {}

  /// `--data`, else `MINGMIAN_DATA`, else `data` in the working directory.
  public static Path dataDirectory(Arguments arguments) {
    return said(arguments, "--data").map(Path::of).orElseGet(() -> Path.of("data"));
  }

  /// How to open the data directory of a server that is stopped; it was set up before.
  public static Platform.Options options(Arguments arguments) {
    Platform.Options plain =
        Platform.Options.in(
            dataDirectory(arguments), Path.of(System.getProperty("mingmian.models", "models")));
    return new Platform.Options(
        plain.dataDirectory(),
        databaseUrl(arguments).map(Databases::at),
        plain.modelsDirectory(),
        plain.logOrigin(),
        plain.packs(),
        new Unlock(
            Optional.empty(),
            Optional.empty(),
            secrets(arguments, "--secret-file"),
            window(arguments)));
  }

  /// The database that is given, if one is.
  public static Optional<String> databaseUrl(Arguments arguments) {
    return said(arguments, "--database-url");
  }

  /// What is said at a start that may be the first.
  public static Unlock unlock(Arguments arguments) {
    Optional<Ciphers> ciphers =
        said(arguments, "--suite")
            .map(
                word ->
                    Ciphers.of(word)
                        .orElseThrow(
                            () ->
                                new BadArgumentException(
                                    "`--suite` expects `aes` or `sm`, found `%s`"
                                        .formatted(word))));
    return new Unlock(
        root(option -> said(arguments, option)),
        ciphers,
        secrets(arguments, "--secret-file"),
        window(arguments));
  }

  private static Duration window(Arguments arguments) {
    return number(said(arguments, "--epoch-hours"), "--epoch-hours", 1, 168)
        .map(Duration::ofHours)
        .orElse(Unlock.WINDOW);
  }

  /// The root that options name, if they name one.
  static Optional<Root> root(Function<String, Optional<String>> said) {
    Optional<String> word = said.apply("--root");
    Optional<Path> file = said.apply("--root-key").map(Path::of).map(Path::toAbsolutePath);
    Optional<Path> module = said.apply("--token-module").map(Path::of).map(Path::toAbsolutePath);
    Optional<Integer> slot = number(said.apply("--token-slot"), "--token-slot", 0, 1_000);
    Optional<String> key = said.apply("--token-key");
    boolean token = module.isPresent() || slot.isPresent() || key.isPresent();
    String kind = word.orElse(token ? "token" : file.isPresent() ? "key-file" : "");
    if (file.isPresent() && !kind.equals("key-file")) {
      throw new BadArgumentException("`--root-key` goes with `--root key-file`");
    }
    if (token && !kind.equals("token")) {
      throw new BadArgumentException("`--token-...` go with `--root token`");
    }
    return switch (kind) {
      case "" -> Optional.empty();
      case "key-file" -> Optional.of(file.<Root>map(Root.KeyFile::new).orElseGet(Root::standard));
      case "passphrase" -> Optional.of(new Root.Passphrase());
      case "token" ->
          Optional.of(
              new Root.Token(
                  module.orElseThrow(
                      () ->
                          new BadArgumentException(
                              "`--root token` needs `--token-module`, the path of its PKCS#11 library")),
                  slot.orElse(0),
                  key.orElse("mingmian")));
      default ->
          throw new BadArgumentException(
              "`--root` expects `key-file`, `passphrase` or `token`, found `%s`".formatted(kind));
    };
  }

  /// A prompt, or the file that an option names.
  public static Secrets secrets(Arguments arguments, String option) {
    return said(arguments, option)
        .<Secrets>map(file -> new SecretFile(Path.of(file)))
        .orElseGet(() -> new Prompt(option));
  }

  private static Optional<Integer> number(
      Optional<String> given, String option, int least, int most) {
    return given.map(
        text -> {
          int number = text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : -1;
          if (number >= least && number <= most) return number;
          throw new BadArgumentException(
              "`%s` expects %d to %d, found `%s`".formatted(option, least, most, text));
        });
  }

  private static Optional<String> said(Arguments arguments, String option) {
    Optional<String> given = arguments.value(option);
    if (given.isPresent()) return given;
    String name = "MINGMIAN_" + option.substring(2).replace('-', '_').toUpperCase(Locale.ROOT);
    return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isEmpty());
  }
}
