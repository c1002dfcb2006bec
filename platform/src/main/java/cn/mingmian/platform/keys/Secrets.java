package cn.mingmian.platform.keys;

/// Where the passphrase or the token's PIN comes from: a prompt, a file that only its owner may
/// read. Asked only when a root needs it.
@FunctionalInterface
public interface Secrets {
  /// @param fresh  whether it is being chosen now, and may be asked for twice
  /// @return in memory of its own: whoever asked zeroes it
  char[] ask(Root root, boolean fresh);

  /// For a root that needs none.
  static Secrets none() {
    return (root, fresh) -> {
      throw new KeysUnavailableException(
          "the root is a %s and nothing was given to open it: start in a terminal, or name a file with `--secret-file`"
              .formatted(root.kind()));
    };
  }
}
