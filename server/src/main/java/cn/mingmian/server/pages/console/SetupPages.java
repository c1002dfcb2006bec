package cn.mingmian.server.pages.console;

import cn.mingmian.law.facts.Alternative;
import cn.mingmian.law.facts.ProcessorKind;
import cn.mingmian.law.facts.Province;
import cn.mingmian.law.facts.Section;
import cn.mingmian.platform.Platform;
import cn.mingmian.platform.places.WayNames;
import cn.mingmian.platform.purposes.Terms;
import cn.mingmian.platform.records.Actor;
import cn.mingmian.platform.records.RecordException;
import cn.mingmian.platform.records.UnknownRecordException;
import cn.mingmian.platform.setup.SetupDraft;
import cn.mingmian.platform.setup.SetupDrafts;
import cn.mingmian.platform.setup.StarterPlace;
import cn.mingmian.server.access.Caller;
import cn.mingmian.server.access.Needs;
import cn.mingmian.server.access.Scope;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// From nothing to a gate: choose a kind of place, answer what only the operator knows, let another
/// person approve it. Each act is one of the API's.
@Controller
class SetupPages {
  private final Platform platform;
  private final SetupDrafts drafts;

  SetupPages(Platform platform) {
    this.platform = platform;
    this.drafts = platform.setupDrafts();
  }

  /// One choice, in the reader's language.
  record Choice(String id, String name) {}

  /// One draft that waits.
  record Waiting(String id, String title, String gate, String author) {}

  @GetMapping("/console/setup")
  @Needs(Scope.READ)
  String choose(Model model, Caller caller, Locale locale) {
    model.addAttribute(
        "kinds",
        Arrays.stream(StarterPlace.values())
            .map(kind -> new Choice(kind.name(), Articles.in(locale, kind.title())))
            .toList());
    model.addAttribute(
        "drafts",
        drafts.waiting().stream()
            .map(
                draft ->
                    new Waiting(
                        draft.id(),
                        Articles.in(locale, draft.kind().title()),
                        draft.answers().site() + " · " + draft.answers().gate(),
                        name(draft.author())))
            .toList());
    model.addAttribute("mayWrite", caller.allows(Scope.SET_UP));
    return "setup";
  }

  @GetMapping("/console/setup/{kind}")
  @Needs(Scope.SET_UP)
  String form(
      @PathVariable StarterPlace kind,
      @RequestParam Optional<String> from,
      Model model,
      Locale locale) {
    Map<String, String> fields =
        from.map(id -> SetupForm.of(known(id).answers())).orElseGet(() -> SetupForm.begin(kind));
    from.ifPresent(id -> fields.put("replaces", id));
    return form(kind, fields, model, locale);
  }

  @PostMapping("/console/setup/{kind}")
  @Needs(Scope.SET_UP)
  String write(
      @PathVariable StarterPlace kind,
      @RequestParam Map<String, String> fields,
      Caller caller,
      HttpServletResponse response,
      Model model,
      Locale locale) {
    try {
      SetupDraft draft =
          drafts.write(
              kind,
              new SetupForm(fields).answers(),
              Optional.ofNullable(fields.get("replaces")).filter(id -> !id.isEmpty()),
              hand(caller));
      return "redirect:/console/setup/drafts/" + draft.id();
    } catch (RecordException refused) {
      response.setStatus(HttpServletResponse.SC_CONFLICT);
      model.addAttribute("fault", refused.getMessage());
      return form(kind, fields, model, locale);
    }
  }

