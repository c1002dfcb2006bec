package cn.mingmian.platform.keys;

import cn.mingmian.vault.RootKey;
import cn.mingmian.vault.VaultException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Arrays;

/// Turns the place of a root into the root itself; asks for its secret and zeroes that.
final class RootDoor {
  private final Path directory;
  private final SecureRandom random;

  /// @param directory  of the keys
  RootDoor(Path directory, SecureRandom random) {
    this.directory = directory;
    this.random = random;
  }

  /// The root of a vault that is there.
  ///
  /// @throws KeysUnavailableException if it is lost, or its secret is wrong
  RootKey open(Root root, Secrets secrets) {
    return switch (root) {
      case Root.KeyFile key -> {
        if (!Files.exists(file(key))) {
          throw new KeysUnavailableException(
              "root key `%s` is missing and the vault is not empty: put the key back from where its copy is kept; a new one would open nothing"
                  .formatted(file(key)));
        }
        yield known(() -> RootKey.fromFile(file(key)));
      }
      case Root.Passphrase phrase ->
          with(secrets.ask(root, false), given -> RootKey.fromPassphrase(given));
      case Root.Token t ->
          with(
              secrets.ask(root, false),
              pin -> RootKey.fromToken(t.module(), t.slot(), pin, t.key()));
    };
  }

  /// The root of a vault that holds nothing yet: made, unless a set-up that broke off has made it.
  RootKey openOrMake(Root root, Secrets secrets) {
    return switch (root) {
      case Root.KeyFile key ->
          known(
              () ->
                  Files.exists(file(key))
                      ? RootKey.fromFile(file(key))
                      : RootKey.createFile(file(key), random));
      case Root.Passphrase phrase -> with(secrets.ask(root, true), RootKey::fromPassphrase);
      case Root.Token t ->
          with(
              secrets.ask(root, false),
              pin -> RootKey.fromTokenOrNew(t.module(), t.slot(), pin, t.key()));
    };
  }

  /// A root that was not there before.
  RootKey make(Root root, Secrets secrets) {
    return switch (root) {
      case Root.KeyFile key -> known(() -> RootKey.createFile(file(key), random));
      case Root.Passphrase phrase -> with(secrets.ask(root, true), RootKey::fromPassphrase);
      case Root.Token t ->
          with(
              secrets.ask(root, false),
              pin -> RootKey.createInToken(t.module(), t.slot(), pin, t.key()));
    };
  }

  Path directory() {
    return directory;
  }

  Path file(Root.KeyFile key) {
    return directory.resolve(key.file());
  }

  /// A key file of ours that is not there yet.
  Root.KeyFile unused() {
    Root.KeyFile name = new Root.KeyFile(Path.of(Root.DEFAULT_FILE));
    for (int n = 2; Files.exists(file(name)); n++) {
      name = new Root.KeyFile(Path.of("root-%d.key".formatted(n)));
    }
    return name;
  }

  /// Overwrites and removes a key file of ours that opens nothing any more; one that the operator
  /// keeps elsewhere is left to the operator.
  ///
  /// @return whether there was one
  boolean destroy(Root root) {
    if (!(root instanceof Root.KeyFile key)) return false;
    Path file = file(key);
    if (key.file().isAbsolute() || !Files.exists(file)) return false;
    try {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.write(java.nio.ByteBuffer.allocate((int) channel.size()), 0);
        channel.force(true);
      }
      Files.delete(file);
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException("old root key `%s` cannot be destroyed".formatted(file), e);
    }
  }

  private interface Making {
    RootKey make();
  }

  private static RootKey known(Making making) {
    try {
      return making.make();
    } catch (VaultException e) {
      throw new KeysUnavailableException(String.valueOf(e.getMessage()), e);
    }
  }

  private interface MakingWith {
    RootKey make(char[] secret);
  }

  private static RootKey with(char[] secret, MakingWith making) {
    try {
      return making.make(secret);
    } catch (VaultException | IllegalArgumentException e) {
      throw new KeysUnavailableException(String.valueOf(e.getMessage()), e);
    } finally {
      Arrays.fill(secret, '\0');
    }
  }
}
