package cn.mingmian.server.tls;

import java.nio.file.Path;
import java.util.Optional;

/// A certificate chain and its key as PEM files, ready for the listener.
///
/// @param chain  PEM, the server's certificate first
/// @param key    PEM, PKCS#8, unencrypted, mode 0600
/// @param authority  the local authority's certificate that a browser may be told to trust; empty
///     when the operator brought their own certificate
public record ServerCertificate(Path chain, Path key, Optional<Path> authority) {}
