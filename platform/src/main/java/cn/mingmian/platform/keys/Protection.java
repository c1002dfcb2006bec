package cn.mingmian.platform.keys;

import java.nio.file.Path;
import java.util.Optional;

/// How the vault of one data directory is protected: chosen at set-up, held against every start.
record Protection(Ciphers ciphers, Root root) {
  /// As it is written.
  ///
  /// @param root  `key-file`, `passphrase` or `token`
  record Written(
      int format,
      String suite,
      String root,
      Optional<String> file,
      Optional<String> module,
      Optional<Integer> slot,
      Optional<String> key) {}

  Written written() {
    Written plain =
        new Written(
            1,
            ciphers.word(),
            root.kind(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return switch (root) {
      case Root.Passphrase passphrase -> plain;
      case Root.KeyFile(Path file) ->
          new Written(
              1,
              plain.suite,
              plain.root,
              Optional.of(file.toString()),
              plain.module,
              plain.slot,
              plain.key);
      case Root.Token(Path module, int slot, String key) ->
          new Written(
              1,
              plain.suite,
              plain.root,
              plain.file,
              Optional.of(module.toString()),
              Optional.of(slot),
              Optional.of(key));
    };
  }

  /// @param where  for the complaint
  static Protection of(Written written, Path where) {
    Optional<Ciphers> ciphers = Ciphers.of(written.suite);
    Optional<Root> root =
        switch (written.root) {
          case "passphrase" -> Optional.of(new Root.Passphrase());
          case "key-file" -> written.file.map(Path::of).map(Root.KeyFile::new);
          case "token" ->
              written.module.flatMap(
                  module ->
                      written.slot.flatMap(
                          slot ->
                              written.key.map(key -> new Root.Token(Path.of(module), slot, key))));
          default -> Optional.empty();
        };
    if (written.format != 1 || ciphers.isEmpty() || root.isEmpty()) {
      throw new KeysUnavailableException(
          "`%s` names format %d, suite `%s`, root `%s`, which do not fit together: restore it from the backup of the keys"
              .formatted(where, written.format, written.suite, written.root));
    }
    return new Protection(ciphers.get(), root.get());
  }

  /// @throws KeysUnavailableException if something else is wished for than was set up
  void requireAgrees(Unlock wish) {
    wish.ciphers()
        .filter(other -> other != ciphers)
        .ifPresent(
            other -> {
              throw new KeysUnavailableException(
                  "suite `%s` is asked for, the vault was set up with `%s`: a suite is chosen once; begin another data directory to change it"
                      .formatted(other.word(), ciphers.word()));
            });
    wish.root()
        .filter(other -> !other.equals(root))
        .ifPresent(
            other -> {
              throw new KeysUnavailableException(
                  "root `%s` is asked for, the vault hangs on %s: change it with `mingmian keys rotate-root`"
                      .formatted(describe(other), describe(root)));
            });
  }

  private static String describe(Root root) {
    return switch (root) {
      case Root.KeyFile(Path file) -> "key-file `%s`".formatted(file);
      case Root.Passphrase passphrase -> "a passphrase";
      case Root.Token(Path module, int slot, String key) ->
          "key `%s` in slot %d of `%s`".formatted(key, slot, module);
    };
  }
}
