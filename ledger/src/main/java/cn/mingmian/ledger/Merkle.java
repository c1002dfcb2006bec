package cn.mingmian.ledger;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/// The Merkle tree hash of RFC 6962, section 2.1, over SHA-256. One thread at a time.
final class Merkle {
  private static final byte LEAF = 0x00;
  private static final byte NODE = 0x01;

  private final MessageDigest sha256;

  Merkle() {
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256, this one has not", e);
    }
  }

  /// MTH({}) = SHA-256().
  Hash emptyRoot() {
    return Hash.of(sha256.digest());
  }

  /// MTH({d}) = SHA-256(0x00 || d).
  byte[] leaf(byte[] entry) {
    sha256.update(LEAF);
    return sha256.digest(entry);
  }

  /// SHA-256(0x01 || left || right).
  byte[] node(byte[] left, byte[] right) {
    sha256.update(NODE);
    sha256.update(left);
    return sha256.digest(right);
  }

  /// The root over `count` neighbouring hashes of a tile; `count` is a power of two.
  byte[] reduce(byte[] hashes, int first, int count) {
    if (count == 1) {
      return Arrays.copyOfRange(hashes, first * Hash.BYTES, (first + 1) * Hash.BYTES);
    }
    int half = count / 2;
    return node(reduce(hashes, first, half), reduce(hashes, first + half, half));
  }

  /// Whether an inclusion proof leads from `leafHash` at `index` to `root` of `size` entries.
  ///
  /// The algorithm of RFC 9162, section 2.1.3.2, which is the same tree as RFC 6962's.
  boolean includes(byte[] leafHash, long index, long size, List<Hash> proof, Hash root) {
    if (index < 0 || index >= size) {
      return false;
    }
    long fn = index;
    long sn = size - 1;
    byte[] r = leafHash;
    for (Hash p : proof) {
      if (sn == 0) {
        return false;
      }
      if ((fn & 1) == 1 || fn == sn) {
        r = node(p.bytes(), r);
        while ((fn & 1) == 0 && fn != 0) {
          fn >>= 1;
          sn >>= 1;
        }
      } else {
        r = node(r, p.bytes());
      }
      fn >>= 1;
      sn >>= 1;
    }
    return sn == 0 && Hash.of(r).equals(root);
  }

  /// Whether a consistency proof shows that the tree of `newSize` begins with that of `oldSize`.
  ///
  /// The algorithm of RFC 9162, section 2.1.4.2. An empty old tree is the beginning of every tree.
  boolean isPrefix(long oldSize, Hash oldRoot, long newSize, Hash newRoot, List<Hash> proof) {
    if (oldSize < 0 || oldSize > newSize) {
      return false;
    }
    if (oldSize == newSize) {
      return proof.isEmpty() && oldRoot.equals(newRoot);
    }
    if (oldSize == 0) {
      return proof.isEmpty() && oldRoot.equals(emptyRoot());
    }
    Iterator<Hash> path = proof.iterator();
    long fn = oldSize - 1;
    long sn = newSize - 1;
    while ((fn & 1) == 1) {
      fn >>= 1;
      sn >>= 1;
    }
    byte[] fr;
    if (fn == 0) {
      // The old tree is complete: its root is the first node and is not repeated in the proof.
      fr = oldRoot.bytes();
    } else if (path.hasNext()) {
      fr = path.next().bytes();
    } else {
      return false;
    }
    byte[] sr = fr;
    while (path.hasNext()) {
      byte[] c = path.next().bytes();
      if (sn == 0) {
        return false;
      }
      if ((fn & 1) == 1 || fn == sn) {
        fr = node(c, fr);
        sr = node(c, sr);
        while ((fn & 1) == 0 && fn != 0) {
          fn >>= 1;
          sn >>= 1;
        }
      } else {
        sr = node(sr, c);
      }
      fn >>= 1;
      sn >>= 1;
    }
    return sn == 0 && Hash.of(fr).equals(oldRoot) && Hash.of(sr).equals(newRoot);
  }
}
