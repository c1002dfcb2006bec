package cn.mingmian.server.pages;

import cn.mingmian.law.rules.Text;
import cn.mingmian.platform.Platform;
import cn.mingmian.platform.audit.Books;
import cn.mingmian.platform.controls.ControlState;
import cn.mingmian.server.access.Open;
import cn.mingmian.server.command.VersionCommand;
import cn.mingmian.server.whatif.FactLabels;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/// The home page, and the interactive page of the API.
@Controller
class HomeController {

  private final Platform platform;

  HomeController(Platform platform) {
    this.platform = platform;
  }

  /// One family of protection, in the reader's language.
  ///
  /// @param checked  when each of its checks ran last, and whether it passed
  record Family(String name, boolean working, List<Checked> checked) {}

  /// What was found stays with whoever has a key: this page is open.
  record Checked(String name, boolean passed, String at) {
    private static final DateTimeFormatter MINUTES =
        DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(Books.SHANGHAI);

    static Checked of(ControlState.Check check) {
      return new Checked(check.name(), check.passed(), MINUTES.format(check.at()));
    }
  }

  @GetMapping("/")
  @Open
  String home(Model model, Locale locale) {
    List<ControlState> states = platform.controls().states();
    FactLabels labels = FactLabels.standard();
    List<Family> families = new ArrayList<>();
    for (ControlState state : states) {
      Text name =
          labels
              .ofValue("/processor/controls", state.family().name())
              .orElse(new Text(state.family().name(), state.family().name()));
      families.add(
          new Family(
              locale.getLanguage().equals("en") ? name.en() : name.zh(),
              state.working(),
              state.checks().stream().map(Checked::of).toList()));
    }
    boolean logWorking = platform.trail().status().working();
    model.addAttribute("controls", families);
    model.addAttribute("faces", logWorking && states.stream().allMatch(ControlState::working));
    model.addAttribute("stored", platform.people().storedPersons());
    model.addAttribute("galleries", platform.people().galleries().size());
    model.addAttribute("entries", platform.trail().status().published());
    model.addAttribute("logWorking", logWorking);
    model.addAttribute("alerts", platform.defence().open().size());
    model.addAttribute("logKey", platform.logKey().text());
    model.addAttribute("version", VersionCommand.version());
    return "home";
  }

  @GetMapping("/v1/docs")
  @Open
  String docs() {
    return "docs";
  }
}
