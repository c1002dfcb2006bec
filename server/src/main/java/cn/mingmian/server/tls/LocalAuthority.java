package cn.mingmian.server.tls;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.bouncycastle.util.io.pem.PemWriter;

/// A certificate authority for this box alone, made at first start in the data directory.
///
/// Cameras and passkeys in a browser need HTTPS, and a box without internet has nobody to ask for
/// a certificate. The authority is constrained (RFC 5280, 4.2.1.10) to this host's names and to
/// private addresses: whoever steals its key can sign for no other site. EC P-256 throughout.
///
/// One thread at a time.
public final class LocalAuthority {

  private static final Duration AUTHORITY_LIVES = Duration.ofDays(3650);
  private static final Duration CERTIFICATE_LIVES = Duration.ofDays(397);
  private static final Duration RENEW_BEFORE_END = Duration.ofDays(30);

  private static final String[] PRIVATE_RANGES = {
    "127.0.0.0/8",
    "10.0.0.0/8",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "169.254.0.0/16",
    "100.64.0.0/10",
    "::1/128",
    "fc00::/7",
    "fe80::/10"
  };

  private final Path directory;
  private final Clock clock;
  private final SecureRandom random;

  /// @param directory  where `ca.crt`, `ca.key`, `server.crt`, `server.key` live; made with 0700
  public LocalAuthority(Path directory, Clock clock, SecureRandom random) {
    this.directory = directory;
    this.clock = clock;
    this.random = random;
  }

  /// The certificate for `names`: kept while it is valid for all of them, else made anew. The
  /// authority stays the same as long as it allows the names, so that a browser trusts it once.
  ///
  /// @param names  DNS names and IP addresses as text; addresses outside the private ranges cannot
  ///     be certified by the local authority and are left out
  public ServerCertificate certificateFor(List<String> names) {
    try {
      PrivateFiles.directory(directory);
      List<GeneralName> alternative = subjectAlternativeNames(names);
      Path authorityFile = directory.resolve("ca.crt");
      Path authorityKey = directory.resolve("ca.key");
      List<String> hosts = hostsOf(names);
      Optional<X509Certificate> present = read(authorityFile);
      if (present.isEmpty()
          || !Files.exists(authorityKey)
          || ends(present.get())
          || !constraintHosts(present.get()).equals(hosts)) {
        makeAuthority(authorityFile, authorityKey, hosts);
      }
      X509Certificate authority = read(authorityFile).orElseThrow();
      Path chain = directory.resolve("server.crt");
      Path key = directory.resolve("server.key");
      Optional<X509Certificate> server = read(chain);
      if (server.isEmpty()
          || !Files.exists(key)
          || ends(server.get())
          || !signedBy(server.get(), authority)
          || !sameNames(server.get(), alternative)) {
        makeServer(chain, key, authority, readKey(authorityKey), alternative, hosts.getFirst());
      }
      return new ServerCertificate(chain, key, Optional.of(authorityFile));
    } catch (IOException unwritable) {
      throw new UncheckedIOException(
          "the local certificate authority in `%s` cannot be used".formatted(directory),
          unwritable);
    } catch (GeneralSecurityException | OperatorCreationException impossible) {
      throw new IllegalStateException("EC P-256 certificates cannot be made", impossible);
    }
  }

