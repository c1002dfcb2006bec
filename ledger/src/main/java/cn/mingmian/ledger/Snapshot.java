package cn.mingmian.ledger;

import java.util.List;

/// The log at one checkpoint, with its right edge in memory: full tiles never change on disk, so
/// reading needs no lock. Immutable; nobody writes into the arrays.
///
/// @param edgeEntries entries of the partial bundle, 0 to 255 of them
/// @param edgeHashes for each level the hashes of its partial tile, 32 bytes each, 0 to 255 of them
record Snapshot(SignedCheckpoint checkpoint, List<byte[]> edgeEntries, List<byte[]> edgeHashes) {
  Snapshot {
    edgeEntries = List.copyOf(edgeEntries);
    edgeHashes = List.copyOf(edgeHashes);
  }

  long size() {
    return checkpoint.size();
  }

  /// Levels that a log of `size` entries has hashes at.
  static int levels(long size) {
    int levels = 0;
    for (long hashes = size; hashes > 0; hashes >>= 8) {
      levels++;
    }
    return levels;
  }

  /// Hashes at `level` in a log of `size` entries: its complete subtrees of 256^level entries.
  static long hashesAt(int level, long size) {
    return level > 7 ? 0 : size >> (8 * level);
  }

  /// The root, from the right edge alone.
  static Hash root(Merkle merkle, List<byte[]> edgeHashes) {
    byte[] root = null;
    for (byte[] hashes : edgeHashes) {
      int rest = hashes.length / Hash.BYTES;
      for (int width = 1; rest > 0; width *= 2) {
        if ((rest & width) != 0) {
          rest -= width;
          byte[] subtree = merkle.reduce(hashes, rest, width);
          root = root == null ? subtree : merkle.node(subtree, root);
        }
      }
    }
    return root == null ? merkle.emptyRoot() : Hash.of(root);
  }
}
