package cn.mingmian.server.pages.console;

import cn.mingmian.platform.Platform;
import cn.mingmian.platform.filing.Dossier;
import cn.mingmian.platform.filing.Filing;
import cn.mingmian.platform.filing.FilingState;
import cn.mingmian.server.access.Needs;
import cn.mingmian.server.access.Scope;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/// How the filing stands, and its dossier. The file itself comes from the API.
@Controller
class FilingPages {
  private final Platform platform;

  FilingPages(Platform platform) {
    this.platform = platform;
  }

  /// One document, in the reader's language.
  record Document(String file, String title, boolean complete, List<String> missing) {}

  @GetMapping("/console/filing")
  @Needs(Scope.READ)
  String filing(Model model, Locale locale) {
    FilingState state = platform.filing().state();
    Dossier dossier = platform.dossiers().build();
    model.addAttribute("stored", "%,d".formatted(state.storedPersons()));
    model.addAttribute("threshold", "%,d".formatted(Filing.THRESHOLD));
    model.addAttribute("status", state.status().name());
    model.addAttribute("reached", state.reachedOn().map(LocalDate::toString).orElse(""));
    model.addAttribute("due", state.due().map(due -> due.lastDay().toString()).orElse(""));
    model.addAttribute(
        "forecast", platform.filing().forecast().map(LocalDate::toString).orElse(""));
    model.addAttribute("complete", dossier.complete());
    model.addAttribute(
        "documents",
        dossier.items().stream()
            .map(
                item ->
                    new Document(
                        item.file(),
                        Articles.in(locale, item.title()),
                        item.complete(),
                        item.missing().stream().map(m -> Articles.in(locale, m)).toList()))
            .toList());
    model.addAttribute(
        "outside", dossier.outside().stream().map(o -> Articles.in(locale, o)).toList());
    return "filing";
  }
}
