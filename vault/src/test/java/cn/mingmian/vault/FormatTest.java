package cn.mingmian.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The format as `docs/formats/vault.md` and the vaults beside it tell it.
class FormatTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final float[] VECTOR = {0.5f, -0.25f, 0.125f, 1f, 0f, -2f, 0.75f, 3f};
  private static final Binding BINDING =
      new Binding(
          new ModelId("face-8", "1"),
          "出入口 entry",
          new GalleryId(0x0123456789abcdefL, 0xfedcba9876543210L));
  private static final TemplateId TEMPLATE =
      new TemplateId(0x1111111122222222L, 0x3333333344444444L);
  private static final KeyId KEY = new KeyId(0x5555555566666666L, 0x7777777788888888L);

  @TempDir Path base;

  private static Path published(Suite suite) {
    String name = suite == Suite.AES_256_GCM_SHA_256 ? "aes-256-gcm-sha-256" : "sm4-gcm-sm3";
    return Path.of(System.getProperty("mingmian.root"), "docs/formats/vault-v1", name);
  }

  private static void copy(Path from, Path to) throws Exception {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.sorted().toList()) {
        Path copy = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) Files.createDirectories(copy);
        else Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
      }
    }
    Files.setPosixFilePermissions(
        to.resolve("root.key"), PosixFilePermissions.fromString("rw-------"));
  }

  private static Map<String, String> values(Path file) throws Exception {
    Map<String, String> values = new LinkedHashMap<>();
    for (String line : Files.readAllLines(file)) {
      int at = line.indexOf(" = ");
      if (at > 0) values.put(line.substring(0, at), line.substring(at + 3));
    }
    return values;
  }

  private static String value(Map<String, String> values, String name) {
    return Objects.requireNonNull(values.get(name), name);
  }

  /// Writes the published vaults anew; run by hand when a new format version is made.
  public static void main(String[] args) throws Exception {
    for (Suite suite : Suite.values()) {
      Path directory = published(suite);
      Files.createDirectories(directory);
      write(directory, suite);
      StringBuilder text = new StringBuilder();
      new FormatReader(directory.resolve("vault"))
          .read(directory.resolve("root.key"))
          .forEach((name, value) -> text.append(name).append(" = ").append(value).append('\n'));
      Files.writeString(directory.resolve("values.txt"), text);
      Files.delete(directory.resolve("vault/lock"));
    }
  }

  private static void write(Path directory, Suite suite) {
    SecureRandom random = new SecureRandom();
    try (RootKey root = RootKey.createFile(directory.resolve("root.key"), random);
        Vault vault =
            Vault.open(
                directory.resolve("vault"),
                root,
                random,
                InstantSource.fixed(Fixture.START),
                VaultOptions.defaults().with(suite))) {
      vault.seal(TEMPLATE, KEY, BINDING, Fixture.segment(VECTOR), Fixture.NEXT_YEAR);
    }
  }

  @ParameterizedTest
  @EnumSource(Suite.class)
  void the_published_vault_opens_with_the_published_values(Suite suite) throws Exception {
    copy(published(suite), base);
    Map<String, String> values = values(base.resolve("values.txt"));
    try (RootKey root = RootKey.fromFile(base.resolve("root.key"));
        Vault vault =
            Vault.open(
                base.resolve("vault"),
                root,
                new SecureRandom(),
                InstantSource.fixed(Fixture.START))) {
      assertThat(vault.list())
          .containsExactly(
              new Held(
                  TemplateId.of(value(values, "template id")),
                  KeyId.of(value(values, "key id")),
                  GalleryId.of(value(values, "gallery id")),
                  Instant.ofEpochMilli(Long.parseLong(value(values, "expiry")))));
      Reading<OpenTemplate> reading = vault.open(TEMPLATE, BINDING);
      try (OpenTemplate opened = ((Reading.Read<OpenTemplate>) reading).value()) {
        assertThat(opened.floats().toArray(ValueLayout.JAVA_FLOAT))
            .containsExactly(VECTOR, within(1e-6f));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Suite.class)
  void a_reader_written_from_the_document_gets_the_published_values(Suite suite) throws Exception {
    Path directory = published(suite);
    Map<String, String> values = values(directory.resolve("values.txt"));
    assertThat(new FormatReader(directory.resolve("vault")).read(directory.resolve("root.key")))
        .containsExactlyEntriesOf(values);
    assertThat(values.get("vector"))
        .isEqualTo("0.500000 -0.250000 0.125000 1.000000 0.000000 -2.000000 0.750000 3.000000");
  }

  @ParameterizedTest
  @EnumSource(Suite.class)
  void a_reader_written_from_the_document_reads_what_is_written_today(Suite suite)
      throws Exception {
    write(base, suite);
    Map<String, String> values =
        new FormatReader(base.resolve("vault")).read(base.resolve("root.key"));
    assertThat(values)
        .containsEntry("model name", "face-8")
        .containsEntry("purpose", "出入口 entry")
        .containsEntry("template id", TEMPLATE.toString())
        .containsEntry(
            "vector", "0.500000 -0.250000 0.125000 1.000000 0.000000 -2.000000 0.750000 3.000000");
  }

  @Test
  void sm4_gcm_matches_rfc_8998_appendix_a_1() throws Exception {
    byte[] key = HEX.parseHex("0123456789abcdeffedcba9876543210");
    byte[] nonce = HEX.parseHex("00001234567800000000abcd");
    byte[] associated = HEX.parseHex("feedfacedeadbeeffeedfacedeadbeefabaddad2");
    byte[] plain =
        HEX.parseHex(
            "aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbccccccccccccccccdddddddddddddddd"
                + "eeeeeeeeeeeeeeeeffffffffffffffffeeeeeeeeeeeeeeeeaaaaaaaaaaaaaaaa");
    byte[] sealed = Suite.SM4_GCM_SM3.seal(key, nonce, associated, plain);
    assertThat(HEX.formatHex(sealed))
        .isEqualTo(
            "17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735"
                + "d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d"
                + "83de3541e4c2b58177e065a9bf7b62ec");
    assertThat(Suite.SM4_GCM_SM3.open(key, nonce, associated, sealed)).isEqualTo(plain);
  }

  @Test
  void aes_256_gcm_matches_the_gcm_specification_test_case_16() throws Exception {
    byte[] key = HEX.parseHex("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308");
    byte[] nonce = HEX.parseHex("cafebabefacedbaddecaf888");
    byte[] associated = HEX.parseHex("feedfacedeadbeeffeedfacedeadbeefabaddad2");
    byte[] plain =
        HEX.parseHex(
            "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
                + "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39");
    byte[] sealed = Suite.AES_256_GCM_SHA_256.seal(key, nonce, associated, plain);
    assertThat(HEX.formatHex(sealed))
        .isEqualTo(
            "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
                + "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
                + "76fc6ece0f4e1768cddf8853bb2d551b");
    assertThat(Suite.AES_256_GCM_SHA_256.open(key, nonce, associated, sealed)).isEqualTo(plain);
  }

  @Test
  void hkdf_sha_256_matches_rfc_5869_case_1() {
    byte[] out =
        Suite.AES_256_GCM_SHA_256.derive(
            HEX.parseHex("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"),
            HEX.parseHex("000102030405060708090a0b0c"),
            HEX.parseHex("f0f1f2f3f4f5f6f7f8f9"),
            42);
    assertThat(HEX.formatHex(out))
        .isEqualTo(
            "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");
  }
}
