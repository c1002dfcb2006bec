package cn.mingmian.platform.templates;

import cn.mingmian.law.facts.Control;
import cn.mingmian.platform.controls.SelfCheck;
import cn.mingmian.platform.keys.Keys;
import cn.mingmian.vault.RootKey;
import cn.mingmian.vault.Vault;
import cn.mingmian.vault.VaultInUseException;
import cn.mingmian.vault.WrongRootException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;

/// Tries to get at templates without the right: from outside the owner's account, beside the
/// program that holds the vault, and with another root key. All must fail.
public final class VaultAccessCheck implements SelfCheck {
  private static final Set<PosixFilePermission> OWNER =
      EnumSet.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  private final Path vault;
  private final Path keysDirectory;
  private final Path scratch;
  private final Keys keys;
  private final SecureRandom random;
  private final Clock clock;

  /// @param vault the directory of the open vault
  /// @param keysDirectory  the directory of the keys
  public VaultAccessCheck(
      Path vault, Path keysDirectory, Path scratch, Keys keys, SecureRandom random, Clock clock) {
    this.vault = vault;
    this.keysDirectory = keysDirectory;
    this.scratch = scratch;
    this.keys = keys;
    this.random = random;
    this.clock = clock;
  }

  @Override
  public Control family() {
    return Control.ACCESS_CONTROL;
  }

  @Override
  public String name() {
    return "vault-access";
  }

  @Override
  public Outcome run() {
    return keys.withRoot(this::run);
  }

  private Outcome run(RootKey root) {
    for (Path directory : new Path[] {vault, keysDirectory}) {
      String open = openToOthers(directory);
      if (!open.isEmpty())
        return new Outcome(false, "`%s` is open to other accounts".formatted(open));
    }
    try (Vault second = Vault.open(vault, root, random, clock)) {
      return new Outcome(false, "a second holder opened the vault");
    } catch (VaultInUseException expected) {
      // As it must be.
    }
    Path directory = ScratchVaults.make(scratch);
    Path other = directory.resolve("other.key");
    try {
      Path tried = directory.resolve("vault");
      Vault.open(tried, root, random, clock).close();
      try (RootKey wrong = RootKey.createFile(other, random);
          Vault opened = Vault.open(tried, wrong, random, clock)) {
        return new Outcome(false, "another root key opened a vault");
      } catch (WrongRootException expected) {
        return new Outcome(
            true, "closed to other accounts, to a second holder and to another root key");
      }
    } finally {
      ScratchVaults.remove(directory);
    }
  }

  /// The first path that somebody else than the owner may use; blank if there is none.
  private static String openToOthers(Path directory) {
    try (Stream<Path> paths = Files.list(directory)) {
      if (!OWNER.containsAll(Files.getPosixFilePermissions(directory))) return directory.toString();
      for (Path path : paths.toList()) {
        boolean secret = path.toString().endsWith(".key") || path.toString().endsWith(".pem");
        if (secret && !OWNER.containsAll(Files.getPosixFilePermissions(path)))
          return path.toString();
      }
      return "";
    } catch (IOException e) {
      throw new UncheckedIOException("self-check in `%s`".formatted(directory), e);
    }
  }
}
