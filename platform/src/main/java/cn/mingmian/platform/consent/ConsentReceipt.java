package cn.mingmian.platform.consent;

import java.net.URI;
import java.util.Optional;

/// What a person keeps of a consent. Immutable.
///
/// @param json the consent record in the shape of ISO/IEC TS 27560:2023
/// @param proof that it is in the log, in the format of C2SP tlog-proof; empty while it is not
///     published
/// @param link opens it without a login; whoever holds it may withdraw the consent
public record ConsentReceipt(Consent consent, String json, Optional<String> proof, URI link) {
  @Override
  public String toString() {
    return "receipt of " + consent.id();
  }
}
