/// Append-only transparency log: tiles, checkpoints, proofs, offline verifier. JDK only.
@NullMarked
package cn.mingmian.ledger;

import org.jspecify.annotations.NullMarked;
