package cn.mingmian.server.api;

import cn.mingmian.law.lint.Flaw;
import cn.mingmian.law.lint.PromptLinter;
import cn.mingmian.law.lint.TermsLinter;
import cn.mingmian.law.lint.TextTooLongException;
import cn.mingmian.server.access.Open;
import cn.mingmian.server.command.FlawView;
import cn.mingmian.server.http.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.function.Function;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// Reads consent texts and screens before people do. Open: a text without a person in it.
@RestController
@Tag(name = "Law 法律")
class LintController {

  private final TermsLinter terms = new TermsLinter();
  private final PromptLinter prompts = new PromptLinter();

  /// @param text  in Chinese
  record LintRequest(String text) {}

  record Flaws(List<FlawView> items) {}

  @Operation(
      summary = "Check a consent text or standard terms",
      description =
          "Each flaw with the rules it breaks, its place and a better wording. Nothing found is no"
              + " approval.")
  @PostMapping("/v1/lint/terms")
  @Open
  Flaws lintTerms(@RequestBody LintRequest request) {
    return flaws(request, terms::lint);
  }

  @Operation(
      summary = "Check a screen that asks for a face",
      description =
          "Choices stand one to a line: `( ) 刷脸` an option, `(x) 刷卡` one that is chosen, `[x]` a"
              + " ticked box, `[[开启]]` a prominent button, `<暂不>` a faint one.")
  @PostMapping("/v1/lint/prompts")
  @Open
  Flaws lintPrompt(@RequestBody LintRequest request) {
    return flaws(request, prompts::lint);
  }

  private static Flaws flaws(LintRequest request, Function<String, List<Flaw>> linter) {
    try {
      return new Flaws(
          linter.apply(Fields.present("/text", request.text())).stream()
              .map(FlawView::of)
              .toList());
    } catch (TextTooLongException tooLong) {
      throw ProblemException.field("/text", String.valueOf(tooLong.getMessage()));
    }
  }
}
