package cn.mingmian.server.api;

import cn.mingmian.platform.Platform;
import cn.mingmian.platform.models.ModelOrigin;
import cn.mingmian.platform.models.ModelOrigin.AcceptedOrigin;
import cn.mingmian.platform.models.ModelOrigin.Undecided;
import cn.mingmian.platform.records.Bilingual;
import cn.mingmian.server.access.Caller;
import cn.mingmian.server.access.Needs;
import cn.mingmian.server.access.Scope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// The face models in use, and the decision to use them although part of their origin is unproven.
@RestController
@Tag(name = "Models 模型")
class ModelsController {

  private final ModelOrigin origin;

  ModelsController(Platform platform) {
    this.origin = platform.modelOrigin();
  }

  /// @param undecided  what nobody has accepted yet; absent means faces may be looked at
  /// @param accepted  the decision in force, if one was needed
  record OriginView(Optional<Undecided> undecided, Optional<AcceptedOrigin> accepted) {}

  /// @param reasons  why it is accepted that part of the origin is unproven
  record NewOriginDecision(Bilingual reasons) {}

  /// What was written and waits for another hand.
  record Claim(String statement) {}

  @Operation(
      summary = "Whether the models may be used",
      description = "Until what is unproven about their origin is accepted, no face is looked at.")
  @GetMapping("/v1/models/origin")
  @Needs(Scope.READ)
  OriginView showModelOrigin() {
    return new OriginView(origin.undecided(), origin.accepted().map(decided -> decided.body()));
  }

  @Operation(
      summary = "Accept models whose origin is not wholly proven",
      description =
          "A statement: it counts once another hand has approved it, and lapses when the models"
              + " change.")
  @PostMapping("/v1/models/origin")
  @Needs(Scope.SET_UP)
  Claim acceptModelOrigin(@RequestBody NewOriginDecision request, Caller caller) {
    return new Claim(origin.propose(request.reasons(), Records.hand(caller)));
  }
}
