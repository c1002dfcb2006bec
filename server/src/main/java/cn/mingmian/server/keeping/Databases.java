package cn.mingmian.server.keeping;

import cn.mingmian.platform.Platform.DatabaseAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Reads `--database-url`: `postgresql://user:password@host:port/database`, or a JDBC URL with
/// `user` and `password` as parameters.
public final class Databases {

  private Databases() {}

  /// @throws IllegalArgumentException if the URL names no database, user or password
  public static DatabaseAddress at(String given) {
    String text = given.startsWith("jdbc:") ? given.substring(5) : given;
    URI url;
    try {
      url = URI.create(text);
    } catch (IllegalArgumentException malformed) {
      // Without the cause: its message quotes the URL, and the URL holds a password.
      throw wrong();
    }
    String user = null;
    String password = null;
    if (url.getRawUserInfo() != null) {
      String[] parts = url.getRawUserInfo().split(":", 2);
      user = decode(parts[0]);
      password = parts.length == 2 ? decode(parts[1]) : null;
    }
    List<String> others = new ArrayList<>();
    for (String parameter :
        url.getRawQuery() == null ? new String[0] : url.getRawQuery().split("&")) {
      if (parameter.startsWith("user=")) {
        user = decode(parameter.substring(5));
      } else if (parameter.startsWith("password=")) {
        password = decode(parameter.substring(9));
      } else if (!parameter.isEmpty()) {
        others.add(parameter);
      }
    }
    if (!"postgresql".equals(url.getScheme())
        || url.getHost() == null
        || url.getPath() == null
        || url.getPath().length() < 2
        || user == null
        || password == null) {
      throw wrong();
    }
    String query = others.isEmpty() ? "" : "?" + String.join("&", others);
    String port = url.getPort() < 0 ? "" : ":" + url.getPort();
    return new DatabaseAddress(
        "jdbc:postgresql://" + url.getHost() + port + url.getPath() + query, user, password);
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static IllegalArgumentException wrong() {
    return new IllegalArgumentException(
        "`--database-url` expects `postgresql://user:password@host:port/database`");
  }
}
