/// Encrypted templates, their keys, their erasure, and the exact search over what is held.
/// Fed by whoever made the templates; the door is [Vault], the format is `docs/formats/vault.md`.
/// Knows nothing of people, law, models or frameworks: ids, floats, keys and files only.
@NullMarked
package cn.mingmian.vault;

import org.jspecify.annotations.NullMarked;
