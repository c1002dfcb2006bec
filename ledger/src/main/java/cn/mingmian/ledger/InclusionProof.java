package cn.mingmian.ledger;

import java.util.List;

/// That one entry is in a tree (RFC 6962, section 2.1.1). Immutable.
///
/// @param index of the entry
/// @param size of the tree
/// @param path from the leaf's sibling up to the root's child
public record InclusionProof(long index, long size, List<Hash> path) {
  public InclusionProof {
    path = List.copyOf(path);
  }

  /// Whether the proof leads from these bytes to that root.
  public boolean proves(byte[] entry, Hash root) {
    Merkle merkle = new Merkle();
    return merkle.includes(merkle.leaf(entry), index, size, path, root);
  }
}
