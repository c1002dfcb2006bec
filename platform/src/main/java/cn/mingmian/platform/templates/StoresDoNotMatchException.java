package cn.mingmian.platform.templates;

/// The vault and the records do not belong together. Nothing was changed: going on would erase
/// every template.
public final class StoresDoNotMatchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StoresDoNotMatchException(String message) {
    super(message);
  }
}
