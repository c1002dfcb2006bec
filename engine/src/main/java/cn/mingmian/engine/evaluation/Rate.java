package cn.mingmian.engine.evaluation;

/// An error rate with its 95 % Wilson score interval (Wilson 1927). Immutable.
///
/// The interval takes the trials for independent. Pairs that share a photo are not, so the true
/// uncertainty of a false-match rate is larger.
///
/// @param errors how many went wrong
/// @param trials out of how many
public record Rate(long errors, long trials) {
  private static final double Z = 1.959963984540054;

  public Rate {
    if (trials < 0 || errors < 0 || errors > trials) {
      throw new IllegalArgumentException(
          "rate of %d errors in %d trials".formatted(errors, trials));
    }
  }

  /// 0..1; not a number when nothing was tried.
  public double value() {
    return (double) errors / trials;
  }

  /// Lower end of the interval; 0 when nothing was tried.
  public double low() {
    return trials == 0 ? 0 : Math.max(0, centre() - half());
  }

  /// Upper end of the interval; 1 when nothing was tried.
  public double high() {
    return trials == 0 ? 1 : Math.min(1, centre() + half());
  }

  /// Rule of 30 (ISO/IEC 19795-1): below 30 errors the rate is known to its order of magnitude
  /// only.
  public boolean supported() {
    return errors >= 30;
  }

  private double centre() {
    return (errors + Z * Z / 2) / (trials + Z * Z);
  }

  private double half() {
    double p = value();
    return Z / (trials + Z * Z) * Math.sqrt(trials * p * (1 - p) + Z * Z / 4);
  }
}
