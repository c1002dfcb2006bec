package cn.mingmian.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What others have published about the formats.
class VectorsTest {
  @TempDir Path home;

  /// The eight leaves of the Certificate Transparency reference implementation's own tests.
  private static final List<byte[]> LEAVES =
      Stream.of(
              "",
              "00",
              "10",
              "2021",
              "3031",
              "40414243",
              "5051525354555657",
              "606162636465666768696a6b6c6d6e6f")
          .map(HexFormat.of()::parseHex)
          .toList();

  private static final List<String> ROOTS =
      List.of(
          "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
          "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
          "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
          "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
          "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
          "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
          "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
          "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
          "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

  private static List<Hash> hashes(String... hex) {
    return Stream.of(hex).map(HexFormat.of()::parseHex).map(Hash::of).toList();
  }

  @Test
  void roots_and_proofs_match_the_vectors_of_certificate_transparency() {
    Ed25519Signer signer =
        Ed25519Signer.openOrCreate(home.resolve("key"), "log.example", new SecureRandom());
    try (TransparencyLog log = TransparencyLog.open(home.resolve("log"), signer)) {
      for (int size = 0; size <= 8; size++) {
        assertThat(log.checkpoint().checkpoint().root().hex()).isEqualTo(ROOTS.get(size));
        if (size < 8) {
          log.append(LEAVES.subList(size, size + 1));
        }
      }
      List<Hash> besideTheFirst =
          hashes(
              "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
              "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
              "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4");
      assertThat(log.inclusionProof(0, 8).path()).isEqualTo(besideTheFirst);
      assertThat(log.consistencyProof(1, 8).path()).isEqualTo(besideTheFirst);
      assertThat(log.consistencyProof(6, 8).path())
          .isEqualTo(
              hashes(
                  "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                  "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                  "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"));
    }
  }

  @Test
  void tile_paths_are_those_of_c2sp() {
    assertThat(new LogPath.HashTile(0, 1_234_067, 256).text()).isEqualTo("tile/0/x001/x234/067");
    assertThat(LogPath.parse("tile/0/x001/x234/067"))
        .contains(new LogPath.HashTile(0, 1_234_067, 256));
    assertThat(LogPath.parse("tile/63/000")).contains(new LogPath.HashTile(63, 0, 256));
    assertThat(LogPath.parse("tile/0/x001/234.p/5")).contains(new LogPath.HashTile(0, 1234, 5));
    assertThat(LogPath.parse("tile/entries/x123/456.p/255"))
        .contains(new LogPath.EntryBundle(123_456, 255));
    for (long index : new long[] {0, 999, 1000, 999_999, 1_000_000, 999_999_999_999_999_999L}) {
      String text = new LogPath.EntryBundle(index, 256).text();
      assertThat(LogPath.parse(text)).as(text).contains(new LogPath.EntryBundle(index, 256));
    }
  }

  @Test
  void every_other_spelling_of_a_tile_path_is_none() {
    for (String path :
        List.of(
            "",
            "/",
            "Checkpoint",
            "checkpoint/",
            "/checkpoint",
            "tile",
            "tile/",
            "tile/0",
            "tile/0/",
            "tile/0/0",
            "tile/0/00",
            "tile/0/0000",
            "tile/0/x000/001",
            "tile/0/001/002",
            "tile/0/x001",
            "tile/0/x01/002",
            "tile/0/X001/002",
            "tile/0/+01",
            "tile/0/-01",
            "tile/0/１２３",
            "tile/00/000",
            "tile/64/000",
            "tile/-1/000",
            "tile/data/000",
            "tile/8/0/000",
            "tile/0/000.p/0",
            "tile/0/000.p/256",
            "tile/0/000.p/01",
            "tile/0/000.p/",
            "tile/0/000.p",
            "tile/0/000.p/1/2",
            "tile/0/000.p/1.p/2",
            "tile/0/../000",
            "tile/0/%30%30%30",
            "tile/0/000 ",
            "tile/0/000\0",
            "tile//000",
            "tile/0/x001//000",
            "tile/0/x001/x001/x001/x001/x001/x001/001",
            "tile/0/" + "x001/".repeat(10_000) + "001")) {
      assertThat(LogPath.parse(path)).as(path).isEmpty();
    }
  }

  private static final String NEUMANN =
      "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
  private static final String NEUMANNS_NOTE =
      """
      If you think cryptography is the answer to your problem,
      then you don't know what your problem is.

      — PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
      """;

  @Test
  void a_note_signed_by_go_is_believed() {
    VerifierKey neumann = VerifierKey.parse(NEUMANN);
    assertThat(neumann.text()).isEqualTo(NEUMANN);
    SignedNote note = SignedNote.parse(NEUMANNS_NOTE.getBytes(StandardCharsets.UTF_8));
    assertThat(note.verify(List.of(neumann))).isEqualTo(new SignedNote.Signed(List.of(neumann)));
    assertThat(new String(note.bytes(), StandardCharsets.UTF_8)).isEqualTo(NEUMANNS_NOTE);
  }

  @Test
  void the_key_of_the_go_checksum_database_is_read() {
    String text = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8";
    assertThat(VerifierKey.parse(text).text()).isEqualTo(text);
  }

  @Test
  void unknown_keys_are_ignored_and_a_known_key_that_fails_rejects() {
    Ed25519Signer signer =
        Ed25519Signer.openOrCreate(home.resolve("key"), "log.example", new SecureRandom());
    VerifierKey known = signer.verifierKey();
    VerifierKey neumann = VerifierKey.parse(NEUMANN);
    Signer other =
        new Signer() {
          @Override
          public String name() {
            return "witness.example";
          }

          @Override
          public int keyId() {
            return 0x01020304;
          }

          @Override
          public byte[] sign(byte[] text) {
            return new byte[] {9};
          }
        };
    SignedNote note = SignedNote.sign("a\n\nb\n", List.of(other, signer));
    SignedNote read = SignedNote.parse(note.bytes());
    assertThat(read).isEqualTo(note);
    assertThat(read.verify(List.of(known))).isEqualTo(new SignedNote.Signed(List.of(known)));
    assertThat(read.verify(List.of(neumann))).isInstanceOf(SignedNote.NotSigned.class);
    assertThat(read.verify(List.of())).isInstanceOf(SignedNote.NotSigned.class);

    SignedNote.NoteSignature stolen =
        SignedNote.parse(NEUMANNS_NOTE.getBytes(StandardCharsets.UTF_8)).signatures().getFirst();
    SignedNote forged = new SignedNote("a\n\nb\n", List.of(note.signatures().getLast(), stolen));
    assertThat(forged.verify(List.of(known, neumann))).isInstanceOf(SignedNote.NotSigned.class);
    assertThat(forged.verify(List.of(known))).isInstanceOf(SignedNote.Signed.class);
  }

  @Test
  void malformed_notes_are_refused_with_a_reason() {
    String good = NEUMANNS_NOTE;
    for (String bad :
        List.of(
            "",
            "\n",
            "\n\n",
            good.strip(),
            good.replace("\n\n", "\n"),
            good.replace("— ", "- "),
            good.replace("— Peter", "—  Peter"),
            good.replace("PeterNeumann x", "Peter+Neumann x"),
            good.replace("JnAM=", "JnAM"),
            good.replace("JnAM=", "JnAN="),
            good.replace("answer", "ans\u0001wer"),
            good.replace("answer", "ans\twer"),
            good + "\n",
            good + "— a AAAA\n",
            good.substring(0, good.indexOf("\n\n") + 2) + "— a AQIDBAU=\n".repeat(101))) {
      assertThatThrownBy(() -> SignedNote.parse(bad.getBytes(StandardCharsets.UTF_8)))
          .as(bad)
          .isInstanceOf(MalformedNoteException.class);
    }
    assertThatThrownBy(() -> SignedNote.parse(new byte[] {'a', '\n', '\n', (byte) 0xff, '\n'}))
        .isInstanceOf(MalformedNoteException.class);
    assertThatThrownBy(() -> SignedNote.parse(new byte[SignedNote.LONGEST_NOTE_IN_BYTES + 1]))
        .isInstanceOf(MalformedNoteException.class);
  }

  @Test
  void malformed_keys_are_refused_with_a_reason() {
    for (String bad :
        List.of(
            "",
            "a+b",
            NEUMANN.replace("c74f20a3", "c74f20a4"),
            NEUMANN.replace("PeterNeumann", "Peter Neumann"),
            NEUMANN.replace("PeterNeumann", ""),
            NEUMANN.replace("+ARpc", "+BRpc"),
            NEUMANN.replace("10TW", "10T"),
            NEUMANN + "AAAA",
            "a+00000000+AQ==")) {
      assertThatThrownBy(() -> VerifierKey.parse(bad))
          .as(bad)
          .isInstanceOf(MalformedNoteException.class);
    }
  }

  @Test
  void malformed_checkpoints_and_proof_files_are_refused_with_a_reason() {
    String root = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";
    assertThat(Checkpoint.parse("a.example\n20852163\n" + root + "\n").size()).isEqualTo(20852163);
    assertThat(Checkpoint.parse("a.example\n1\n" + root + "\nan extension\n").size()).isEqualTo(1);
    for (String bad :
        List.of(
            "",
            "a\n1\n",
            "a\n1\n" + root,
            "\n1\n" + root + "\n",
            "a b\n1\n" + root + "\n",
            "a\n01\n" + root + "\n",
            "a\n-1\n" + root + "\n",
            "a\n+1\n" + root + "\n",
            "a\n1 \n" + root + "\n",
            "a\n9999999999999999999\n" + root + "\n",
            "a\n1\n" + root.replace("=", "") + "\n",
            "a\n1\n" + root.replace("2I=", "2J=") + "\n",
            "a\n1\nAAAA\n")) {
      assertThatThrownBy(() -> Checkpoint.parse(bad))
          .as(bad)
          .isInstanceOf(MalformedNoteException.class);
    }

    Ed25519Signer signer =
        Ed25519Signer.openOrCreate(home.resolve("key"), "log.example", new SecureRandom());
    String proof;
    try (TransparencyLog log = TransparencyLog.open(home.resolve("log"), signer)) {
      log.append(LEAVES);
      proof = log.receipt(5).text();
    }
    assertThat(Receipt.parse(proof.getBytes(StandardCharsets.UTF_8)).text()).isEqualTo(proof);
    String extra = proof.replace("index", "extra AAAA\nindex");
    assertThat(Receipt.parse(extra.getBytes(StandardCharsets.UTF_8)).index()).isEqualTo(5);
    String line = proof.split("\n")[2] + "\n";
    for (String bad :
        List.of(
            "",
            proof.replace("@v1", "@v2"),
            proof.replace("index 5", "index 05"),
            proof.replace("index 5", "index -5"),
            proof.replace("index 5\n", ""),
            proof.replaceFirst("\n\n", "\n"),
            proof.replace(line, line.repeat(70)),
            proof.replace(line, "x" + line),
            proof.substring(0, proof.length() - 1))) {
      assertThatThrownBy(() -> Receipt.parse(bad.getBytes(StandardCharsets.UTF_8)))
          .as(bad)
          .isInstanceOf(MalformedNoteException.class);
    }
    ReceiptVerifier verifier = new ReceiptVerifier(signer.verifierKey());
    for (String wrong :
        List.of(
            proof.replace("index 5", "index 4"),
            proof.replace("index 5", "index 8"),
            proof.replace(line, ""),
            proof.replace(line, line + line),
            proof.replace("\n8\n", "\n7\n"))) {
      assertThat(verifier.verify(wrong.getBytes(StandardCharsets.UTF_8), LEAVES.get(5)))
          .as(wrong)
          .isInstanceOf(ReceiptVerifier.NotProven.class);
    }
  }
}
