/// Encrypted templates, keys, keyed transform, erasure, and the search over what it holds.
@NullMarked
package cn.mingmian.vault;

import org.jspecify.annotations.NullMarked;
