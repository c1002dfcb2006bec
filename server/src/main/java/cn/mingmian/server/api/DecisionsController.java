package cn.mingmian.server.api;

import cn.mingmian.law.DecisionWriter;
import cn.mingmian.law.Rulebook;
import cn.mingmian.law.facts.Facts;
import cn.mingmian.law.facts.FactsReader;
import cn.mingmian.law.facts.MalformedFactsException;
import cn.mingmian.server.access.Open;
import cn.mingmian.server.http.ProblemException;
import cn.mingmian.server.whatif.CureView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// What-if. Open, because a decision about a situation that nobody is in gives nobody power: only
/// the platform mints permits, from facts that it gathered itself.
@RestController
@Tag(name = "Law 法律")
class DecisionsController {

  private final Rulebook rulebook = Rulebook.standard();

  record CuresAnswer(List<CureView> items) {}

  @Operation(
      summary = "What would the law say?",
      description =
          "Takes one situation as facts and answers with every finding, hardest law first, and"
              + " every duty. What is missing is not established, and nothing is presumed in favour"
              + " of processing.",
      requestBody =
          @io.swagger.v3.oas.annotations.parameters.RequestBody(
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON_VALUE,
                      schema = @Schema(type = "object", description = "facts"))),
      responses =
          @ApiResponse(
              responseCode = "200",
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON_VALUE,
                      schema = @Schema(type = "object", description = "the decision"))))
  @PostMapping(path = "/v1/decisions", consumes = MediaType.APPLICATION_JSON_VALUE)
  @Open
  ResponseEntity<String> decide(@RequestBody byte[] body) {
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_JSON)
        .body(DecisionWriter.write(rulebook.decide(read(body))));
  }

  @Operation(
      summary = "Which single facts would change a refusal?",
      description =
          "Tries every field with every value that could matter and asks the rulebook each time:"
              + " first the facts that alone would permit, then those that would lift most rules.",
      requestBody =
          @io.swagger.v3.oas.annotations.parameters.RequestBody(
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON_VALUE,
                      schema = @Schema(type = "object", description = "facts"))))
  @PostMapping(path = "/v1/decisions/cures", consumes = MediaType.APPLICATION_JSON_VALUE)
  @Open
  CuresAnswer listCures(@RequestBody byte[] body) {
    return new CuresAnswer(CureView.of(rulebook, read(body)));
  }

  private static Facts read(byte[] body) {
    try {
      return FactsReader.read(body);
    } catch (MalformedFactsException malformed) {
      throw ProblemException.field(
          malformed.pointer(),
          "expected %s, found %s".formatted(malformed.expected(), malformed.found()));
    }
  }
}
