package cn.mingmian.ledger;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Entry bundles: each entry behind its length as two bytes, most significant first.
final class Bundle {
  /// What two bytes of length can say.
  static final int LONGEST_ENTRY = 65_535;

  private Bundle() {}

  static byte[] write(List<byte[]> entries) {
    ByteArrayOutputStream bundle = new ByteArrayOutputStream();
    for (byte[] entry : entries) {
      bundle.write(entry.length >>> 8);
      bundle.write(entry.length);
      bundle.writeBytes(entry);
    }
    return bundle.toByteArray();
  }

  /// What could be read: the whole entries from the start, and where reading had to stop.
  ///
  /// @param rest bytes left over behind the last whole entry; 0 in a sound bundle
  record Reading(List<byte[]> entries, int rest) {}

  /// Reads whole entries, at most `most` of them.
  static Reading read(byte[] bundle, int most) {
    List<byte[]> entries = new ArrayList<>();
    int at = 0;
    while (entries.size() < most && at + 2 <= bundle.length) {
      int length = (bundle[at] & 0xff) << 8 | (bundle[at + 1] & 0xff);
      if (at + 2 + length > bundle.length) {
        break;
      }
      entries.add(Arrays.copyOfRange(bundle, at + 2, at + 2 + length));
      at += 2 + length;
    }
    return new Reading(entries, bundle.length - at);
  }
}
