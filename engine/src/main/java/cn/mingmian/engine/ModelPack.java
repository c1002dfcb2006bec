package cn.mingmian.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// A set of models that belong together, and its card: where it comes from, under which licence,
/// what about it is not proven. The engine carries the cards; the weights are fetched at set-up.
/// Immutable.
///
/// @param id             name of the pack and of its folder; also the model id of its templates
/// @param unproven       what the operator must decide about, on record, before using the pack
/// @param neverInstalled models of the same package that are left out, and why
/// @param calibration    resource name of the [Calibration]
public record ModelPack(
    String id,
    Sentence name,
    Origin origin,
    Licence licence,
    List<Sentence> unproven,
    Sentence neverInstalled,
    TemplateKind template,
    String calibration,
    List<ModelFile> files) {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
  private static final List<ModelPack> KNOWN = List.of(read("packs/faceplugin-0.0.1.json"));

  public ModelPack {
    if (!id.matches("[a-z0-9][a-z0-9.-]{0,63}")) {
      throw new IllegalArgumentException(
          "pack id `%s` has other characters than a-z, 0-9, `.` and `-`".formatted(id));
    }
    Objects.requireNonNull(origin);
    unproven = List.copyOf(unproven);
    files = List.copyOf(files);
    Map<Role, Long> counts =
        files.stream().collect(Collectors.groupingBy(ModelFile::role, Collectors.counting()));
    if (counts.size() != Role.values().length || files.size() != counts.size()) {
      throw new IllegalArgumentException(
          "pack `%s` has files for %s, expected one for each of %s"
              .formatted(id, counts, List.of(Role.values())));
    }
  }

  /// What a model does.
  public enum Role {
    DETECTOR,
    LANDMARKS,
    TEMPLATE,
    LIVENESS
  }

  /// The package that the files come in.
  ///
  /// @param registry so far always `npm`
  public record Origin(String registry, String packageName, String version, URI homepage) {
    /// As the registry's client writes it.
    public String coordinates() {
      return packageName + "@" + version;
    }
  }

  /// @param spdx       the identifier that the package states
  /// @param commercial whether the stated licence allows commercial use
  /// @param note       what stands behind the statement
  public record Licence(String spdx, boolean commercial, Sentence note) {}

  /// @param dimensions floats in a template
  /// @param input      what the template model is fed with
  /// @param comparison how templates are compared; so far always `cosine`
  public record TemplateKind(int dimensions, String input, String comparison) {}

  /// @param entry  path in the package's archive
  /// @param sha256 64 lower-case hexadecimal digits
  public record ModelFile(Role role, String entry, long bytes, String sha256) {
    public ModelFile {
      if (!sha256.matches("[0-9a-f]{64}")) {
        throw new IllegalArgumentException(
            "sha256 of `%s` is `%s`, expected 64 hexadecimal digits".formatted(entry, sha256));
      }
    }

    /// Name of the installed file.
    public String fileName() {
      return entry.substring(entry.lastIndexOf('/') + 1);
    }
  }

  ModelFile file(Role role) {
    return files.stream().filter(file -> file.role() == role).findFirst().orElseThrow();
  }

  /// All packs whose cards this engine carries, the default first.
  public static List<ModelPack> known() {
    return KNOWN;
  }

  /// The pack that is used when none is named.
  public static ModelPack byDefault() {
    return KNOWN.getFirst();
  }

  /// How the error rates of this pack's thresholds were found.
  public Calibration calibrated() {
    return Calibration.ofResource(calibration);
  }

  private static ModelPack read(String resource) {
    try (@Nullable InputStream in = ModelPack.class.getResourceAsStream(resource)) {
      if (in == null)
        throw new IllegalStateException(
            "model card `%s` is missing from the engine".formatted(resource));
      return JSON.readValue(in, Card.class).pack();
    } catch (IOException e) {
      throw new UncheckedIOException("model card `%s` cannot be read".formatted(resource), e);
    }
  }

  /// The file's own shape; see docs/formats/model-pack.md.
  private record Card(
      String id,
      Sentence name,
      CardOrigin origin,
      Licence licence,
      List<Sentence> unproven,
      Sentence neverInstalled,
      TemplateKind template,
      String calibration,
      List<ModelFile> files) {
    ModelPack pack() {
      Origin from =
          new Origin(origin.registry(), origin.name(), origin.version(), origin.homepage());
      return new ModelPack(
          id, name, from, licence, unproven, neverInstalled, template, calibration, files);
    }
  }

  private record CardOrigin(
      String registry,
      @com.fasterxml.jackson.annotation.JsonProperty("package") String name,
      String version,
      URI homepage) {}
}