  /// This machine's names: `localhost`, its host name, and the addresses of its interfaces.
  public static List<String> namesOfThisMachine() {
    TreeSet<String> names = new TreeSet<>();
    names.add("127.0.0.1");
    names.add("::1");
    try {
      for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
        for (InetAddress address : Collections.list(each.getInetAddresses())) {
          String text = address.getHostAddress();
          int scope = text.indexOf('%');
          if (!(address instanceof Inet6Address) || !address.isLinkLocalAddress()) {
            names.add(scope < 0 ? text : text.substring(0, scope));
          }
        }
      }
    } catch (java.net.SocketException noInterfaces) {
      names.add("127.0.0.1");
    }
    List<String> all = new ArrayList<>();
    all.add("localhost");
    try {
      String host = InetAddress.getLocalHost().getHostName();
      if (host.matches("[A-Za-z0-9]([A-Za-z0-9.-]{0,250}[A-Za-z0-9])?")
          && !host.matches("[0-9.]+")
          && !host.equals("localhost")) {
        all.add(host.toLowerCase(java.util.Locale.ROOT));
      }
    } catch (UnknownHostException nameless) {
      all.add("mingmian.local");
    }
    all.addAll(names);
    return List.copyOf(all);
  }

  private void makeAuthority(Path file, Path keyFile, List<String> hosts)
      throws IOException, GeneralSecurityException, OperatorCreationException {
    KeyPair pair = newPair();
    Instant now = clock.instant();
    X500Name name =
        new X500NameBuilder(BCStyle.INSTANCE)
            .addRDN(BCStyle.O, "Mingmian 明面")
            .addRDN(BCStyle.CN, "Mingmian local authority (" + hosts.getLast() + ")")
            .build();
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            name,
            serial(),
            Date.from(now.minus(Duration.ofHours(1))),
            Date.from(now.plus(AUTHORITY_LIVES)),
            name,
            pair.getPublic());
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
    builder.addExtension(
        Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
    List<GeneralSubtree> permitted = new ArrayList<>();
    for (String host : hosts) {
      permitted.add(new GeneralSubtree(new GeneralName(GeneralName.dNSName, host)));
    }
    for (String range : PRIVATE_RANGES) {
      permitted.add(new GeneralSubtree(new GeneralName(GeneralName.iPAddress, range)));
    }
    builder.addExtension(
        Extension.nameConstraints,
        true,
        new NameConstraints(permitted.toArray(GeneralSubtree[]::new), null));
    builder.addExtension(
        Extension.subjectKeyIdentifier,
        false,
        new JcaX509ExtensionUtils().createSubjectKeyIdentifier(pair.getPublic()));
    X509Certificate made = sign(builder, pair.getPrivate());
    PrivateFiles.write(keyFile, pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
    PrivateFiles.write(file, pem("CERTIFICATE", made.getEncoded()));
  }

  private void makeServer(
      Path chain,
      Path keyFile,
      X509Certificate authority,
      PrivateKey authorityKey,
      List<GeneralName> alternative,
      String commonName)
      throws IOException, GeneralSecurityException, OperatorCreationException {
    KeyPair pair = newPair();
    Instant now = clock.instant();
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            authority,
            serial(),
            Date.from(now.minus(Duration.ofHours(1))),
            Date.from(now.plus(CERTIFICATE_LIVES)),
            new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, commonName).build(),
            pair.getPublic());
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
    builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
    builder.addExtension(
        Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
    builder.addExtension(
        Extension.subjectAlternativeName,
        false,
        new GeneralNames(alternative.toArray(GeneralName[]::new)));
    builder.addExtension(
        Extension.authorityKeyIdentifier,
        false,
        new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(authority));
    builder.addExtension(
        Extension.subjectKeyIdentifier,
        false,
        new JcaX509ExtensionUtils().createSubjectKeyIdentifier(pair.getPublic()));
    X509Certificate made = sign(builder, authorityKey);
    byte[] first = pem("CERTIFICATE", made.getEncoded());
    byte[] second = pem("CERTIFICATE", authority.getEncoded());
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    PrivateFiles.write(keyFile, pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
    PrivateFiles.write(chain, both);
  }

  private static X509Certificate sign(JcaX509v3CertificateBuilder builder, PrivateKey key)
      throws GeneralSecurityException, OperatorCreationException {
    return new JcaX509CertificateConverter()
        .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key)));
  }

  private KeyPair newPair() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"), random);
    return generator.generateKeyPair();
  }

  private BigInteger serial() {
    return new BigInteger(127, random).setBit(126);
  }

  private boolean ends(X509Certificate certificate) {
    Instant now = clock.instant();
    return certificate.getNotAfter().toInstant().isBefore(now.plus(RENEW_BEFORE_END))
        || certificate.getNotBefore().toInstant().isAfter(now);
  }

  private static boolean signedBy(X509Certificate certificate, X509Certificate authority) {
    try {
      certificate.verify(authority.getPublicKey());
      return true;
    } catch (GeneralSecurityException foreign) {
      return false;
    }
  }

  private static boolean sameNames(X509Certificate certificate, List<GeneralName> wanted)
      throws IOException {
    byte[] extension = certificate.getExtensionValue(Extension.subjectAlternativeName.getId());
    if (extension == null) {
      return false;
    }
    GeneralNames present =
        GeneralNames.getInstance(
            org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils.parseExtensionValue(extension));
    return Arrays.asList(present.getNames()).equals(wanted);
  }

  private static List<String> constraintHosts(X509Certificate authority) throws IOException {
    byte[] extension = authority.getExtensionValue(Extension.nameConstraints.getId());
    if (extension == null) {
      return List.of();
    }
    NameConstraints constraints =
        NameConstraints.getInstance(JcaX509ExtensionUtils.parseExtensionValue(extension));
    List<String> hosts = new ArrayList<>();
    for (GeneralSubtree subtree : constraints.getPermittedSubtrees()) {
      if (subtree.getBase().getTagNo() == GeneralName.dNSName) {
        hosts.add(subtree.getBase().getName().toString());
      }
    }
    return hosts;
  }

  private static List<String> hostsOf(List<String> names) {
    return names.stream().filter(name -> !isAddress(name)).distinct().toList();
  }

  private static List<GeneralName> subjectAlternativeNames(List<String> names) {
    List<GeneralName> all = new ArrayList<>();
    for (String name : names) {
      if (!isAddress(name)) {
        all.add(new GeneralName(GeneralName.dNSName, name));
      } else if (isPrivate(name)) {
        all.add(new GeneralName(GeneralName.iPAddress, name));
      }
    }
    return all;
  }

  private static boolean isAddress(String name) {
    return name.contains(":") || name.matches("[0-9.]+");
  }

  private static boolean isPrivate(String literal) {
    try {
      byte[] address = InetAddress.ofLiteral(literal).getAddress();
      for (String range : PRIVATE_RANGES) {
        int slash = range.indexOf('/');
        byte[] network = InetAddress.ofLiteral(range.substring(0, slash)).getAddress();
        int bits = Integer.parseInt(range.substring(slash + 1));
        if (network.length == address.length && samePrefix(network, address, bits)) {
          return true;
        }
      }
      return false;
    } catch (IllegalArgumentException notAnAddress) {
      return false;
    }
  }

  private static boolean samePrefix(byte[] network, byte[] address, int bits) {
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> (bit & 7);
      if (((network[bit >> 3] ^ address[bit >> 3]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }

  private static Optional<X509Certificate> read(Path file)
      throws IOException, GeneralSecurityException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try (var in = Files.newInputStream(file)) {
      return Optional.of(
          (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
  }

  private static PrivateKey readKey(Path file) throws IOException, GeneralSecurityException {
    try (PemReader reader =
        new PemReader(Files.newBufferedReader(file, StandardCharsets.US_ASCII))) {
      PemObject object = reader.readPemObject();
      if (object == null) {
        throw new IOException("`%s` is not a PEM key".formatted(file.getFileName()));
      }
      byte[] encoded = object.getContent();
      try {
        return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(encoded));
      } finally {
        Arrays.fill(encoded, (byte) 0);
      }
    }
  }

  private static byte[] pem(String type, byte[] encoded) throws IOException {
    StringWriter text = new StringWriter();
    try (PemWriter writer = new PemWriter(text)) {
      writer.writeObject(new PemObject(type, encoded));
    }
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }
}
