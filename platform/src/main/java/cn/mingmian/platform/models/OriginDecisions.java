package cn.mingmian.platform.models;

import cn.mingmian.platform.audit.Statement;
import cn.mingmian.platform.audit.Statements;
import cn.mingmian.platform.audit.Topic;
import cn.mingmian.platform.records.Actor;
import cn.mingmian.platform.records.Bilingual;
import cn.mingmian.platform.records.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/// The operator's decision to use models whose origin is not wholly proven: written by one person,
/// approved by another, and bound to the words of the card, so that it lapses when they change.
/// Thread-safe.
public final class OriginDecisions {
  private final Statements statements;

  public OriginDecisions(Statements statements) {
    this.statements = statements;
  }

  /// The operator knows what is unproven, and accepts it.
  ///
  /// @param unproven SHA-256 of what the card said was unproven
  /// @param reasons  why it is accepted all the same
  public record AcceptedOrigin(String unproven, Bilingual reasons) {}

  /// Writes down why the pack may be used; counts once somebody else approved it.
  ///
  /// @return id of the statement
  public String propose(ModelCard card, Bilingual reasons, Actor author) {
    return statements.make(
        Topic.MODEL_ORIGIN, card.id(), new AcceptedOrigin(digest(card), reasons), author);
  }

  /// Approves it.
  ///
  /// @throws cn.mingmian.platform.records.RejectedRecordException if the author approves
  public void approve(String statement, Actor approver) {
    statements.approve(statement, approver);
  }

  /// Whether the pack may be used: nothing about it is unproven, or the operator accepted exactly
  /// what is.
  public boolean settled(ModelCard card) {
    return card.unproven().isEmpty() || accepted(card).isPresent();
  }

  /// The decision in force about what the card says now.
  public Optional<Statement<AcceptedOrigin>> accepted(ModelCard card) {
    return statements
        .inForce(Topic.MODEL_ORIGIN, card.id(), AcceptedOrigin.class)
        .filter(statement -> statement.body().unproven().equals(digest(card)));
  }

  private static String digest(ModelCard card) {
    try {
      byte[] words = Json.write(card.unproven()).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(words));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
