/// An append-only transparency log as plain files: entries, hash tiles, a signed checkpoint,
/// proofs, and the offline verifier that an outsider runs. JDK only.
///
/// Fed with opaque entries (bytes) by whoever keeps a record; knows nothing of what they mean.
/// May not touch the network, a clock, or any other module. Formats: docs/formats/ledger.md.
@NullMarked
package cn.mingmian.ledger;

import org.jspecify.annotations.NullMarked;
