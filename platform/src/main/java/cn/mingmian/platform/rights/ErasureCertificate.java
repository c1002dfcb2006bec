package cn.mingmian.platform.rights;

import java.time.Instant;

/// That face information was destroyed: what, when, and what copies may still hold it unreadably
/// until when.
/// The text is JSON and carries the receipts of the log; the signature is over its UTF-8.
/// Immutable.
///
/// @param signature Ed25519, base64
/// @param publicKey X.509, base64
/// @param logged    whether its issue is in the log yet; if not, it follows
public record ErasureCertificate(
    String id, Instant issuedAt, String json, String signature, String publicKey, boolean logged) {}
