package cn.mingmian.ledger;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/// RFC 6962, section 2.1, written down word by word over lists: slow, and the reference for what
/// the log computes from tiles.
final class Rfc6962 {
  private Rfc6962() {}

  static byte[] sha256(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    try {
      return MessageDigest.getInstance("SHA-256").digest(all.toByteArray());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  static Hash mth(List<byte[]> d) {
    return Hash.of(mthBytes(d));
  }

  private static byte[] mthBytes(List<byte[]> d) {
    int n = d.size();
    if (n == 0) {
      return sha256();
    }
    if (n == 1) {
      return sha256(new byte[] {0}, d.getFirst());
    }
    int k = k(n);
    return sha256(new byte[] {1}, mthBytes(d.subList(0, k)), mthBytes(d.subList(k, n)));
  }

  static List<Hash> path(int m, List<byte[]> d) {
    int n = d.size();
    List<Hash> path = new ArrayList<>();
    if (n > 1) {
      int k = k(n);
      if (m < k) {
        path.addAll(path(m, d.subList(0, k)));
        path.add(mth(d.subList(k, n)));
      } else {
        path.addAll(path(m - k, d.subList(k, n)));
        path.add(mth(d.subList(0, k)));
      }
    }
    return path;
  }

  static List<Hash> proof(int m, List<byte[]> d) {
    return m == 0 ? List.of() : subproof(m, d, true);
  }

  private static List<Hash> subproof(int m, List<byte[]> d, boolean b) {
    int n = d.size();
    List<Hash> proof = new ArrayList<>();
    if (m == n) {
      if (!b) {
        proof.add(mth(d));
      }
      return proof;
    }
    int k = k(n);
    if (m <= k) {
      proof.addAll(subproof(m, d.subList(0, k), b));
      proof.add(mth(d.subList(k, n)));
    } else {
      proof.addAll(subproof(m - k, d.subList(k, n), false));
      proof.add(mth(d.subList(0, k)));
    }
    return proof;
  }

  private static int k(int n) {
    int k = 1;
    while (k * 2 < n) {
      k *= 2;
    }
    return k;
  }
}
