package cn.mingmian.server.stamp;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import org.bouncycastle.cms.SignerInformationVerifier;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.bouncycastle.tsp.TimeStampResponse;
import org.bouncycastle.tsp.TimeStampToken;

/// A folder of checkpoints with what was asked about each and what the authority answered:
/// `NAME.checkpoint`, `NAME.tsq`, `NAME.tsr`. One thread at a time.
public final class TimeStamps {
  private final Path folder;
  private final SecureRandom random;

  public TimeStamps(Path folder, SecureRandom random) {
    this.folder = folder;
    this.random = random;
  }

  /// What an authority's answer says.
  public sealed interface Answer {
    /// The checkpoint existed at that time.
    ///
    /// @param by subject of the certificate that signed
    record Stamped(Instant at, BigInteger serial, String by) implements Answer {}

    /// It proves nothing about the checkpoint.
    record NotStamped(String why) implements Answer {}
  }

  /// Keeps a checkpoint and writes the request about it, unless both are there.
  ///
  /// @param name such as the day
  /// @return the request: a file to be carried to the authority
  public Path request(String name, byte[] checkpoint) throws IOException {
    Path request = folder.resolve(name + ".tsq");
    if (Files.exists(request)) return request;
    Files.createDirectories(folder);
    TimeStampRequestGenerator generator = new TimeStampRequestGenerator();
    generator.setCertReq(true);
    TimeStampRequest asked =
        generator.generate(TSPAlgorithms.SHA256, sha256(checkpoint), new BigInteger(64, random));
    Files.write(folder.resolve(name + ".checkpoint"), checkpoint);
    Path fresh = folder.resolve(name + ".tsq.new");
    Files.write(fresh, asked.getEncoded());
    return Files.move(fresh, request);
  }

  /// Checks an authority's answer against checkpoint and request, and keeps it if it holds.
  ///
  /// @param authority certificate of the authority, received on another way
  public Answer accept(String name, byte[] response, X509Certificate authority) throws IOException {
    byte[] checkpoint = Files.readAllBytes(folder.resolve(name + ".checkpoint"));
    byte[] request = Files.readAllBytes(folder.resolve(name + ".tsq"));
    Answer answer = check(checkpoint, request, response, authority);
    if (answer instanceof Answer.Stamped) Files.write(folder.resolve(name + ".tsr"), response);
    return answer;
  }

  static Answer check(byte[] checkpoint, byte[] request, byte[] response, X509Certificate authority)
      throws IOException {
    try {
      TimeStampRequest asked = new TimeStampRequest(request);
      if (!MessageDigest.isEqual(asked.getMessageImprintDigest(), sha256(checkpoint))) {
        return new Answer.NotStamped("the request is about another checkpoint");
      }
      TimeStampResponse answered = new TimeStampResponse(response);
      answered.validate(asked);
      TimeStampToken token = answered.getTimeStampToken();
      if (token == null) {
        return new Answer.NotStamped(
            "the authority gave no stamp: status %d %s"
                .formatted(answered.getStatus(), answered.getStatusString()));
      }
      SignerInformationVerifier verifier =
          new JcaSimpleSignerInfoVerifierBuilder().build(authority);
      token.validate(verifier);
      return new Answer.Stamped(
          token.getTimeStampInfo().getGenTime().toInstant(),
          token.getTimeStampInfo().getSerialNumber(),
          authority.getSubjectX500Principal().getName());
    } catch (TSPException | OperatorCreationException refused) {
      return new Answer.NotStamped(String.valueOf(refused.getMessage()));
    } catch (IOException | RuntimeException malformed) {
      // To bytes that are no answer the library's reader says whatever it stumbles over.
      return new Answer.NotStamped("the answer cannot be read: " + malformed.getMessage());
    }
  }

  /// @param pem one certificate, PEM or DER
  /// @throws IOException if it is none
  public static X509Certificate certificate(byte[] pem) throws IOException {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(pem));
    } catch (CertificateException e) {
      throw new IOException("the certificate cannot be read: " + e.getMessage(), e);
    }
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
