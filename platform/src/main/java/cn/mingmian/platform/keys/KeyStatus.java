package cn.mingmian.platform.keys;

import java.time.Instant;

/// How the keys stand.
///
/// @param suite  `AES_256_GCM_SHA_256` or `SM4_GCM_SM3`
/// @param root  `key-file`, `passphrase` or `token`
/// @param vault  random id of the vault
/// @param epoch  number of the epoch whose key wraps everything now
/// @param epochEndsBy  it is destroyed by then, while the server runs
/// @param copies  backups that were made of this epoch's key; until they are destroyed too, copies
///     of its templates stay readable
/// @param galleries  that hold templates
/// @param templates  sealed
public record KeyStatus(
    String suite,
    String root,
    String vault,
    long epoch,
    Instant epochSince,
    Instant epochEndsBy,
    int copies,
    int galleries,
    int templates) {}
