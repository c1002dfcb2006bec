package cn.mingmian.ledger;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The root of a growing tree, leaf hash by leaf hash, in logarithmic memory: the roots of the
/// complete subtrees along the right edge. One thread at a time.
final class Frontier {
  private final Merkle merkle;
  private final List<byte @Nullable []> complete = new ArrayList<>();
  private long size;

  Frontier(Merkle merkle) {
    this.merkle = merkle;
  }

  long size() {
    return size;
  }

  void add(byte[] leafHash) {
    byte[] carry = leafHash;
    int level = 0;
    while (true) {
      if (level == complete.size()) {
        complete.add(null);
      }
      byte[] left = complete.get(level);
      if (left == null) {
        complete.set(level, carry);
        break;
      }
      carry = merkle.node(left, carry);
      complete.set(level, null);
      level++;
    }
    size++;
  }

  Hash root() {
    byte[] root = null;
    for (byte[] subtree : complete) {
      if (subtree != null) {
        root = root == null ? subtree : merkle.node(subtree, root);
      }
    }
    return root == null ? merkle.emptyRoot() : Hash.of(root);
  }
}
