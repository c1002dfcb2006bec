package cn.mingmian.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
  private static final List<ModelPack> KNOWN =
      List.of(read("packs/faceplugin-0.0.1.json"), read("packs/dlib-resnet-1.json"));

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

  /// How the file of a template model is written.
  public enum Format {
    ONNX,
    /// dlib's network as 8-bit weights; made into ONNX whenever it is loaded.
    DLIB_RESNET
  }

  /// @param dimensions floats in a template
  /// @param format     of the file
  /// @param side       pixels of the square that the model takes
  /// @param points     where in it the five landmarks shall lie, `[x, y]` each: left eye, right
  // eye,
  ///     nose, left mouth, right mouth, as the viewer sees them
  /// @param input      what the template model is fed with
  /// @param comparison how templates are compared; so far always `cosine`
  public record TemplateKind(
      int dimensions,
      Format format,
      int side,
      List<List<Double>> points,
      String input,
      String comparison) {
    public TemplateKind {
      points = List.copyOf(points);
      if (points.size() != 5 || points.stream().anyMatch(point -> point.size() != 2)) {
        throw new IllegalArgumentException(
            "template model has points %s, expected five of `[x, y]`".formatted(points));
      }
    }

    Alignment.Target target() {
      return new Alignment.Target(
          side, points.stream().map(point -> new Point(point.get(0), point.get(1))).toList());
    }
  }

  /// @param entry  path in the package's archive
  /// @param sha256 64 lower-case hexadecimal digits
  /// @param pack   the other pack that the file belongs to and lies with; its own if empty
  public record ModelFile(
      Role role, String entry, long bytes, String sha256, Optional<String> pack) {
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

  /// The packs that some of the files belong to, and that must be installed with it.
  List<ModelPack> lenders() {
    return files.stream()
        .flatMap(file -> file.pack().stream())
        .distinct()
        .map(ModelPack::named)
        .toList();
  }

  /// What the runtime is given for a file whose hash was checked.
  byte[] onnx(Role role, byte[] file) {
    return role == Role.TEMPLATE && template.format() == Format.DLIB_RESNET
        ? DlibResnet.onnx(file)
        : file;
  }

  /// @throws UnknownPackException if this engine carries no card of that name
  public static ModelPack named(String id) {
    return KNOWN.stream()
        .filter(pack -> pack.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new UnknownPackException(id));
  }

  /// A pack was asked for that there is no card of.
  public static final class UnknownPackException extends IllegalArgumentException {
    private UnknownPackException(String id) {
      super(
          "no model pack `%s`: expected one of %s"
              .formatted(id, KNOWN.stream().map(ModelPack::id).toList()));
    }
  }

  /// This pack, to work with people.
  ///
  /// @throws NonCommercialPackException if its licence does not allow operation
  public ModelPack forOperation() {
    if (!licence.commercial()) throw new NonCommercialPackException(this);
    return this;
  }

  /// Weights whose licence allows research only were to be put into operation.
  public static final class NonCommercialPackException extends IllegalStateException {
    private NonCommercialPackException(ModelPack pack) {
      super(
          "model pack `%s` is licensed `%s`, not for operation: it may be evaluated only"
              .formatted(pack.id(), pack.licence().spdx()));
    }
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
