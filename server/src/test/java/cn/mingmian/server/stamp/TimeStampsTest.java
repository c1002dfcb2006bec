package cn.mingmian.server.stamp;

import static org.assertj.core.api.Assertions.assertThat;

import cn.mingmian.server.stamp.TimeStamps.Answer;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampResponseGenerator;
import org.bouncycastle.tsp.TimeStampTokenGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The way of a checkpoint to an authority and back; the authority is a small one of our own.
class TimeStampsTest {
  private static final byte[] CHECKPOINT =
      "log.example\n3\nAAAA\n".getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;

  /// A time-stamping authority as RFC 3161 has it.
  private static final class Authority {
    final KeyPair keys;
    final X509Certificate certificate;

    Authority(String name) throws Exception {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      keys = generator.generateKeyPair();
      X500Name subject = new X500Name("CN=" + name);
      Instant now = Instant.now();
      var builder =
          new JcaX509v3CertificateBuilder(
              subject,
              BigInteger.ONE,
              Date.from(now.minus(Duration.ofDays(1))),
              Date.from(now.plus(Duration.ofDays(365))),
              subject,
              keys.getPublic());
      builder.addExtension(
          Extension.extendedKeyUsage, true, new ExtendedKeyUsage(KeyPurposeId.id_kp_timeStamping));
      certificate =
          new JcaX509CertificateConverter()
              .getCertificate(
                  builder.build(
                      new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
    }

    byte[] stamp(byte[] request, Instant at) throws Exception {
      var tokens =
          new TimeStampTokenGenerator(
              new JcaSimpleSignerInfoGeneratorBuilder()
                  .build("SHA256withECDSA", keys.getPrivate(), certificate),
              new JcaDigestCalculatorProviderBuilder()
                  .build()
                  .get(
                      new org.bouncycastle.asn1.x509.AlgorithmIdentifier(
                          new ASN1ObjectIdentifier("2.16.840.1.101.3.4.2.1"))),
              new ASN1ObjectIdentifier("1.2.3.4.1"));
      tokens.addCertificates(new JcaCertStore(List.of(certificate)));
      return new TimeStampResponseGenerator(tokens, TSPAlgorithms.ALLOWED)
          .generate(new TimeStampRequest(request), BigInteger.TWO, Date.from(at))
          .getEncoded();
    }
  }

  @Test
  void a_stamp_of_the_trusted_authority_holds_and_is_kept() throws Exception {
    TimeStamps stamps = new TimeStamps(folder, new SecureRandom());
    Path request = stamps.request("2026-11-22", CHECKPOINT);
    assertThat(stamps.request("2026-11-22", "other\n1\nBBBB\n".getBytes(StandardCharsets.UTF_8)))
        .as("asked once a day")
        .isEqualTo(request);
    Authority authority = new Authority("trusted");
    Instant at = Instant.parse("2026-11-22T16:00:00Z");
    byte[] answer = authority.stamp(Files.readAllBytes(request), at);
    assertThat(stamps.accept("2026-11-22", answer, authority.certificate))
        .isEqualTo(new Answer.Stamped(at, BigInteger.TWO, "CN=trusted"));
    assertThat(folder.resolve("2026-11-22.tsr")).hasBinaryContent(answer);
  }

  @Test
  void what_another_signed_or_about_something_else_or_bent_proves_nothing() throws Exception {
    TimeStamps stamps = new TimeStamps(folder, new SecureRandom());
    byte[] request = Files.readAllBytes(stamps.request("day", CHECKPOINT));
    byte[] other =
        Files.readAllBytes(
            stamps.request("other", "log.example\n4\nCCCC\n".getBytes(StandardCharsets.UTF_8)));
    Authority authority = new Authority("trusted");
    Instant at = Instant.parse("2026-11-22T16:00:00Z");
    byte[] good = authority.stamp(request, at);
    assertThat(stamps.accept("day", authority.stamp(other, at), authority.certificate))
        .isInstanceOf(Answer.NotStamped.class);
    assertThat(stamps.accept("day", good, new Authority("stranger").certificate))
        .isInstanceOf(Answer.NotStamped.class);
    for (int i = 0; i < 200; i++) {
      byte[] bent = good.clone();
      bent[new java.util.Random(i).nextInt(bent.length)] ^= 0x10;
      if (stamps.accept("day", bent, authority.certificate) instanceof Answer.Stamped stamped) {
        // Only what is no part of the stamp itself, such as the status text, may change.
        assertThat(stamped.at()).isEqualTo(at);
      }
    }
    Files.write(folder.resolve("day.checkpoint"), "forged".getBytes(StandardCharsets.UTF_8));
    assertThat(stamps.accept("day", good, authority.certificate))
        .isEqualTo(new Answer.NotStamped("the request is about another checkpoint"));
  }
}
