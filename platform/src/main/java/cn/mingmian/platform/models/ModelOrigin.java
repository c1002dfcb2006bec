package cn.mingmian.platform.models;

import cn.mingmian.engine.ModelPack;
import cn.mingmian.platform.audit.Statement;
import cn.mingmian.platform.audit.Statements;
import cn.mingmian.platform.audit.Topic;
import cn.mingmian.platform.records.Actor;
import cn.mingmian.platform.records.Bilingual;
import cn.mingmian.platform.records.Json;
import cn.mingmian.platform.records.RejectedRecordException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// The operator's decision to use models whose origin is not wholly proven: written by one person,
/// approved by another, and bound to the words of the card, so that it lapses when they change.
/// Until it is in force no face is looked at. Thread-safe.
public final class ModelOrigin {
  private final Statements statements;
  private final String pack;
  private final List<Bilingual> unproven;

  /// @param pack the one that this installation uses
  public ModelOrigin(Statements statements, ModelPack pack) {
    this(statements, pack.id(), pack.unproven().stream().map(Models::text).toList());
  }

  ModelOrigin(Statements statements, String pack, List<Bilingual> unproven) {
    this.statements = statements;
    this.pack = pack;
    this.unproven = List.copyOf(unproven);
  }

  /// The operator knows what is unproven, and accepts it.
  ///
  /// @param unproven SHA-256 of what the card said was unproven
  /// @param reasons  why it is accepted all the same
  public record AcceptedOrigin(String unproven, Bilingual reasons) {}

  /// What nobody has decided about yet.
  ///
  /// @param pack     id of the pack in use
  /// @param unproven each point that the decision has to accept
  public record Undecided(String pack, List<Bilingual> unproven) {}

  /// Writes down why the pack may be used; counts once somebody else approved it.
  ///
  /// @return id of the statement
  public String propose(Bilingual reasons, Actor author) {
    return statements.make(
        Topic.MODEL_ORIGIN, pack, new AcceptedOrigin(digest(unproven), reasons), author);
  }

  /// Approves it.
  ///
  /// @throws RejectedRecordException if the author approves
  public void approve(String statement, Actor approver) {
    statements.approve(statement, approver);
  }

  /// The decision in force about what the card says now.
  public Optional<Statement<AcceptedOrigin>> accepted() {
    return statements
        .inForce(Topic.MODEL_ORIGIN, pack, AcceptedOrigin.class)
        .filter(statement -> statement.body().unproven().equals(digest(unproven)));
  }

  /// Empty if nothing about the pack is unproven, or the operator accepted exactly what is.
  public Optional<Undecided> undecided() {
    return unproven.isEmpty() || accepted().isPresent()
        ? Optional.empty()
        : Optional.of(new Undecided(pack, unproven));
  }

  /// @throws RejectedRecordException `model-origin-undecided` while [#undecided] is present
  public void requireDecided() {
    undecided()
        .ifPresent(
            open -> {
              throw new RejectedRecordException(
                  "model-origin-undecided",
                  "part of the origin of model pack `%s` is unproven, and nobody has accepted that: record a decision about it and have another person approve it, before any face is looked at"
                      .formatted(open.pack()));
            });
  }

  private static String digest(List<Bilingual> unproven) {
    try {
      byte[] words = Json.write(unproven).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(words));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
