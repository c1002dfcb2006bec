package cn.mingmian.platform.permit;

/// Somebody showed a permit that does not allow what they are about to do. A fault of the caller,
/// not of the person.
public final class PermitMisusedException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  private final Misuse misuse;
  private final String decision;

  PermitMisusedException(Misuse misuse, String decision, String why) {
    super("permit of decision `%s` does not allow this: %s".formatted(decision, why));
    this.misuse = misuse;
    this.decision = decision;
  }

  public Misuse misuse() {
    return misuse;
  }

  /// The decision that granted the permit.
  public String decision() {
    return decision;
  }

  /// What is wrong with it.
  public enum Misuse {
    USED_BEFORE,
    STALE,
    OTHER_VERB,
    OTHER_PURPOSE,
    OTHER_SUBJECT,
    OTHER_CHECKPOINT
  }
}
