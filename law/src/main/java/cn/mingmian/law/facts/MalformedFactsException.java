package cn.mingmian.law.facts;

/// The text is not what it was to be: facts, a case, a patch. Carries where, what was expected and
/// what was found.
public final class MalformedFactsException extends RuntimeException {
  private final String pointer;
  private final String expected;
  private final String found;

  /// @param pointer  RFC 6901; empty for the whole document
  public MalformedFactsException(String pointer, String expected, String found) {
    super("`%s`: expected %s, found %s".formatted(pointer, expected, found));
    this.pointer = pointer;
    this.expected = expected;
    this.found = found;
  }

  /// RFC 6901, such as `/person/birthDate`; empty for the whole document.
  public String pointer() {
    return pointer;
  }

  public String expected() {
    return expected;
  }

  /// At most 60 characters of what was there.
  public String found() {
    return found;
  }
}
