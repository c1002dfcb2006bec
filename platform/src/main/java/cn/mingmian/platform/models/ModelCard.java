package cn.mingmian.platform.models;

import cn.mingmian.platform.records.Bilingual;
import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/// What is known of a pack of models, and the state of its files here. Immutable.
///
/// @param id             name of the pack; stands in every template made with it
/// @param origin         coordinates in the registry, such as `name@1.2.3`
/// @param licence        SPDX identifier that the package states
/// @param commercial     whether that licence allows commercial use
/// @param unproven       what the operator must decide about before the pack may be used
/// @param neverInstalled models of the same package that are left out, and why
/// @param dimensions     floats in a template
/// @param input          what the template model is fed with
/// @param calibration    which set its thresholds rest on
public record ModelCard(
    String id,
    Bilingual name,
    String origin,
    URI homepage,
    String licence,
    boolean commercial,
    Bilingual licenceNote,
    List<Bilingual> unproven,
    Bilingual neverInstalled,
    int dimensions,
    String input,
    Calibrated calibration,
    List<ModelFile> files) {
  public ModelCard {
    unproven = List.copyOf(unproven);
    files = List.copyOf(files);
  }

  /// Every file is there and is the one that was measured.
  public boolean installed() {
    return files.stream().allMatch(ModelFile::sound);
  }

  /// @param expected SHA-256 that is pinned
  /// @param found    SHA-256 of what is there; empty if nothing is
  public record ModelFile(
      String name, String role, long bytes, String expected, Optional<String> found) {
    public boolean sound() {
      return found.isPresent() && found.get().equals(expected);
    }
  }

  /// @param set      the photos, and what is known against them
  /// @param points   false-match rate and threshold, the loosest first
  public record Calibrated(
      String set,
      int people,
      int photos,
      long genuine,
      long impostor,
      LocalDate measured,
      List<Point> points) {
    public Calibrated {
      points = List.copyOf(points);
    }
  }

  /// @param fmrLow  lower end of the 95 % interval of the measured false-match rate
  /// @param fmrHigh its upper end
  /// @param fnmr    false-non-match rate at the threshold
  public record Point(double fmr, double threshold, double fmrLow, double fmrHigh, double fnmr) {}
}
