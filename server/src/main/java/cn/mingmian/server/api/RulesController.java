package cn.mingmian.server.api;

import cn.mingmian.law.Rulebook;
import cn.mingmian.law.rules.Rule;
import cn.mingmian.law.rules.Text;
import cn.mingmian.server.access.Open;
import cn.mingmian.server.http.Cursors;
import cn.mingmian.server.http.ProblemCode;
import cn.mingmian.server.http.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// The rulebook, readable. Open: the law is public.
@RestController
@Tag(name = "Law 法律")
class RulesController {

  private final Rulebook rulebook = Rulebook.standard();
  private final Cursors cursors;

  RulesController(Cursors cursors) {
    this.cursors = cursors;
  }

  /// @param law  whether it is law: a standard, a draft or a proposal is not
  /// @param from  the first day in force; absent for what never was
  record RuleView(
      String id,
      Text citation,
      Text instrument,
      String authority,
      boolean law,
      Optional<LocalDate> from,
      Optional<LocalDate> to,
      List<RequirementView> requirements,
      List<DutyView> duties,
      Text liability) {

    static RuleView of(Rule rule) {
      var instrument = rule.instrument();
      return new RuleView(
          rule.id(),
          rule.citation(),
          instrument.name(),
          instrument.authority().name(),
          instrument.authority().isLaw(),
          Optional.ofNullable(instrument.from()),
          Optional.ofNullable(instrument.to()),
          rule.requirements().stream()
              .map(
                  asked ->
                      new RequirementView(
                          asked.verbs().stream().map(Enum::name).sorted().toList(),
                          Optional.ofNullable(asked.scope()),
                          asked.needs(),
                          asked.why(),
                          asked.remedy()))
              .toList(),
          rule.duties().stream()
              .map(
                  duty ->
                      new DutyView(
                          duty.kind().name(),
                          duty.kind().words(),
                          duty.verbs().stream().map(Enum::name).sorted().toList(),
                          Optional.ofNullable(duty.scope())))
              .toList(),
          rule.liability());
    }
  }

  record RequirementView(
      List<String> verbs, Optional<Text> scope, Text needs, Text why, Text remedy) {}

  record DutyView(String kind, Text what, List<String> verbs, Optional<Text> scope) {}

  @Operation(
      summary = "List the rules",
      description =
          "Every rule that the program decides by, hardest law first; `law` tells the law in force"
              + " from standards, drafts and proposals.")
  @GetMapping("/v1/rules")
  @Open
  Cursors.Page<RuleView> listRules(
      @RequestParam Optional<Integer> limit, @RequestParam Optional<String> cursor) {
    return cursors.page(
        "rules", rulebook.rules().stream().map(RuleView::of).toList(), RuleView::id, limit, cursor);
  }

  @Operation(
      summary = "Read one rule",
      description = "A rule's id is `INSTRUMENT/article`, such as `MEASURES-2025/13.2`.")
  @GetMapping("/v1/rules/{instrument}/{article}")
  @Open
  RuleView showRule(@PathVariable String instrument, @PathVariable String article) {
    return rulebook
        .rule(instrument + "/" + article)
        .map(RuleView::of)
        .orElseThrow(
            () -> new ProblemException(ProblemCode.NOT_FOUND, "there is no rule with this id"));
  }
}
