package cn.mingmian.server.api;

import cn.mingmian.law.DecisionWriter;
import cn.mingmian.law.Rulebook;
import cn.mingmian.law.cases.Changelog;
import cn.mingmian.law.cases.Replay;
import cn.mingmian.law.cases.StoredDecision;
import cn.mingmian.law.facts.Facts;
import cn.mingmian.law.facts.FactsReader;
import cn.mingmian.law.facts.MalformedFactsException;
import cn.mingmian.platform.Platform;
import cn.mingmian.platform.permit.Permits;
import cn.mingmian.server.access.Needs;
import cn.mingmian.server.access.Open;
import cn.mingmian.server.access.Scope;
import cn.mingmian.server.http.ProblemException;
import cn.mingmian.server.whatif.CureView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// What-if. Open, because a decision about a situation that nobody is in gives nobody power: only
/// the platform mints permits, from facts that it gathered itself.
@RestController
@Tag(name = "Law 法律")
class DecisionsController {

  private final Rulebook rulebook = Rulebook.standard();
  private final Permits permits;

  DecisionsController(Platform platform) {
    this.permits = platform.permits();
  }

  record CuresAnswer(List<CureView> items) {}

  /// @param then  the version of the rulebook that decided
  /// @param now  the version that decides today
  /// @param listed  whether the changelog knows the old version
  record ReplayView(
      Replay.Result result,
      String then,
      String now,
      boolean listed,
      List<Replay.Difference> differences) {
    static ReplayView of(Replay replay) {
      return new ReplayView(
          replay.result(),
          replay.then().rulebook(),
          replay.now().rulebook(),
          replay.changes().isPresent(),
          replay.differences());
    }
  }

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

  @Operation(
      summary = "A decision that was taken, with the facts it rests on",
      description =
          "As a file to keep: `mingmian law replay FILE` decides it again without this server. A"
              + " birth date is told as an age class: the day on which somebody would have been"
              + " born who turned 13, 14 or 18 on the day of the deed.")
  @GetMapping(path = "/v1/decisions/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
  @Needs(Scope.READ)
  ResponseEntity<String> showDecision(@PathVariable String id) {
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_JSON)
        .body(Records.found(permits.find(id), "decision", id).stored().withoutBirthday().write());
  }

  @Operation(
      summary = "A decision that was taken, decided again",
      description =
          "From the stored facts under the rulebook of today. Each difference comes with the"
              + " entries of the rulebook's changelog that touch it; `UNEXPLAINED` means that one"
              + " has none.")
  @GetMapping("/v1/decisions/{id}/replay")
  @Needs(Scope.READ)
  ReplayView replayDecision(@PathVariable String id) {
    return ReplayView.of(Records.found(permits.replay(id), "decision", id));
  }

  @Operation(
      summary = "A decision from a file, decided again",
      requestBody =
          @io.swagger.v3.oas.annotations.parameters.RequestBody(
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON_VALUE,
                      schema = @Schema(type = "object", description = "facts and decision"))))
  @PostMapping(path = "/v1/decisions/replay", consumes = MediaType.APPLICATION_JSON_VALUE)
  @Open
  ReplayView replayFile(@RequestBody byte[] body) {
    return ReplayView.of(
        Replay.of(wellFormed(() -> StoredDecision.read(body)), rulebook, Changelog.standard()));
  }

  private static Facts read(byte[] body) {
    return wellFormed(() -> FactsReader.read(body));
  }

  private static <T> T wellFormed(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (MalformedFactsException malformed) {
      throw ProblemException.field(
          malformed.pointer(),
          "expected %s, found %s".formatted(malformed.expected(), malformed.found()));
    }
  }
}
