package cn.mingmian.platform.setup;

import cn.mingmian.law.facts.Alternative;
import cn.mingmian.law.facts.ProcessorKind;
import cn.mingmian.law.facts.Province;
import cn.mingmian.law.facts.Section;
import cn.mingmian.law.facts.Territory;
import cn.mingmian.platform.controls.Mlps;
import cn.mingmian.platform.places.Accessibility;
import cn.mingmian.platform.places.CaptureAreaDrawn;
import cn.mingmian.platform.places.WayTerms;
import cn.mingmian.platform.records.Bilingual;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;

/// What only the operator can say about a place; nothing of it is presumed. Immutable.
///
/// @param mlps          classified protection, where the operator is subject to it
/// @param retentionDays the most days that a template is kept
/// @param retentionReason why not fewer
/// @param ethics        what was weighed beyond the law
/// @param otherWays     the ways in that need no face, and on what terms
/// @param accessibility what elderly and disabled people find there
/// @param assessed      the impact assessment, section by section
/// @param modelsAcceptedBecause why models of partly unproven origin are accepted; empty leaves
///     that open, and no face is looked at
public record Answers(
    Processor processor,
    Optional<Mlps> mlps,
    String site,
    Territory territory,
    Optional<Province> province,
    String gate,
    Camera camera,
    Signpost sign,
    int retentionDays,
    String retentionReason,
    String ethics,
    Map<Alternative, WayTerms> otherWays,
    Accessibility accessibility,
    Map<Section, String> assessed,
    Optional<Bilingual> modelsAcceptedBecause) {
  public Answers {
    otherWays = Map.copyOf(otherWays);
    assessed = Map.copyOf(assessed);
  }

  /// Who processes.
  public record Processor(
      String name,
      String contact,
      String privacyOfficer,
      ProcessorKind kind,
      boolean publicFacing) {}

  /// The device.
  ///
  /// @param certificate its number, if it is certified
  /// @param area        in which faces are taken
  public record Camera(
      String name,
      String serial,
      boolean catalogued,
      Optional<String> certificate,
      Optional<LocalDate> lastTested,
      CaptureAreaDrawn area) {}

  /// The sign that says that faces are recognised here.
  ///
  /// @param photoHash SHA-256 of a photo of it in its place, hexadecimal
  public record Signpost(String photoHash, LocalDate takenOn, String position) {}
}
