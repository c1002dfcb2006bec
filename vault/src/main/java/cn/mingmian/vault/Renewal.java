package cn.mingmian.vault;

import java.util.List;

/// Says that a gallery's templates stand under a new keyed transform.
///
/// @param renewed  templates turned, without anyone being captured again
/// @param left  templates damaged or expired, so still under the old one, whose seed is kept: erase
///     them and ask again
/// @param oldSeedsDestroyed  seeds that nothing stands under any more, overwritten on disk
public record Renewal(
    GalleryId gallery, int renewed, List<TemplateId> left, int oldSeedsDestroyed) {
  public Renewal {
    left = List.copyOf(left);
  }
}
