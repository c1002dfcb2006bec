package cn.mingmian.server.pages.people;

import cn.mingmian.platform.people.PersonId;
import cn.mingmian.platform.records.MalformedIdException;
import cn.mingmian.server.http.Cursors;
import cn.mingmian.server.http.ProblemException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// Who is signed in to the portal: a sealed cookie of this host, for twenty minutes, that no script
/// sees and no other site sends. Nothing is kept on the server. Thread-safe.
@Component
final class PersonCookie {
  static final Duration LASTS = Duration.ofMinutes(20);

  private static final String NAME = "__Host-me";
  private static final String SEAL = "person-sitting";

  private final Cursors seals;
  private final Clock clock;

  PersonCookie(Cursors seals, Clock clock) {
    this.seals = seals;
    this.clock = clock;
  }

  void give(HttpServletResponse response, PersonId person) {
    long until = clock.instant().plus(LASTS).getEpochSecond();
    response.addCookie(cookie(seals.seal(SEAL, until + " " + person), (int) LASTS.toSeconds()));
  }

  static void take(HttpServletResponse response) {
    response.addCookie(cookie("", 0));
  }

  /// Who sits here; empty where nobody does, or for too long, or the cookie is not ours.
  Optional<PersonId> shown(HttpServletRequest request) {
    if (request.getCookies() == null) return Optional.empty();
    for (Cookie cookie : request.getCookies()) {
      if (!cookie.getName().equals(NAME) || cookie.getValue().isEmpty()) continue;
      try {
        String[] parts = seals.open(SEAL, cookie.getValue()).split(" ", 2);
        Instant until = Instant.ofEpochSecond(Long.parseLong(parts[0]));
        if (clock.instant().isBefore(until)) return Optional.of(new PersonId(parts[1]));
      } catch (ProblemException | NumberFormatException | MalformedIdException notOurs) {
        return Optional.empty();
      }
    }
    return Optional.empty();
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