  @GetMapping("/console/setup/drafts/{id}")
  @Needs(Scope.READ)
  String draft(@PathVariable String id, Model model, Caller caller, Locale locale) {
    SetupDraft draft = known(id);
    Terms terms =
        draft
            .kind()
            .terms(
                draft.answers().retentionDays(),
                draft.answers().retentionReason(),
                draft.answers().ethics());
    model.addAttribute("draft", draft);
    model.addAttribute("title", Articles.in(locale, draft.kind().title()));
    model.addAttribute("author", name(draft.author()));
    model.addAttribute("certificate", draft.answers().camera().certificate().orElse("—"));
    model.addAttribute(
        "tested", draft.answers().camera().lastTested().map(Object::toString).orElse("—"));
    draft.prepared().ifPresent(done -> model.addAttribute("checkpoint", done.checkpoint().value()));
    model.addAttribute("terms", terms);
    model.addAttribute("statement", Articles.in(locale, terms.statement()));
    model.addAttribute("necessity", Articles.in(locale, terms.necessity()));
    model.addAttribute("impact", Articles.in(locale, terms.impact()));
    model.addAttribute("lesser", new TreeMap<>(terms.whyLesserFail()));
    model.addAttribute("sections", new TreeMap<>(draft.answers().assessed()));
    model.addAttribute(
        "ways",
        draft.answers().otherWays().keySet().stream()
            .sorted()
            .map(way -> Articles.in(locale, WayNames.of(way)))
            .toList());
    if (draft.prepared().isEmpty()) {
      SetupDrafts.Rehearsal rehearsal = drafts.rehearse(id);
      model.addAttribute(
          "notice",
          new TreeMap<>(rehearsal.notice().items())
              .values().stream().map(text -> Articles.in(locale, text)).toList());
      model.addAttribute(
          "needs",
          rehearsal.switchingOn().violations().stream()
              .map(finding -> Articles.remedy(finding, locale))
              .distinct()
              .toList());
    }
    model.addAttribute("own", draft.author().id().equals(caller.holder()));
    model.addAttribute("mayWrite", caller.allows(Scope.SET_UP));
    model.addAttribute("mayApprove", caller.allows(Scope.APPROVE));
    return "setup-draft";
  }

  @PostMapping("/console/setup/drafts/{id}/approve")
  @Needs(Scope.APPROVE)
  String approve(
      @PathVariable String id,
      Caller caller,
      HttpServletResponse response,
      Model model,
      Locale locale) {
    try {
      return "redirect:/console/gates/"
          + drafts.approve(id, hand(caller)).prepared().orElseThrow().checkpoint();
    } catch (RecordException refused) {
      response.setStatus(HttpServletResponse.SC_CONFLICT);
      model.addAttribute("fault", refused.getMessage());
      return draft(id, model, caller, locale);
    }
  }

  private String form(StarterPlace kind, Map<String, String> fields, Model model, Locale locale) {
    model.addAttribute("kind", kind.name());
    model.addAttribute("title", Articles.in(locale, kind.title()));
    model.addAttribute("v", fields);
    model.addAttribute("processors", ProcessorKind.values());
    model.addAttribute("provinces", Province.values());
    model.addAttribute("sections", Section.values());
    model.addAttribute(
        "ways",
        Arrays.stream(Alternative.values())
            .map(way -> new Choice(way.name(), Articles.in(locale, WayNames.of(way))))
            .toList());
    model.addAttribute("unproven", unproven(locale));
    return "setup-form";
  }

  /// What has to be known and accepted of the face models before a face is looked at.
  private List<String> unproven(Locale locale) {
    return platform
        .modelOrigin()
        .undecided()
        .map(undecided -> undecided.unproven().stream().map(p -> Articles.in(locale, p)).toList())
        .orElse(List.of());
  }

  private SetupDraft known(String id) {
    return drafts.find(id).orElseThrow(() -> new UnknownRecordException("setup", id));
  }

  /// Staff by their login names, keys by their holder.
  private String name(Actor actor) {
    return platform.staff().all().stream()
        .filter(account -> account.id().value().equals(actor.id()))
        .findFirst()
        .map(account -> account.name())
        .orElse(actor.id());
  }

  private static Actor hand(Caller caller) {
    return new Actor(caller.holder());
  }
}
