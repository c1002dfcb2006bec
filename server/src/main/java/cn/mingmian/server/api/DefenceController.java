package cn.mingmian.server.api;

import cn.mingmian.platform.Platform;
import cn.mingmian.platform.defence.Alert;
import cn.mingmian.platform.defence.Defence;
import cn.mingmian.server.access.Caller;
import cn.mingmian.server.access.Needs;
import cn.mingmian.server.access.Scope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// Attacks that were noticed, and what stands still because of them.
@RestController
@Tag(name = "Controls 安全措施")
class DefenceController {
  private static final int MOST = 200;

  private final Defence defence;

  DefenceController(Platform platform) {
    this.defence = platform.defence();
  }

  /// @param open  what waits for somebody, oldest first
  /// @param earlier  the latest alerts that somebody ended, newest first
  record AlertList(List<AlertView> open, List<AlertView> earlier) {}

  /// @param suspends  whether its target stands still until it is lifted
  record AlertView(
      String id,
      String attack,
      String extent,
      String target,
      Instant at,
      String evidence,
      boolean suspends,
      Optional<Instant> liftedAt,
      Optional<String> liftedBy,
      Optional<String> reason) {

    static AlertView of(Alert alert) {
      return new AlertView(
          alert.id(),
          alert.attack().name(),
          alert.target().extent().name(),
          alert.target().id(),
          alert.at(),
          alert.evidence(),
          alert.suspends(),
          alert.lifted().map(Alert.Lifted::at),
          alert.lifted().map(lifted -> lifted.by().id()),
          alert.lifted().map(Alert.Lifted::reason));
    }
  }

  /// @param reason  what was found and what was done
  record Lift(String reason) {}

  @Operation(
      summary = "Attacks that were noticed",
      description =
          "An open alert is a task of the privacy officer. What it suspends is refused under"
              + " MEASURES-2025/14.1; the other ways in go on.")
  @GetMapping("/v1/alerts")
  @Needs(Scope.READ)
  AlertList listAlerts() {
    return new AlertList(
        defence.open().stream().map(AlertView::of).toList(),
        defence.history(MOST).stream()
            .filter(alert -> alert.lifted().isPresent())
            .map(AlertView::of)
            .toList());
  }

  @Operation(
      summary = "End an alert and what it suspended",
      description = "With what was found and done; it is remembered with the hand that lifted it.")
  @PostMapping("/v1/alerts/{alert}/lift")
  @Needs(Scope.SET_UP)
  AlertView liftAlert(@PathVariable String alert, @RequestBody Lift request, Caller caller) {
    return AlertView.of(defence.lift(alert, request.reason(), Records.hand(caller)));
  }
}
