package cn.mingmian.platform.defence;

import cn.mingmian.law.facts.Control;
import cn.mingmian.platform.audit.Books;
import cn.mingmian.platform.controls.SelfCheck;
import cn.mingmian.platform.places.CheckpointId;
import cn.mingmian.platform.records.Actor;
import java.util.Optional;

/// Attacks a checkpoint that does not exist with face after face that nobody knows: it must stand
/// still within twenty, an honest one beside it must not, and lifting must set it free.
public final class CanaryAttackCheck implements SelfCheck {
  static final Actor SELF = Actor.system("self-check");
  private static final int MOST_STRANGERS = 20;

  private final Defence defence;
  private final Books books;

  public CanaryAttackCheck(Defence defence, Books books) {
    this.defence = defence;
    this.books = books;
  }

  @Override
  public Control family() {
    return Control.INTRUSION_DETECTION;
  }

  @Override
  public String name() {
    return "canary-attack";
  }

  @Override
  public Outcome run() {
    CheckpointId attacked = new CheckpointId(books.ids().next("chk"));
    CheckpointId honest = new CheckpointId(books.ids().next("chk"));
    int faces = 0;
    while (standing(attacked).isEmpty() && faces < MOST_STRANGERS) {
      defence.see(new Signal.Searched(attacked, true));
      defence.see(new Signal.Searched(honest, false));
      faces++;
    }
    Optional<Alert> alert = standing(attacked);
    if (alert.isEmpty()) {
      return new Outcome(false, "a sweep of %d strangers was not stopped".formatted(faces));
    }
    if (standing(honest).isPresent()) {
      defence.lift(alert.get().id(), "canary", SELF);
      return new Outcome(false, "a checkpoint that was not attacked stands still");
    }
    defence.lift(alert.get().id(), "canary", SELF);
    return standing(attacked).isPresent()
        ? new Outcome(false, "a lifted alert still suspends")
        : new Outcome(
            true, "a sweep was stopped after %d strangers, told, and lifted".formatted(faces));
  }

  /// What stands still there and nowhere else: a real alert about everything is not the canary's.
  private Optional<Alert> standing(CheckpointId checkpoint) {
    return defence.open().stream()
        .filter(alert -> alert.suspends(Target.of(checkpoint)))
        .findFirst();
  }
}
