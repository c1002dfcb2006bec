package cn.mingmian.vault;

import java.nio.file.Path;

/// Uses a SoftHSM token as the root of a vault.
final class TokenChild {
  private TokenChild() {}

  public static void main(String[] args) {
    Path library = Path.of(args[0]);
    char[] pin = "246810".toCharArray();
    Fixture f = new Fixture(Path.of(args[1]).resolve("work"));
    TemplateId id = f.seal(Fixture.unit(1, 64));
    refused("no such key", () -> RootKey.fromToken(library, 0, pin, "root"));
    refused("wrong PIN", () -> RootKey.createInToken(library, 0, "000000".toCharArray(), "root"));
    try (RootKey token = RootKey.createInToken(library, 0, pin, "root")) {
      f.vault.changeRoot(token);
      f.vault.changeEpoch();
      f.vault.close();
      refused("key file", () -> Vault.open(f.directory, f.root, f.random, f));
      refused("second key", () -> RootKey.createInToken(library, 0, pin, "root"));
    }
    try (RootKey token = RootKey.fromToken(library, 0, pin, "root");
        RootKey other = RootKey.createInToken(library, 0, pin, "other")) {
      refused("other key", () -> Vault.open(f.directory, other, f.random, f));
      f.vault = Vault.open(f.directory, token, f.random, f);
      if (!(f.vault.open(id, f.binding) instanceof Reading.Read)) {
        throw new AssertionError("the template does not open under the token");
      }
      f.vault.changeRoot(f.root);
      f.reopen();
      f.close();
    }
    System.out.println("token: all as promised");
  }

  private static void refused(String what, Runnable act) {
    try {
      act.run();
    } catch (VaultException expected) {
      System.out.println(what + ": " + expected.getMessage());
      return;
    }
    throw new AssertionError("not refused: " + what);
  }
}
