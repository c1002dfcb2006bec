package cn.mingmian.server.command;

/// `version`: which build this is.
public final class VersionCommand implements Command {

  @Override
  public String name() {
    return "version";
  }

  @Override
  public String synopsis() {
    return "";
  }

  @Override
  public String purpose() {
    return "版本 / which build this is";
  }

  @Override
  public int run(Arguments arguments, Console console) {
    arguments.finish();
    console.say("mingmian %s (Java %s)", version(), Runtime.version().feature());
    return OK;
  }

  /// The version in the manifest; `development` when run from class files.
  public static String version() {
    String version = VersionCommand.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
