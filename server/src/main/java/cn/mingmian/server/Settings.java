package cn.mingmian.server;

import cn.mingmian.law.facts.Pack;
import cn.mingmian.platform.keys.Unlock;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/// How this server runs. Everything has a default, so that a first start asks nothing.
///
/// Immutable.
///
/// @param data  where everything that outlives a restart is kept
/// @param models  where the face models were installed
/// @param listen  the address of the API and pages; loopback unless the operator says otherwise
/// @param port  0 means any free port
/// @param managementPort  of health and metrics, always on loopback; 0 means any free port
/// @param certificate  the operator's own; empty means the local authority
/// @param databaseUrl  of a given PostgreSQL; empty means the embedded one
/// @param requestsPerSecond  of one API key; bursts may be four times that
/// @param logOnConsole  JSON lines on standard output instead of a file in the data directory
/// @param newKeys  make a fresh pair of first keys even if there are keys
/// @param publicPort  of notices, receipts and portal alone, for the internet; empty means they are
///     on the one listener only; 0 means any free port
/// @param publicUrl  where people reach them: what QR codes say
/// @param packs  rule packs to switch on at this start, in the log; what is on stays on
/// @param unlock  the root of the vault's keys, and where its secret comes from
public record Settings(
    Path data,
    Path models,
    InetAddress listen,
    int port,
    int managementPort,
    Optional<GivenCertificate> certificate,
    Optional<String> databaseUrl,
    double requestsPerSecond,
    boolean logOnConsole,
    boolean newKeys,
    Optional<Integer> publicPort,
    Optional<URI> publicUrl,
    Set<Pack> packs,
    Unlock unlock) {

  public static final int DEFAULT_PORT = 8443;
  public static final int DEFAULT_MANAGEMENT_PORT = 8444;

  /// A certificate of the operator's own.
  ///
  /// @param chain  PEM, the server's first
  /// @param key  PEM, PKCS#8, unencrypted
  public record GivenCertificate(Path chain, Path key) {}

  /// The defaults, in `data`.
  public static Settings in(Path data) {
    return new Settings(
        data,
        Path.of(System.getProperty("mingmian.models", "models")),
        InetAddress.getLoopbackAddress(),
        DEFAULT_PORT,
        DEFAULT_MANAGEMENT_PORT,
        Optional.empty(),
        Optional.empty(),
        50,
        false,
        false,
        Optional.empty(),
        Optional.empty(),
        Set.of(),
        Unlock.standard());
  }

  /// The same on any free ports: for tests and the demo.
  public Settings onFreePorts() {
    return new Settings(
        data,
        models,
        listen,
        0,
        0,
        certificate,
        databaseUrl,
        requestsPerSecond,
        logOnConsole,
        newKeys,
        publicPort,
        publicUrl,
        packs,
        unlock);
  }
}
