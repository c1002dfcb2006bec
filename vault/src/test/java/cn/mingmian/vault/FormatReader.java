package cn.mingmian.vault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32C;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/// A second reader of the format, written from `docs/formats/vault.md` alone: it uses nothing of
/// the vault, only ciphers of the JDK and Bouncy Castle by their standard names.
final class FormatReader {
  private final Path vault;
  private final BouncyCastleProvider castle = new BouncyCastleProvider();
  private final Map<String, String> values = new LinkedHashMap<>();
  private int suite;
  private byte[] vaultId = {};

  FormatReader(Path vault) {
    this.vault = vault;
  }

  /// Every value on the way from the root to the one template, by name.
  Map<String, String> read(Path rootFile) throws IOException, GeneralSecurityException {
    byte[] head = Files.readAllBytes(vault.resolve("vault"));
    require(text(head, 0, 7).equals("MMVAULT") && crcFits(head), "head");
    suite = at(head, 10, 2).getShort();
    vaultId = bytes(head, 16, 16);
    put("suite", String.valueOf(suite));
    put("vault id", vaultId);

    byte[] rootBytes = Files.readAllBytes(rootFile);
    byte[] root = bytes(rootBytes, 16, 32);
    put("root secret", root);
    byte[] rootId = hkdf("HmacSHA256", root, new byte[0], ascii("mingmian vault 1 root id"), 16);
    put("root id", rootId);

    byte[] epoch = epochSecret(root, rootId);
    put("epoch secret", epoch);
    byte[] slotKey = Arrays.copyOf(kdf(epoch, "mingmian vault 1 slot", 32), keyBytes());
    put("slot key", slotKey);
    byte[] table = Files.readAllBytes(vault.resolve("keys-0000000000000001.tab"));
    byte[][] secrets = new byte[4][];
    for (int slot = 128; slot < table.length; slot += 128) {
      int kind = table[slot];
      if (kind == 0) continue;
      byte[] bytes = bytes(table, slot, 128);
      require(crcFits(bytes), "slot");
      byte[] associated =
          join(
              ascii("mingmian slot 1\0"),
              new byte[] {0, (byte) suite},
              vaultId,
              new byte[] {0, 0, 0, 0, 0, 0, 0, 1},
              bytes(bytes, 0, 60));
      secrets[kind] = open(slotKey, bytes(bytes, 60, 12), associated, bytes(bytes, 72, 48));
    }
    put("owner secret", secrets[1]);
    put("template secret", secrets[2]);
    put("transform seed", secrets[3]);
    template(secrets);
    return values;
  }

  private byte[] epochSecret(byte[] root, byte[] rootId)
      throws IOException, GeneralSecurityException {
    byte[] file = Files.readAllBytes(vault.resolve("epoch-0000000000000001.key"));
    require(text(file, 0, 7).equals("MMEPOCH") && crcFits(file), "epoch");
    int parameters = at(file, 14, 2).getShort();
    require(Arrays.equals(bytes(file, 48, 16), rootId), "root id");
    int wrapped = at(file, 68 + parameters, 2).getShort();
    byte[] key = kdf(root, "mingmian vault 1 root", keyBytes());
    put("root wrapping key", key);
    int from = 70 + parameters;
    return open(
        key,
        bytes(file, from, 12),
        bytes(file, 0, 68 + parameters),
        bytes(file, from + 12, wrapped - 12));
  }

