package cn.mingmian.server.api;

import cn.mingmian.law.facts.Pack;
import cn.mingmian.law.rules.Text;
import cn.mingmian.platform.Platform;
import cn.mingmian.platform.permit.RulePacks;
import cn.mingmian.platform.permit.RulePacks.Choice;
import cn.mingmian.server.access.Caller;
import cn.mingmian.server.access.Needs;
import cn.mingmian.server.access.Open;
import cn.mingmian.server.access.Scope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// What applies besides the law in force, which always does and is not listed here.
@RestController
@Tag(name = "Law 法律")
class RulePacksController {

  private final RulePacks packs;

  RulePacksController(Platform platform) {
    this.packs = platform.packs();
  }

  /// @param law  whether it is law: none of them is
  record PackView(Pack pack, boolean on, boolean law, Text what) {}

  record PacksView(List<PackView> items) {}

  /// @param statement  what switches off is approved by this id
  /// @param inForce  whether it counts already
  record Chosen(String statement, boolean inForce) {}

  @Operation(
      summary = "What applies besides the law in force",
      description =
          "Recommended standards, the consultation draft of 2023 and proposals: each only adds"
              + " refusals and duties, and none is law.")
  @GetMapping("/v1/rule-packs")
  @Open
  PacksView listRulePacks() {
    Set<Pack> on = packs.inForce();
    return new PacksView(
        Stream.of(Pack.values())
            .map(pack -> new PackView(pack, on.contains(pack), false, what(pack)))
            .toList());
  }

  @Operation(
      summary = "Switch a rule pack on or off",
      description =
          "On counts at once. Off counts when another hand has approved the statement at"
              + " `/v1/statements/{id}/approve`. Both stand in the log with their author.")
  @PostMapping("/v1/rule-packs")
  @Needs(Scope.SET_UP)
  ResponseEntity<Chosen> chooseRulePack(@RequestBody Choice request, Caller caller) {
    String statement = packs.choose(request, Records.hand(caller));
    return Records.created("/v1/rule-packs", new Chosen(statement, request.on()));
  }

  private static Text what(Pack pack) {
    return switch (pack) {
      case STANDARDS ->
          new Text(
              "推荐性国家标准（GB/T），不是法律。监管机关和法院常以其衡量是否采取了必要措施，所以默认适用。",
              "Recommended national standards (GB/T), not law. Authorities and courts measure due care by them, so they apply unless switched off.");
      case DRAFT_2023 ->
          new Text(
              "2023年征求意见稿，从未生效，不是法律，已由2025年办法取代。愿意遵守更严格要求的可以开启，只会增加拒绝和义务。",
              "The consultation draft of 2023: never in force, not law, superseded by the Measures of 2025. For who wants a stricter yardstick; it only adds refusals and duties.");
      case PROPOSALS ->
          new Text(
              "学者、评论者的建议，例如事前听证、不预选人脸；不是法律，没有法律后果。",
              "Proposals of scholars and commentators, such as a hearing beforehand and no preselected face; not law, and without legal consequence.");
    };
  }
}
