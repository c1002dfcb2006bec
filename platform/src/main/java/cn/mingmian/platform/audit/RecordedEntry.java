package cn.mingmian.platform.audit;

import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/// An entry as it stands in the database.
///
/// @param kind a name of [Kind], or of a kind of a newer program
/// @param number index in the log, once it is numbered
/// @param entry the published bytes, JSON
/// @param subject whom it is about, until forgotten
/// @param salt opens the commitment together with `preimage`, until forgotten
/// @param preimage the sealed facts, JSON
@SuppressWarnings("ArrayRecordComponent") // handed through, never compared
public record RecordedEntry(
    EntryId id,
    Instant at,
    String kind,
    Optional<Long> number,
    byte[] entry,
    Optional<String> subject,
    Optional<byte[]> salt,
    Optional<byte[]> preimage) {

  /// Whether salt and preimage still open the commitment that the log holds.
  public boolean opens() {
    if (salt.isEmpty() || preimage.isEmpty()) return false;
    byte[] commitment = Digests.commitment(salt.get(), preimage.get());
    String wanted = "\"commitment\":\"" + Base64.getEncoder().encodeToString(commitment) + "\"";
    return indexOf(entry, wanted.getBytes(java.nio.charset.StandardCharsets.UTF_8)) >= 0;
  }

  private static int indexOf(byte[] text, byte[] part) {
    for (int i = 0; i + part.length <= text.length; i++) {
      if (Arrays.equals(text, i, i + part.length, part, 0, part.length)) return i;
    }
    return -1;
  }
}
