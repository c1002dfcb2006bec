package cn.mingmian.law.facts;

import org.jspecify.annotations.Nullable;

/// The deed itself. Immutable; every fact may be absent.
///
/// @param verb  what is done
/// @param mode  for `IDENTIFY`
/// @param attribute  for `ANALYSE`
/// @param destination  for `TRANSMIT`
/// @param recipient  for `PROVIDE` and `TRANSMIT`: who receives
/// @param content  what moves or is looked at
public record Operation(
    Verb verb,
    @Nullable Mode mode,
    @Nullable Attribute attribute,
    @Nullable Destination destination,
    @Nullable String recipient,
    @Nullable Content content) {
  public static Builder builder(Verb verb) {
    return new Builder(verb);
  }

  /// A builder that starts from these facts.
  public Builder but() {
    Builder b = new Builder(verb);
    b.mode = mode;
    b.attribute = attribute;
    b.destination = destination;
    b.recipient = recipient;
    b.content = content;
    return b;
  }

  /// Collects the facts one by one; one thread at a time.
  public static final class Builder {
    private Verb verb;
    private @Nullable Mode mode;
    private @Nullable Attribute attribute;
    private @Nullable Destination destination;
    private @Nullable String recipient;
    private @Nullable Content content;

    private Builder(Verb verb) {
      this.verb = verb;
    }

    public Builder verb(Verb verb) {
      this.verb = verb;
      return this;
    }

    public Builder mode(@Nullable Mode mode) {
      this.mode = mode;
      return this;
    }

    public Builder attribute(@Nullable Attribute attribute) {
      this.attribute = attribute;
      return this;
    }

    public Builder destination(@Nullable Destination destination) {
      this.destination = destination;
      return this;
    }

    public Builder recipient(@Nullable String recipient) {
      this.recipient = recipient;
      return this;
    }

    public Builder content(@Nullable Content content) {
      this.content = content;
      return this;
    }

    public Operation build() {
      return new Operation(verb, mode, attribute, destination, recipient, content);
    }
  }
}
