package cn.mingmian.vault;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.bouncycastle.crypto.engines.SM4Engine;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.modes.GCMModeCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.HKDFParameters;
import org.bouncycastle.crypto.params.KeyParameter;

/// The cipher and hash a vault was created with; fixed for its lifetime. Thread-safe.
///
/// Both are authenticated encryption with a 12-byte nonce and a 16-byte tag, and HKDF (RFC 5869).
public enum Suite {
  /// AES-256-GCM (NIST SP 800-38D) and SHA-256, from the JDK.
  AES_256_GCM_SHA_256(1, 32) {
    @Override
    byte[] derive(byte[] secret, byte[] salt, byte[] info, int length) {
      try {
        return KDF.getInstance("HKDF-SHA256")
            .deriveData(
                HKDFParameterSpec.ofExtract()
                    .addIKM(secret)
                    .addSalt(salt)
                    .thenExpand(info, length));
      } catch (GeneralSecurityException e) {
        throw new VaultException("this Java runtime offers no HKDF-SHA256", e);
      }
    }

    @Override
    byte[] crypt(boolean seal, byte[] key, byte[] nonce, byte[] associated, byte[] input)
        throws AEADBadTagException {
      RawKey raw = new RawKey(key);
      try {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        int mode = seal ? Cipher.ENCRYPT_MODE : Cipher.DECRYPT_MODE;
        cipher.init(mode, raw, new GCMParameterSpec(TAG_BYTES * 8, nonce));
        cipher.updateAAD(associated);
        return cipher.doFinal(input);
      } catch (AEADBadTagException e) {
        throw e;
      } catch (GeneralSecurityException e) {
        throw new VaultException("this Java runtime cannot do AES-256-GCM", e);
      } finally {
        raw.destroy();
      }
    }
  },
  /// SM4-GCM (GB/T 32907, RFC 8998) and SM3 (GB/T 32905), from Bouncy Castle.
  SM4_GCM_SM3(2, 16) {
    @Override
    byte[] derive(byte[] secret, byte[] salt, byte[] info, int length) {
      HKDFBytesGenerator hkdf = new HKDFBytesGenerator(new SM3Digest());
      hkdf.init(new HKDFParameters(secret, salt, info));
      byte[] out = new byte[length];
      hkdf.generateBytes(out, 0, length);
      return out;
    }

    @Override
    byte[] crypt(boolean seal, byte[] key, byte[] nonce, byte[] associated, byte[] input)
        throws AEADBadTagException {
      GCMModeCipher cipher = GCMBlockCipher.newInstance(new SM4Engine());
      cipher.init(
          seal, new AEADParameters(new KeyParameter(key), TAG_BYTES * 8, nonce, associated));
      byte[] out = new byte[cipher.getOutputSize(input.length)];
      try {
        int done = cipher.processBytes(input, 0, input.length, out, 0);
        cipher.doFinal(out, done);
        return out;
      } catch (InvalidCipherTextException e) {
        Arrays.fill(out, (byte) 0);
        throw new AEADBadTagException(e.getMessage());
      }
    }
  };

  static final int NONCE_BYTES = 12;
  static final int TAG_BYTES = 16;

  private final int id;
  private final int keyBytes;

  Suite(int id, int keyBytes) {
    this.id = id;
    this.keyBytes = keyBytes;
  }

  /// The number written into every file of a vault of this suite.
  public int id() {
    return id;
  }

  int keyBytes() {
    return keyBytes;
  }

  static Suite of(int id, String where) {
    for (Suite suite : values()) {
      if (suite.id == id) return suite;
    }
    throw new VaultDamagedException(
        "%s names suite %d, expected 1 (AES-256-GCM) or 2 (SM4-GCM)".formatted(where, id));
  }

  /// HKDF with this suite's hash. The caller zeroes what it passed in and what it gets.
  abstract byte[] derive(byte[] secret, byte[] salt, byte[] info, int length);

  /// One AEAD operation; sealing appends the tag, opening expects it at the end.
  abstract byte[] crypt(boolean seal, byte[] key, byte[] nonce, byte[] associated, byte[] input)
      throws AEADBadTagException;

  byte[] seal(byte[] key, byte[] nonce, byte[] associated, byte[] plain) {
    try {
      return crypt(true, key, nonce, associated, plain);
    } catch (AEADBadTagException e) {
      throw new AssertionError("sealing never checks a tag", e);
    }
  }

  byte[] open(byte[] key, byte[] nonce, byte[] associated, byte[] sealed)
      throws AEADBadTagException {
    return crypt(false, key, nonce, associated, sealed);
  }

  /// A key for one cipher call, cleared afterwards; the runtime's own key classes keep their copy.
  private static final class RawKey implements SecretKey {
    private static final long serialVersionUID = 1L;
    private final byte[] key;

    RawKey(byte[] key) {
      this.key = key.clone();
    }

    @Override
    public String getAlgorithm() {
      return "AES";
    }

    @Override
    public String getFormat() {
      return "RAW";
    }

    @Override
    public byte[] getEncoded() {
      return key.clone();
    }

    @Override
    public void destroy() {
      Arrays.fill(key, (byte) 0);
    }
  }
}
