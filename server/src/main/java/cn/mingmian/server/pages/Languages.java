package cn.mingmian.server.pages;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.LocaleResolver;

/// Chinese unless the reader chose English, by `?lang=en`; the choice is kept in a cookie that
/// says `zh` or `en` and nothing else.
final class Languages implements LocaleResolver {

  static final Locale CHINESE = Locale.SIMPLIFIED_CHINESE;

  private static final String NAME = "lang";

  @Override
  public Locale resolveLocale(HttpServletRequest request) {
    String chosen = request.getParameter(NAME);
    if (chosen == null && request.getCookies() != null) {
      for (Cookie cookie : request.getCookies()) {
        if (cookie.getName().equals(NAME)) {
          chosen = cookie.getValue();
        }
      }
    }
    return "en".equals(chosen) ? Locale.ENGLISH : CHINESE;
  }

  @Override
  public void setLocale(
      HttpServletRequest request, @Nullable HttpServletResponse response, @Nullable Locale locale) {
    throw new UnsupportedLanguageException();
  }

  /// Languages are chosen by the reader's own link, not by the program.
  static final class UnsupportedLanguageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnsupportedLanguageException() {
      super("a language is chosen with `?lang=`, not by the program");
    }
  }

  /// Keeps the choice that this request makes, if it makes one.
  static void remember(HttpServletRequest request, HttpServletResponse response) {
    String chosen = request.getParameter(NAME);
    if ("en".equals(chosen) || "zh".equals(chosen)) {
      Cookie cookie = new Cookie(NAME, chosen);
      cookie.setPath("/");
      cookie.setHttpOnly(true);
      cookie.setSecure(true);
      cookie.setAttribute("SameSite", "Strict");
      cookie.setMaxAge(31_536_000);
      response.addCookie(cookie);
    }
  }
}
