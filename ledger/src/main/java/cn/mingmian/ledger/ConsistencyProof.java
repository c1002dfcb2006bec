package cn.mingmian.ledger;

import java.util.List;

/// That a tree begins with an earlier one (RFC 6962, section 2.1.2). Immutable.
///
/// @param oldSize of the earlier tree
/// @param newSize of the later tree
/// @param path the nodes in the order of the RFC; empty when either tree is empty or both are equal
public record ConsistencyProof(long oldSize, long newSize, List<Hash> path) {
  public ConsistencyProof {
    path = List.copyOf(path);
  }

  /// Whether nothing below `oldSize` was changed, removed or put between.
  public boolean proves(Hash oldRoot, Hash newRoot) {
    return new Merkle().isPrefix(oldSize, oldRoot, newSize, newRoot, path);
  }
}
