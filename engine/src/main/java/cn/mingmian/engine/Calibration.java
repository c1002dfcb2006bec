package cn.mingmian.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Which threshold gave which error rate, on which photos. Immutable.
///
/// @param model    pack id
/// @param set      the photos, and what is known against them
/// @param people   different persons in the set
/// @param photos   photos that gave a template
/// @param genuine  pairs of the same person
/// @param impostor pairs of different persons; they share photos, so they are not independent
/// @param measured day of the measurement
/// @param points   by falling false-match rate
public record Calibration(
    String model,
    String set,
    int people,
    int photos,
    long genuine,
    long impostor,
    LocalDate measured,
    List<OperatingPoint> points) {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  public Calibration {
    points = List.copyOf(points);
    if (points.size() < 2)
      throw new IllegalArgumentException(
          "calibration of `%s` has %d points, expected 2 or more".formatted(model, points.size()));
    for (int i = 1; i < points.size(); i++) {
      if (!(points.get(i).fmr() < points.get(i - 1).fmr()
          && points.get(i).threshold() > points.get(i - 1).threshold())) {
        throw new IllegalArgumentException(
            "calibration of `%s`: point %d is not stricter than the one before"
                .formatted(model, i));
      }
    }
  }

  /// One measured point.
  ///
  /// @param fmr       false-match rate asked for
  /// @param threshold cosine; a score at or above it matches
  /// @param fmrLow    95 % Wilson interval of the measured false-match rate
  /// @param fmrHigh   its upper end
  /// @param fnmr      false-non-match rate at the threshold
  /// @param fnmrLow   95 % Wilson interval
  /// @param fnmrHigh  its upper end
  public record OperatingPoint(
      double fmr,
      double threshold,
      double fmrLow,
      double fmrHigh,
      double fnmr,
      double fnmrLow,
      double fnmrHigh) {}

  /// The threshold for a wished false-match rate, between measured points linear in log10 of the
  /// rate.
  ///
  /// @param fmr between the smallest and the largest measured rate
  /// @throws UnmeasuredRateException outside of them: no guess is made
  public double thresholdForFmr(double fmr) {
    OperatingPoint loosest = points.getFirst();
    OperatingPoint strictest = points.getLast();
    // The end points themselves are asked for as decimal literals.
    if (!(fmr <= loosest.fmr() * 1.0000001 && fmr >= strictest.fmr() * 0.9999999)) {
      throw new UnmeasuredRateException(
          "false-match rate `%s` was not measured for `%s`: expected %s to %s"
              .formatted(fmr, model, strictest.fmr(), loosest.fmr()));
    }
    for (int i = 1; i < points.size(); i++) {
      OperatingPoint loose = points.get(i - 1);
      OperatingPoint strict = points.get(i);
      if (fmr >= strict.fmr()) {
        double share =
            (Math.log10(loose.fmr()) - Math.log10(fmr))
                / (Math.log10(loose.fmr()) - Math.log10(strict.fmr()));
        return loose.threshold() + share * (strict.threshold() - loose.threshold());
      }
    }
    return strictest.threshold();
  }

  /// The threshold at which a search of a gallery answers with anybody for a stranger at the wished
  /// rate. `FPIR = 1 - (1 - FMR)^N` for N independent comparisons, so the threshold rises with the
  /// gallery.
  ///
  /// @param fpir        wished false-positive identification rate, above 0 and below 1
  /// @param gallerySize templates searched, 1 or more
  /// @throws UnmeasuredRateException if that needs a false-match rate that was not measured
  public double thresholdForFpir(double fpir, int gallerySize) {
    requireRate(fpir);
    if (gallerySize < 1)
      throw new IllegalArgumentException(
          "gallery size is `%d`, expected 1 or more".formatted(gallerySize));
    double fmr = -Math.expm1(Math.log1p(-fpir) / gallerySize);
    return thresholdForFmr(Math.min(fmr, points.getFirst().fmr()));
  }

  /// The largest gallery for which [#thresholdForFpir] knows a threshold; 0 if not even one
  /// template.
  public int largestGallery(double fpir) {
    requireRate(fpir);
    double strictest = points.getLast().fmr() * 0.9999999;
    return (int)
        Math.min(Integer.MAX_VALUE, Math.floor(Math.log1p(-fpir) / Math.log1p(-strictest)));
  }

  /// The false-match rate at a threshold, by the same interpolation; the end points' rates outside.
  public double fmrAt(double threshold) {
    if (threshold <= points.getFirst().threshold()) return points.getFirst().fmr();
    for (int i = 1; i < points.size(); i++) {
      OperatingPoint loose = points.get(i - 1);
      OperatingPoint strict = points.get(i);
      if (threshold <= strict.threshold()) {
        double share = (threshold - loose.threshold()) / (strict.threshold() - loose.threshold());
        return Math.pow(
            10,
            Math.log10(loose.fmr()) + share * (Math.log10(strict.fmr()) - Math.log10(loose.fmr())));
      }
    }
    return points.getLast().fmr();
  }

  private static void requireRate(double fpir) {
    if (!(fpir > 0 && fpir < 1)) {
      throw new IllegalArgumentException(
          "fpir is `%s`, expected above 0 and below 1".formatted(fpir));
    }
  }

  static Calibration ofResource(String name) {
    try (@Nullable InputStream in = Calibration.class.getResourceAsStream("packs/" + name)) {
      if (in == null)
        throw new IllegalStateException(
            "calibration `%s` is missing from the engine".formatted(name));
      return JSON.readValue(in, Calibration.class);
    } catch (IOException e) {
      throw new UncheckedIOException("calibration `%s` cannot be read".formatted(name), e);
    }
  }

  /// A rate was asked for that the calibration says nothing about.
  public static final class UnmeasuredRateException extends IllegalArgumentException {
    UnmeasuredRateException(String message) {
      super(message);
    }
  }
}
