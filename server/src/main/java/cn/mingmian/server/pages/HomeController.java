package cn.mingmian.server.pages;

import cn.mingmian.law.facts.Control;
import cn.mingmian.law.rules.Text;
import cn.mingmian.platform.Platform;
import cn.mingmian.server.access.Open;
import cn.mingmian.server.command.VersionCommand;
import cn.mingmian.server.whatif.FactLabels;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
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
  record Family(String name, boolean working) {}

  @GetMapping("/")
  @Open
  String home(
      Model model, HttpServletRequest request, HttpServletResponse response, Locale locale) {
    Languages.remember(request, response);
    Set<Control> working = platform.controls().working();
    FactLabels labels = FactLabels.standard();
    List<Family> families = new ArrayList<>();
    for (Control family : Control.values()) {
      Text name =
          labels
              .ofValue("/processor/controls", family.name())
              .orElse(new Text(family.name(), family.name()));
      families.add(
          new Family(
              locale.getLanguage().equals("en") ? name.en() : name.zh(), working.contains(family)));
    }
    boolean logWorking = platform.trail().status().working();
    model.addAttribute("controls", families);
    model.addAttribute("faces", logWorking && working.size() == Control.values().length);
    model.addAttribute("stored", platform.people().storedPersons());
    model.addAttribute("galleries", platform.people().galleries().size());
    model.addAttribute("entries", platform.trail().status().published());
    model.addAttribute("logWorking", logWorking);
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
