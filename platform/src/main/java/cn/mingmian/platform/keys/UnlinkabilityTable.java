package cn.mingmian.platform.keys;

import cn.mingmian.vault.Unlinkability;
import java.security.SecureRandom;
import java.util.List;
import java.util.Random;

/// How well the keyed transform keeps two galleries apart, measured on this machine.
public final class UnlinkabilityTable {
  private static final int VALUES = 512;

  /// Between two captures of one person, as the default model gives.
  private static final double COSINE = 0.65;

  private UnlinkabilityTable() {}

  /// Measures with people drawn at random, the same at every run, under fresh seeds.
  ///
  /// @param people  to be linked, at least 200
  /// @return D_sys with its floor, and the curve over known pairs, in Markdown
  public static String measured(int people, SecureRandom random) {
    return Unlinkability.measure(
            Unlinkability.synthetic(people + VALUES, VALUES, COSINE, new Random(1)),
            List.of(0, 8, 32, VALUES / 4, VALUES / 2, VALUES),
            random)
        .table();
  }
}
