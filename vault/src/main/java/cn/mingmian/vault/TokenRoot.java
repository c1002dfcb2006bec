package cn.mingmian.vault;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AuthProvider;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.security.auth.login.LoginException;
import org.jspecify.annotations.Nullable;

/// A root that never leaves a PKCS#11 token: the token itself wraps and unwraps the epoch key, with
/// AES-256-GCM whatever the vault's suite.
final class TokenRoot extends RootKey {
  static final int KIND = 3;
  private static final byte[] ID_BLOCK = "mingmian root id".getBytes(StandardCharsets.US_ASCII);

  /// A login holds for the whole process: it ends with the last user of the token.
  private static final Map<String, Integer> USERS = new HashMap<>();

  /// Whether the key is made or expected.
  enum Key {
    NEW,
    THERE,
    THERE_OR_NEW
  }

  private final String slot;
  private final Provider provider;
  private final SecretKey key;
  private final String label;
  private boolean closed;

  private TokenRoot(String slot, Provider provider, SecretKey key, String label) {
    this.slot = slot;
    this.provider = provider;
    this.key = key;
    this.label = label;
  }

  static TokenRoot open(Path library, int slotIndex, char[] pin, String label, Key wanted) {
    if (!Files.isReadable(library)) {
      throw new VaultException(
          "PKCS#11 library `%s` cannot be read: give the path of the token's library"
              .formatted(library));
    }
    Binding.checkText("key label", label);
    String slot = library + "#" + slotIndex;
    Provider used = null;
    boolean opened = false;
    synchronized (USERS) {
      USERS.merge(slot, 1, Integer::sum);
    }
    try {
      Provider sun = Security.getProvider("SunPKCS11");
      if (sun == null) throw new VaultException("this Java runtime has no PKCS#11 provider");
      Provider provider =
          sun.configure(
              """
              --name = mingmian-%s
              library = %s
              slotListIndex = %d
              attributes(generate, CKO_SECRET_KEY, CKK_AES) = {
                CKA_SENSITIVE = true
                CKA_EXTRACTABLE = false
                CKA_ENCRYPT = true
                CKA_DECRYPT = true
              }
              """
                  .formatted(Integer.toHexString(library.hashCode()), library, slotIndex));
      used = provider;
      KeyStore store = KeyStore.getInstance("PKCS11", provider);
      store.load(null, pin);
      boolean there = store.isKeyEntry(label);
      if (wanted == Key.NEW && there) {
        throw new VaultException(
            "the token has a key `%s` already: use it, or name another".formatted(label));
      }
      if (!there && wanted != Key.THERE) {
        KeyGenerator generator = KeyGenerator.getInstance("AES", provider);
        generator.init(256);
        KeyStore.SecretKeyEntry entry = new KeyStore.SecretKeyEntry(generator.generateKey());
        store.setEntry(label, entry, null);
      } else if (!there) {
        throw new VaultException("the token has no key `%s`".formatted(label));
      }
      if (!(store.getKey(label, null) instanceof SecretKey key)) {
        throw new VaultException("`%s` in the token is not a secret key".formatted(label));
      }
      opened = true;
      return new TokenRoot(slot, provider, key, label);
    } catch (IOException | GeneralSecurityException e) {
      throw new VaultException(
          "cannot use the token at index %d of `%s`: wrong PIN, no token, or a token without"
                  .formatted(slotIndex, library)
              + " AES-GCM",
          e);
    } finally {
      if (!opened) leave(slot, used);
    }
  }

  private static void leave(String slot, @Nullable Provider provider) {
    synchronized (USERS) {
      boolean last = USERS.merge(slot, -1, Integer::sum) == 0;
      if (!last || !(provider instanceof AuthProvider token)) return;
      try {
        token.logout();
      } catch (LoginException e) {
        throw new VaultException("cannot log out of the token", e);
      }
    }
  }

  @Override
  UnlockedRoot unlock(SecureRandom random) {
    return new Unlocked(label.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  UnlockedRoot unlock(int kind, byte[] parameters) {
    if (kind != KIND) {
      throw new WrongRootException(
          "the vault's root is %s, a token was given".formatted(kindName(kind)));
    }
    return new Unlocked(parameters);
  }

  /// The token's key in use. Ends with the token root itself: close that after the vault.
  private final class Unlocked implements UnlockedRoot {
    private final byte[] parameters;

    Unlocked(byte[] parameters) {
      this.parameters = parameters.clone();
    }

    @Override
    public int kind() {
      return KIND;
    }

    @Override
    public byte[] parameters() {
      return parameters.clone();
    }

    @Override
    public byte[] id() {
      try {
        Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding", provider);
        cipher.init(Cipher.ENCRYPT_MODE, key);
        return cipher.doFinal(ID_BLOCK);
      } catch (GeneralSecurityException e) {
        throw new VaultException("the token does not answer", e);
      }
    }

    @Override
    public byte[] wrap(
        Suite suite, byte[] vault, byte[] secret, byte[] associated, SecureRandom random) {
      byte[] nonce = new byte[Suite.NONCE_BYTES];
      random.nextBytes(nonce);
      try {
        Cipher cipher = cipher(Cipher.ENCRYPT_MODE, nonce, associated);
        byte[] sealed = cipher.doFinal(secret);
        byte[] wrapped = Arrays.copyOf(nonce, nonce.length + sealed.length);
        System.arraycopy(sealed, 0, wrapped, nonce.length, sealed.length);
        return wrapped;
      } catch (GeneralSecurityException e) {
        throw new VaultException("the token cannot wrap with AES-GCM", e);
      }
    }

    @Override
    public byte[] unwrap(Suite suite, byte[] vault, byte[] wrapped, byte[] associated)
        throws AEADBadTagException {
      if (wrapped.length < Suite.NONCE_BYTES) throw new AEADBadTagException("no nonce");
      byte[] nonce = Arrays.copyOf(wrapped, Suite.NONCE_BYTES);
      try {
        return cipher(Cipher.DECRYPT_MODE, nonce, associated)
            .doFinal(wrapped, nonce.length, wrapped.length - nonce.length);
      } catch (AEADBadTagException e) {
        throw e;
      } catch (GeneralSecurityException e) {
        // Tokens report a tag that does not fit under names of their own.
        AEADBadTagException bad = new AEADBadTagException("the token refused to unwrap");
        bad.initCause(e);
        throw bad;
      }
    }

    private Cipher cipher(int mode, byte[] nonce, byte[] associated)
        throws GeneralSecurityException {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding", provider);
      cipher.init(mode, key, new GCMParameterSpec(Suite.TAG_BYTES * 8, nonce));
      cipher.updateAAD(associated);
      return cipher;
    }

    @Override
    public void close() {
      // Holds nothing of the key: that is in the token.
    }
  }

  @Override
  public synchronized void close() {
    if (closed) return;
    closed = true;
    leave(slot, provider);
  }
}
