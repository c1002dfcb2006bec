package cn.mingmian.ledger;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The log's own key. Thread-safe.
///
/// The key file is PEM: a PKCS #8 `PRIVATE KEY` and the `PUBLIC KEY` that belongs to it (the
/// private form alone does not tell it). Readable by its owner only. Whoever holds it can sign
/// for the log. The encoded bytes are zeroed after use; the JDK gives no way to erase the decoded
/// key, so closing only lets go of it.
public final class Ed25519Signer implements Signer, AutoCloseable {
  private static final int X509_PREFIX_BYTES = 12;

  private final VerifierKey verifierKey;
  private volatile @Nullable PrivateKey privateKey;

  private Ed25519Signer(PrivateKey privateKey, VerifierKey verifierKey) {
    this.privateKey = privateKey;
    this.verifierKey = verifierKey;
  }

  /// Reads the key from `keyFile`, or makes one there if there is no such file.
  ///
  /// @param name the key name, which is also the origin of a log that it signs: like a URL without
  ///     its scheme, no white space, no plus
  /// @throws MalformedNoteException if the file holds no such key
  /// @throws UncheckedIOException if the file can neither be read nor written
  public static Ed25519Signer openOrCreate(Path keyFile, String name, SecureRandom random) {
    VerifierKey.checkName(name);
    try {
      if (!Files.exists(keyFile)) {
        create(keyFile, random);
      }
      return read(keyFile, name);
    } catch (IOException e) {
      throw new UncheckedIOException("key file `%s`: %s".formatted(keyFile, e.getMessage()), e);
    }
  }

  private static void create(Path keyFile, SecureRandom random) throws IOException {
    KeyPair pair;
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
      generator.initialize(NamedParameterSpec.ED25519, random);
      pair = generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java platform has no Ed25519", e);
    }
    byte[] pkcs8 = pair.getPrivate().getEncoded();
    Pem pem = new Pem();
    Path directory = keyFile.toAbsolutePath().getParent();
    if (directory == null) {
      throw new IOException("a key file is no directory");
    }
    Path fresh = directory.resolve(keyFile.getFileName() + ".new");
    try {
      pem.block("PRIVATE KEY", pkcs8);
      pem.block("PUBLIC KEY", pair.getPublic().getEncoded());
      Files.deleteIfExists(fresh);
      try (FileChannel channel =
          FileChannel.open(
              fresh,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
        pem.writeTo(channel);
        channel.force(true);
      }
      Files.move(fresh, keyFile, StandardCopyOption.ATOMIC_MOVE);
      Disk.REAL.forceDirectory(directory);
    } finally {
      Arrays.fill(pkcs8, (byte) 0);
      pem.zero();
    }
  }

  private static Ed25519Signer read(Path keyFile, String name) throws IOException {
    byte[] file = Files.readAllBytes(keyFile);
    byte[] pkcs8 = {};
    try {
      pkcs8 = Pem.read(file, "PRIVATE KEY", keyFile);
      byte[] x509 = Pem.read(file, "PUBLIC KEY", keyFile);
      if (x509.length != X509_PREFIX_BYTES + 32) {
        throw new MalformedNoteException(
            "key file `%s` holds a public key that is not Ed25519".formatted(keyFile));
      }
      VerifierKey verifierKey =
          VerifierKey.of(name, Arrays.copyOfRange(x509, X509_PREFIX_BYTES, x509.length));
      PrivateKey privateKey =
          KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      Ed25519Signer signer = new Ed25519Signer(privateKey, verifierKey);
      byte[] probe = "one key\n".getBytes(StandardCharsets.UTF_8);
      if (!verifierKey.verify(probe, signer.sign(probe))) {
        throw new MalformedNoteException(
            "key file `%s` holds a private and a public key that do not belong together"
                .formatted(keyFile));
      }
      return signer;
    } catch (GeneralSecurityException e) {
      throw new MalformedNoteException(
          "key file `%s` holds a private key that is not Ed25519".formatted(keyFile));
    } finally {
      Arrays.fill(file, (byte) 0);
      Arrays.fill(pkcs8, (byte) 0);
    }
  }

  public VerifierKey verifierKey() {
    return verifierKey;
  }

  @Override
  public String name() {
    return verifierKey.name();
  }

  @Override
  public int keyId() {
    return verifierKey.keyId();
  }

  @Override
  public byte[] sign(byte[] text) {
    PrivateKey held = privateKey;
    if (held == null) {
      throw new IllegalStateException("signer `%s` is closed".formatted(name()));
    }
    try {
      Signature ed25519 = Signature.getInstance("Ed25519");
      ed25519.initSign(held);
      ed25519.update(text);
      return ed25519.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("signer `%s` cannot sign".formatted(name()), e);
    }
  }

  @Override
  public void close() {
    privateKey = null;
  }

  /// PEM as bytes, never as a String.
  private static final class Pem {
    private final ZeroedBytes bytes = new ZeroedBytes();

    void block(String label, byte[] der) {
      byte[] body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encode(der);
      bytes.writeBytes("-----BEGIN %s-----\n".formatted(label).getBytes(StandardCharsets.US_ASCII));
      bytes.writeBytes(body);
      bytes.writeBytes("\n-----END %s-----\n".formatted(label).getBytes(StandardCharsets.US_ASCII));
      Arrays.fill(body, (byte) 0);
    }

    void writeTo(FileChannel channel) throws IOException {
      ByteBuffer rest = bytes.buffer();
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
    }

    void zero() {
      bytes.zero();
    }

    static byte[] read(byte[] pem, String label, Path keyFile) {
      byte[] begin = "-----BEGIN %s-----".formatted(label).getBytes(StandardCharsets.US_ASCII);
      byte[] end = "-----END %s-----".formatted(label).getBytes(StandardCharsets.US_ASCII);
      int from = indexOf(pem, begin, 0);
      int to = from < 0 ? -1 : indexOf(pem, end, from);
      if (to < 0) {
        throw new MalformedNoteException(
            "key file `%s` has no `%s` block".formatted(keyFile, label));
      }
      byte[] body = Arrays.copyOfRange(pem, from + begin.length, to);
      try {
        return Base64.getMimeDecoder().decode(body);
      } catch (IllegalArgumentException e) {
        throw new MalformedNoteException(
            "key file `%s` has a `%s` block that is not base64".formatted(keyFile, label));
      } finally {
        Arrays.fill(body, (byte) 0);
      }
    }

    private static int indexOf(byte[] bytes, byte[] wanted, int from) {
      for (int i = from; i + wanted.length <= bytes.length; i++) {
        if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
          return i;
        }
      }
      return -1;
    }
  }

  /// Large enough never to grow, so that no copy is left behind.
  private static final class ZeroedBytes extends ByteArrayOutputStream {
    ZeroedBytes() {
      super(4096);
    }

    ByteBuffer buffer() {
      return ByteBuffer.wrap(buf, 0, count);
    }

    void zero() {
      Arrays.fill(buf, (byte) 0);
    }
  }
}
