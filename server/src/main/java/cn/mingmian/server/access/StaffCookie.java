package cn.mingmian.server.access;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;

/// The cookie that carries a login: this host only, HTTPS only, no script, no other site.
public final class StaffCookie {

  static final String NAME = "__Host-staff";

  private StaffCookie() {}

  /// The secret that `request` shows.
  static Optional<String> shown(HttpServletRequest request) {
    if (request.getCookies() != null) {
      for (Cookie cookie : request.getCookies()) {
        if (cookie.getName().equals(NAME)) {
          return Optional.of(cookie.getValue());
        }
      }
    }
    return Optional.empty();
  }

  /// Gives a login to the browser until it is closed.
  public static void give(HttpServletResponse response, String token) {
    response.addCookie(cookie(token, -1));
  }

  /// Takes it back.
  public static void take(HttpServletResponse response) {
    response.addCookie(cookie("", 0));
  }

  private static Cookie cookie(String value, int seconds) {
    Cookie cookie = new Cookie(NAME, value);
    cookie.setPath("/");
    cookie.setHttpOnly(true);
    cookie.setSecure(true);
    cookie.setAttribute("SameSite", "Strict");
    cookie.setMaxAge(seconds);
    return cookie;
  }
}
