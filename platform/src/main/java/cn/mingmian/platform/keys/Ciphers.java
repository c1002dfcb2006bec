package cn.mingmian.platform.keys;

import cn.mingmian.vault.Suite;
import java.util.Arrays;
import java.util.Optional;

/// The ciphers of the vault, chosen once at set-up.
public enum Ciphers {
  /// AES-256-GCM and SHA-256.
  AES("aes", Suite.AES_256_GCM_SHA_256),
  /// 国密 SM4-GCM and SM3.
  SM("sm", Suite.SM4_GCM_SM3);

  private final String word;
  private final Suite suite;

  Ciphers(String word, Suite suite) {
    this.word = word;
    this.suite = suite;
  }

  /// As it is written in options and files.
  public String word() {
    return word;
  }

  public static Optional<Ciphers> of(String word) {
    return Arrays.stream(values()).filter(one -> one.word.equals(word)).findFirst();
  }

  static Ciphers of(Suite suite) {
    return Arrays.stream(values()).filter(one -> one.suite == suite).findFirst().orElseThrow();
  }

  Suite suite() {
    return suite;
  }
}
