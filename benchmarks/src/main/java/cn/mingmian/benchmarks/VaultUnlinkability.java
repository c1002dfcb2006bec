package cn.mingmian.benchmarks;

import cn.mingmian.vault.Unlinkability;
import java.security.SecureRandom;
import java.util.List;
import java.util.Random;

/// Prints how well the keyed transform keeps galleries apart, with the curve over known pairs.
///
/// Arguments: people (2000), values (512), mean cosine between two captures of one person (0.65).
public final class VaultUnlinkability {
  private VaultUnlinkability() {}

  public static void main(String[] args) {
    int people = args.length > 0 ? Integer.parseInt(args[0]) : 2000;
    int dimensions = args.length > 1 ? Integer.parseInt(args[1]) : 512;
    double cosine = args.length > 2 ? Double.parseDouble(args[2]) : 0.65;
    List<Integer> known =
        List.of(0, 8, 32, dimensions / 4, dimensions / 2, dimensions, 2 * dimensions);
    System.out.print(
        Unlinkability.measure(
                Unlinkability.synthetic(people + 2 * dimensions, dimensions, cosine, new Random(1)),
                known,
                new SecureRandom())
            .table());
  }
}
