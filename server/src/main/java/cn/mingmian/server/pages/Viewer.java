package cn.mingmian.server.pages;

import cn.mingmian.platform.audit.Books;
import cn.mingmian.platform.staff.Session;
import cn.mingmian.server.access.Caller;
import cn.mingmian.server.access.Scope;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/// Who looks at a page: for its head, its forms and its watermark.
///
/// @param guard  goes back with every form
/// @param time  in Beijing time, to the minute
/// @param staff  may see who works here
/// @param reads  may see the records
public record Viewer(
    String name, List<String> roles, String guard, String time, boolean staff, boolean reads) {

  private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

  /// @param session  of whoever is logged in
  public static Viewer of(Session session, Clock clock) {
    Caller caller = new Caller.OfStaff(session);
    return new Viewer(
        session.account().name(),
        session.account().roles().stream().sorted().map(Enum::name).toList(),
        session.guard(),
        clock.instant().atZone(Books.SHANGHAI).format(MINUTE),
        caller.allows(Scope.STAFF, Scope.GRANTS),
        caller.allows(Scope.READ));
  }

  /// Puts `viewer` into every page's model; null where nobody is logged in.
  @ControllerAdvice(basePackageClasses = Viewer.class)
  static class OfEveryPage {

    private final Clock clock;

    OfEveryPage(Clock clock) {
      this.clock = clock;
    }

    @ModelAttribute("viewer")
    @Nullable Viewer viewer(HttpServletRequest request) {
      return Caller.staff(request).map(session -> of(session, clock)).orElse(null);
    }
  }
}