  private void template(byte[][] secrets) throws IOException, GeneralSecurityException {
    Path only;
    try (var files = Files.list(vault.resolve("templates"))) {
      only = files.findFirst().orElseThrow();
    }
    byte[] file = Files.readAllBytes(only);
    require(text(file, 0, 7).equals("MMTEMPL"), "template");
    int n = at(file, 12, 4).getInt();
    byte[] id = bytes(file, 32, 16);
    require(only.getFileName().toString().equals(hex(id) + ".tpl"), "file name");
    put("template id", id);
    put("key id", bytes(file, 48, 16));
    put("gallery id", bytes(file, 64, 16));
    put("transform id", bytes(file, 80, 16));
    put("generation", bytes(file, 96, 4));
    put("expiry", String.valueOf(at(file, 100, 8).getLong()));
    int from = 108;
    for (String name : new String[] {"model name", "model version", "purpose"}) {
      int length = at(file, from, 2).getShort();
      put(name, text(file, from + 2, length));
      from += 2 + length;
    }
    byte[] info = join(ascii("mingmian vault 1 template"), id);
    String mac = suite == 1 ? "HmacSHA256" : "HmacSM3";
    byte[] key = hkdf(mac, join(secrets[1], secrets[2]), vaultId, info, keyBytes());
    put("data key", key);
    byte[] plain =
        open(
            key,
            bytes(file, from, 12),
            bytes(file, 0, from),
            bytes(file, from + 12, file.length - from - 12));
    require(plain.length == 4 * n, "length");
    double[] y = new double[n];
    ByteBuffer in = ByteBuffer.wrap(plain).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < n; i++) y[i] = in.getFloat();
    put("stored vector", join(y));
    double[][] q = orthonormal(gaussians(secrets[3], n));
    put("first row of Q", join(q[0]));
    double[] x = new double[n];
    for (int i = 0; i < n; i++) for (int j = 0; j < n; j++) x[j] += q[i][j] * y[i];
    put("vector", join(x));
  }

  private double[][] gaussians(byte[] seed, int n) throws GeneralSecurityException {
    double[][] a = new double[n][n];
    double[] u = new double[4];
    int filled = 0;
    for (long counter = 0; filled < n * n; counter++) {
      byte[] input = join(seed, ByteBuffer.allocate(8).putLong(counter).array());
      byte[] block =
          (suite == 1
                  ? java.security.MessageDigest.getInstance("SHA-256")
                  : java.security.MessageDigest.getInstance("SM3", castle))
              .digest(input);
      for (int i = 0; i < 4; i++) u[i] = ((at(block, 8 * i, 8).getLong() >>> 11) + 0.5) * 0x1p-53;
      for (int i = 0; i < 4; i += 2) {
        double radius = Math.sqrt(-2 * Math.log(u[i]));
        double angle = 2 * Math.PI * u[i + 1];
        for (double g : new double[] {radius * Math.cos(angle), radius * Math.sin(angle)}) {
          if (filled < n * n) a[filled / n][filled++ % n] = g;
        }
      }
    }
    return a;
  }

  /// Gram and Schmidt on the columns, twice: the same factor as by Householder, another way.
  private static double[][] orthonormal(double[][] a) {
    int n = a.length;
    for (int column = 0; column < n; column++) {
      for (int pass = 0; pass < 2; pass++) {
        for (int earlier = 0; earlier < column; earlier++) {
          double dot = 0;
          for (double[] row : a) dot += row[earlier] * row[column];
          for (double[] row : a) row[column] -= dot * row[earlier];
        }
      }
      double squares = 0;
      for (double[] row : a) squares += row[column] * row[column];
      for (double[] row : a) row[column] /= Math.sqrt(squares);
    }
    return a;
  }

  private byte[] open(byte[] key, byte[] nonce, byte[] associated, byte[] sealed)
      throws GeneralSecurityException {
    Cipher cipher =
        suite == 1
            ? Cipher.getInstance("AES/GCM/NoPadding")
            : Cipher.getInstance("SM4/GCM/NoPadding", castle);
    String name = suite == 1 ? "AES" : "SM4";
    cipher.init(
        Cipher.DECRYPT_MODE, new SecretKeySpec(key, name), new GCMParameterSpec(128, nonce));
    cipher.updateAAD(associated);
    return cipher.doFinal(sealed);
  }

  private byte[] kdf(byte[] secret, String info, int length) throws GeneralSecurityException {
    return hkdf(suite == 1 ? "HmacSHA256" : "HmacSM3", secret, vaultId, ascii(info), length);
  }

  /// RFC 5869, for at most one block of output.
  private byte[] hkdf(String mac, byte[] secret, byte[] salt, byte[] info, int length)
      throws GeneralSecurityException {
    byte[] extracted = mac(mac, salt.length == 0 ? new byte[32] : salt, secret);
    return Arrays.copyOf(mac(mac, extracted, join(info, new byte[] {1})), length);
  }

  private byte[] mac(String name, byte[] key, byte[] data) throws GeneralSecurityException {
    Mac mac = name.equals("HmacSM3") ? Mac.getInstance(name, castle) : Mac.getInstance(name);
    mac.init(new SecretKeySpec(key, name));
    return mac.doFinal(data);
  }

  private int keyBytes() {
    return suite == 1 ? 32 : 16;
  }

  private void put(String name, byte[] value) {
    put(name, hex(value));
  }

  private void put(String name, String value) {
    values.put(name, value);
  }

  private static void require(boolean holds, String what) {
    if (!holds) throw new AssertionError("format of " + what);
  }

  private static boolean crcFits(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, bytes.length - 4);
    return (int) crc.getValue() == at(bytes, bytes.length - 4, 4).getInt();
  }

  private static ByteBuffer at(byte[] bytes, int from, int length) {
    return ByteBuffer.wrap(bytes, from, length);
  }

  private static byte[] bytes(byte[] bytes, int from, int length) {
    return Arrays.copyOfRange(bytes, from, from + length);
  }

  private static String text(byte[] bytes, int from, int length) {
    return new String(bytes, from, length, StandardCharsets.UTF_8);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static byte[] join(byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) length += part.length;
    ByteBuffer all = ByteBuffer.allocate(length);
    for (byte[] part : parts) all.put(part);
    return all.array();
  }

  private static String join(double[] values) {
    StringBuilder text = new StringBuilder();
    for (double value : values)
      text.append(text.isEmpty() ? "" : " ")
          .append(String.format(java.util.Locale.ROOT, "%.6f", value));
    return text.toString().replace("-0.000000", "0.000000");
  }
}
