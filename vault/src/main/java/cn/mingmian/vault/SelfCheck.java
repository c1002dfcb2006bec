package cn.mingmian.vault;

import java.time.Instant;

/// Says what a vault's protection did when it was tried just now.
///
/// @param sealsAndOpens  a vector sealed under fresh keys opened again
/// @param refusesAltered  with one bit changed in header, ciphertext or tag it did not
/// @param wrapsKeys  the current epoch key wrapped a key, unwrapped it, and refused it in another
///     slot
public record SelfCheck(
    Suite suite, Instant at, boolean sealsAndOpens, boolean refusesAltered, boolean wrapsKeys) {
  public boolean passed() {
    return sealsAndOpens && refusesAltered && wrapsKeys;
  }
}
