package cn.mingmian.platform.evaluation;

import cn.mingmian.law.facts.Activity;
import cn.mingmian.law.facts.Facts;
import cn.mingmian.law.facts.FactsReader;
import cn.mingmian.law.facts.Verb;
import cn.mingmian.platform.records.RecordException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Who answers for a set of photos, and what is true of it. Immutable.
///
/// @param set      its name and origin, as it is to stand in a report
/// @param subjects whether people are shown
/// @param answers  who answers for what is declared; empty only for a synthetic set
/// @param facts    what is known, in the exchange format of the rulebook, without `at` and
///                 `operation`, which the run itself gives
public record Declaration(
    String set, Subjects subjects, Optional<String> answers, ObjectNode facts) {
  private static final long MOST_BYTES = 64 * 1024;

  /// Stands in the example where somebody has to say who he is.
  private static final String FORM = "FILL IN";

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  /// Who is in the photos.
  public enum Subjects {
    /// Nobody: faces that belong to no natural person, so no personal information is processed.
    SYNTHETIC,
    /// People.
    PEOPLE
  }

  public Declaration {
    if ((set + answers.orElse("")).contains(FORM)) {
      throw new DeclarationException(
          "it is still the form: write what is true of the set where it says `%s`".formatted(FORM));
    }
    if (set.isBlank()) throw new DeclarationException("the set has no name");
    if (subjects == Subjects.PEOPLE && answers.filter(name -> !name.isBlank()).isEmpty()) {
      throw new DeclarationException("people are shown and nobody answers for it (`answers`)");
    }
    facts = facts.deepCopy();
  }

  /// Nothing is declared: nothing is presumed.
  public static Declaration none(Path folder) {
    return new Declaration(
        folder.toAbsolutePath().normalize().getFileName() + " (undeclared)",
        Subjects.PEOPLE,
        Optional.of("nobody"),
        JSON.createObjectNode());
  }

  /// What a person declares who starts a run over a folder without a declaration, after being told
  /// so: that they answer for it, that the photos were made public lawfully, that rules, notice and
  /// assessment for this research exist, and that nothing outlives the run.
  ///
  /// @param runner the name under which they use this machine
  public static Declaration byWhoeverRuns(Path folder, String runner, Instant now) {
    ObjectNode facts;
    try (InputStream form = Declaration.class.getResourceAsStream("declared-by-the-runner.json")) {
      facts = (ObjectNode) JSON.readTree(Objects.requireNonNull(form).readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("a resource of this program cannot be read", e);
    }
    facts.withObject("/notice").put("shownAt", now.toString());
    facts.withObject("/assessment").put("approvedAt", now.toString());
    facts.withObject("/retention").put("expiresAt", now.plus(Duration.ofDays(1)).toString());
    return new Declaration(
        String.valueOf(folder.toAbsolutePath().normalize().getFileName()),
        Subjects.PEOPLE,
        Optional.of("`%s`, by running the command; not verified".formatted(runner)),
        facts);
  }

  /// Reads a declaration.
  ///
  /// @throws DeclarationException naming what is not as it should be
  public static Declaration read(Path file) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new DeclarationException("`%s` has more than %d bytes".formatted(file, MOST_BYTES));
      }
      Written written = JSON.readValue(Files.readAllBytes(file), Written.class);
      if (written.set() == null || written.subjects() == null) {
        throw new DeclarationException("`%s` lacks `set` or `subjects`".formatted(file));
      }
      return new Declaration(
          written.set(),
          written.subjects(),
          Optional.ofNullable(written.answers()),
          written.facts() == null ? JSON.createObjectNode() : written.facts());
    } catch (JacksonException e) {
      throw new DeclarationException("`%s`: %s".formatted(file, e.getOriginalMessage()));
    } catch (IOException e) {
      throw new UncheckedIOException("`%s` cannot be read".formatted(file), e);
    }
  }

  /// As it stands in the file.
  private record Written(
      @Nullable String set,
      @Nullable Subjects subjects,
      @Nullable String answers,
      @Nullable ObjectNode facts) {}

  /// The question to the law: may faces be taken from these photos, for research, now?
  // law| MEASURES-2025/2: research and training of algorithms is outside the Measures; PIPL stays.
  Facts question(Instant now) {
    ObjectNode asked = facts.deepCopy();
    if (asked.has("at") || asked.has("operation")) {
      throw new DeclarationException("`at` and `operation` are not declared: the run gives them");
    }
    asked.put("at", now.toString());
    asked.putObject("operation").put("verb", Verb.CAPTURE.name());
    ObjectNode processor = asked.withObject("/processor");
    String activity = processor.path("activity").asString(Activity.RESEARCH.name());
    if (!activity.equals(Activity.RESEARCH.name())) {
      throw new DeclarationException(
          "`processor.activity` is `%s`: an accuracy run is RESEARCH".formatted(activity));
    }
    processor.put("activity", Activity.RESEARCH.name());
    return FactsReader.read(asked.toString());
  }

  /// The declaration is not one.
  public static final class DeclarationException extends RecordException {
    private static final long serialVersionUID = 1L;

    DeclarationException(String message) {
      super("declaration-unreadable", "declaration: " + message);
    }
  }
}
