package cn.mingmian.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Ed25519SignerTest {
  @TempDir Path home;

  private Ed25519Signer open(String name) {
    return Ed25519Signer.openOrCreate(home.resolve(name), "log.example", new SecureRandom());
  }

  @Test
  void the_key_is_made_once_and_only_its_owner_may_read_it() throws IOException {
    VerifierKey made = open("key").verifierKey();
    assertThat(open("key").verifierKey()).isEqualTo(made);
    assertThat(open("other").verifierKey()).isNotEqualTo(made);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("key"))))
        .isEqualTo("rw-------");
  }

  @Test
  void a_closed_signer_signs_nothing() {
    Ed25519Signer signer = open("key");
    signer.close();
    assertThatThrownBy(() -> signer.sign(new byte[1])).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void a_damaged_key_file_is_refused_and_kept() throws IOException {
    open("key");
    open("other");
    String mine = Files.readString(home.resolve("key"));
    String other = Files.readString(home.resolve("other"));
    String swapped =
        mine.substring(0, mine.indexOf("-----BEGIN PUBLIC"))
            + other.substring(other.indexOf("-----BEGIN PUBLIC"));
    for (String bad : new String[] {"", "text", mine.replace("PUBLIC", "PUBLIK"), swapped}) {
      Files.writeString(home.resolve("key"), bad);
      assertThatThrownBy(() -> open("key"))
          .isInstanceOf(MalformedNoteException.class)
          .hasMessageContaining("key file");
      assertThat(home.resolve("key")).hasContent(bad);
    }
  }
}
