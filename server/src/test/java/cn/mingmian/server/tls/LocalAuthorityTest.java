package cn.mingmian.server.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalAuthorityTest {

  private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
  private static final List<String> NAMES =
      List.of("localhost", "gate-box", "127.0.0.1", "192.168.1.9");

  @TempDir private Path directory;

  private LocalAuthority at(Instant now) {
    return new LocalAuthority(
        directory.resolve("tls"), Clock.fixed(now, ZoneOffset.UTC), new SecureRandom());
  }

  @Test
  void a_browser_that_trusts_the_authority_accepts_the_server() throws Exception {
    ServerCertificate made = at(NOW).certificateFor(NAMES);
    validate(made);
    X509Certificate server = read(made.chain());
    assertThat(server.getSubjectAlternativeNames().toString())
        .contains("localhost", "gate-box", "127.0.0.1", "192.168.1.9");
    assertThat(server.getPublicKey().getAlgorithm()).isEqualTo("EC");
  }

  @Test
  void a_stolen_authority_can_sign_for_no_other_site() throws Exception {
    ServerCertificate made = at(NOW).certificateFor(NAMES);
    byte[] constraints = read(made.authority().orElseThrow()).getExtensionValue("2.5.29.30");
    assertThat(constraints).isNotNull();
    assertThat(read(made.authority().orElseThrow()).getCriticalExtensionOIDs())
        .contains("2.5.29.30");
  }

  @Test
  void an_address_in_the_internet_is_left_out() throws Exception {
    ServerCertificate made = at(NOW).certificateFor(List.of("localhost", "8.8.8.8", "127.0.0.1"));
    assertThat(read(made.chain()).getSubjectAlternativeNames().toString())
        .contains("127.0.0.1")
        .doesNotContain("8.8.8.8");
    validate(made);
  }

  @Test
  void keys_are_readable_by_their_owner_alone() throws Exception {
    at(NOW).certificateFor(NAMES);
    for (String key : List.of("ca.key", "server.key")) {
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(directory.resolve("tls").resolve(key))))
          .isEqualTo("rw-------");
    }
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("tls"))))
        .isEqualTo("rwx------");
  }

  @Test
  void certificates_are_kept_while_they_last_and_renewed_before_they_end() throws Exception {
    byte[] first = Files.readAllBytes(at(NOW).certificateFor(NAMES).chain());
    byte[] authority = Files.readAllBytes(directory.resolve("tls/ca.crt"));
    assertThat(Files.readAllBytes(at(NOW.plus(Duration.ofDays(9))).certificateFor(NAMES).chain()))
        .isEqualTo(first);
    byte[] later =
        Files.readAllBytes(at(NOW.plus(Duration.ofDays(370))).certificateFor(NAMES).chain());
    assertThat(later).isNotEqualTo(first);
    assertThat(Files.readAllBytes(directory.resolve("tls/ca.crt"))).isEqualTo(authority);
  }

  @Test
  void a_new_address_of_this_box_gets_a_certificate_from_the_same_authority() throws Exception {
    at(NOW).certificateFor(NAMES);
    byte[] authority = Files.readAllBytes(directory.resolve("tls/ca.crt"));
    ServerCertificate moved =
        at(NOW).certificateFor(List.of("localhost", "gate-box", "127.0.0.1", "10.1.2.3"));
    assertThat(Files.readAllBytes(directory.resolve("tls/ca.crt"))).isEqualTo(authority);
    assertThat(read(moved.chain()).getSubjectAlternativeNames().toString()).contains("10.1.2.3");
    validate(moved);
  }

  private static X509Certificate read(Path file) throws Exception {
    try (InputStream in = Files.newInputStream(file)) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }

  private static void validate(ServerCertificate made) throws Exception {
    PKIXParameters parameters =
        new PKIXParameters(Set.of(new TrustAnchor(read(made.authority().orElseThrow()), null)));
    parameters.setRevocationEnabled(false);
    parameters.setDate(Date.from(NOW.plus(Duration.ofHours(1))));
    CertPathValidator.getInstance("PKIX")
        .validate(
            CertificateFactory.getInstance("X.509").generateCertPath(List.of(read(made.chain()))),
            parameters);
  }
}
