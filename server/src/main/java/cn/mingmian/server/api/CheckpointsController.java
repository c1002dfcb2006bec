package cn.mingmian.server.api;

import cn.mingmian.law.facts.Alternative;
import cn.mingmian.platform.Platform;
import cn.mingmian.platform.places.Accessibility;
import cn.mingmian.platform.places.Checkpoint;
import cn.mingmian.platform.places.CheckpointId;
import cn.mingmian.platform.places.DeviceId;
import cn.mingmian.platform.places.OtherWays;
import cn.mingmian.platform.places.Places;
import cn.mingmian.platform.places.WayId;
import cn.mingmian.platform.places.WayIn;
import cn.mingmian.platform.places.WayTerms;
import cn.mingmian.platform.purposes.PurposeId;
import cn.mingmian.server.access.Caller;
import cn.mingmian.server.access.ForPurpose;
import cn.mingmian.server.access.Needs;
import cn.mingmian.server.access.Scope;
import cn.mingmian.server.http.Cursors;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Where people pass, and the ways in beside the face.
@RestController
@Tag(name = "Checkpoints 关口")
class CheckpointsController {

  private final Places places;
  private final Cursors cursors;

  CheckpointsController(Platform platform, Cursors cursors) {
    this.places = platform.places();
    this.cursors = cursors;
  }

  /// @param faceFrom  from when on a day the face is offered, in Beijing time
  /// @param faceUntil  until when; the same as `faceFrom` means all day
  record NewCheckpoint(
      String name, DeviceId device, PurposeId purpose, LocalTime faceFrom, LocalTime faceUntil) {}

  /// @param beatsEvery  how long it counts as working after a sign of life, such as `PT5M`
  record NewWay(Alternative kind, String name, Duration beatsEvery) {}

  record Heartbeat(boolean healthy) {}

  /// @param way  empty means the face
  record Passage(Optional<WayId> way, Instant started, Instant ended, Places.Outcome outcome) {}

  record Claim(String statement) {}

  record Ways(List<WayIn> items) {}

  record Heard(WayId way, boolean healthy) {}

  record Recorded(CheckpointId checkpoint, boolean recorded) {}

  @Operation(summary = "List checkpoints")
  @GetMapping("/v1/checkpoints")
  @Needs({Scope.READ, Scope.WAYS})
  @ForPurpose
  Cursors.Page<Checkpoint> listCheckpoints(
      @RequestParam Optional<Integer> limit, @RequestParam Optional<String> cursor, Caller caller) {
    List<Checkpoint> mine =
        places.checkpoints().stream()
            .filter(point -> caller.mayUseFor(point.purpose().value()))
            .toList();
    return cursors.page("checkpoints", mine, point -> point.id().value(), limit, cursor);
  }

  @Operation(summary = "Add a checkpoint", description = "One face device, one purpose.")
  @PostMapping("/v1/checkpoints")
  @Needs(Scope.SET_UP)
  @ForPurpose
  ResponseEntity<Checkpoint> addCheckpoint(@RequestBody NewCheckpoint request, Caller caller) {
    caller.mayUse(request.purpose().value());
    CheckpointId id =
        places.addCheckpoint(
            request.name(),
            request.device(),
            request.purpose(),
            request.faceFrom(),
            request.faceUntil(),
            Records.hand(caller));
    return Records.created("/v1/checkpoints/" + id, get(id, caller));
  }

  @Operation(summary = "Read a checkpoint")
  @GetMapping("/v1/checkpoints/{id}")
  @Needs({Scope.READ, Scope.WAYS})
  @ForPurpose
  Checkpoint showCheckpoint(@PathVariable CheckpointId id, Caller caller) {
    return get(id, caller);
  }

  @Operation(
      summary = "How the ways in stand now",
      description =
          "Which work, how long people waited in the last seven days, whether each is reasonable, and"
              + " whether one is heard from outside this process. When none is left the face is not"
              + " asked for.")
  @GetMapping("/v1/checkpoints/{id}/other-ways")
  @Needs({Scope.READ, Scope.WAYS})
  @ForPurpose
  OtherWays showOtherWays(@PathVariable CheckpointId id, Caller caller) {
    get(id, caller);
    return places.otherWays(id);
  }

  @Operation(summary = "List the ways in of a checkpoint")
  @GetMapping("/v1/checkpoints/{id}/ways")
  @Needs({Scope.READ, Scope.WAYS})
  @ForPurpose
  Ways listWays(@PathVariable CheckpointId id, Caller caller) {
    get(id, caller);
    return new Ways(places.ways(id));
  }

  @Operation(summary = "Add a way in without a face")
  @PostMapping("/v1/checkpoints/{id}/ways")
  @Needs(Scope.SET_UP)
  @ForPurpose
  ResponseEntity<WayIn> addWay(
      @PathVariable CheckpointId id, @RequestBody NewWay request, Caller caller) {
    get(id, caller);
    WayId way =
        places.addWay(
            id, request.kind(), request.name(), request.beatsEvery(), Records.hand(caller));
    return Records.created("/v1/checkpoints/" + id + "/ways", way(id, way, caller));
  }

  @Operation(summary = "Take a way in away")
  @DeleteMapping("/v1/checkpoints/{id}/ways/{way}")
  @Needs(Scope.SET_UP)
  @ForPurpose
  Ways removeWay(@PathVariable CheckpointId id, @PathVariable WayId way, Caller caller) {
    way(id, way, caller);
    places.removeWay(way, Records.hand(caller));
    return new Ways(places.ways(id));
  }

  @Operation(
      summary = "Say on what terms a way in is offered",
      description =
          "Price, distance, hours, power. A statement: it counts once another hand has approved it.")
  @PostMapping("/v1/checkpoints/{id}/ways/{way}/terms")
  @Needs(Scope.SET_UP)
  @ForPurpose
  Claim claimWayTerms(
      @PathVariable CheckpointId id,
      @PathVariable WayId way,
      @RequestBody WayTerms request,
      Caller caller) {
    way(id, way, caller);
    return new Claim(places.claimWayTerms(way, request, Records.hand(caller)));
  }

  @Operation(
      summary = "Report that a way in works",
      description =
          "Sent by a card controller, a staff desk, a QR reader: it comes from outside this process,"
              + " which the law's other way in needs at least once.")
  @PutMapping("/v1/checkpoints/{id}/ways/{way}/heartbeat")
  @Needs(Scope.WAYS)
  @ForPurpose
  Heard heartbeat(
      @PathVariable CheckpointId id,
      @PathVariable WayId way,
      @RequestBody Heartbeat request,
      Caller caller) {
    caller.mayActAt(get(id, caller));
    way(id, way, caller);
    places.heartbeat(way, request.healthy(), true, caller.holder());
    return new Heard(way, request.healthy());
  }

  @Operation(
      summary = "Report one passage",
      description =
          "A way and two times, never a who: from these it is measured whether the other ways are as"
              + " quick as the face.")
  @PostMapping("/v1/checkpoints/{id}/passages")
  @Needs(Scope.WAYS)
  @ForPurpose
  Recorded recordPassage(
      @PathVariable CheckpointId id, @RequestBody Passage request, Caller caller) {
    caller.mayActAt(get(id, caller));
    places.recordPassage(
        id, request.way(), request.started(), request.ended(), request.outcome(), caller.holder());
    return new Recorded(id, true);
  }

  @Operation(
      summary = "Claim what is offered to elderly and disabled people",
      description = "A statement: it counts once another hand has approved it.")
  @PostMapping("/v1/checkpoints/{id}/accessibility")
  @Needs(Scope.SET_UP)
  @ForPurpose
  Claim claimAccessibility(
      @PathVariable CheckpointId id, @RequestBody Accessibility request, Caller caller) {
    get(id, caller);
    return new Claim(places.claimAccessibility(id, request, Records.hand(caller)));
  }

  @Operation(
      summary = "List the passages of a checkpoint",
      description = "Newest first: ways and times, nobody's name. Kept for two weeks.")
  @GetMapping("/v1/checkpoints/{id}/passages")
  @Needs({Scope.READ, Scope.WAYS})
  @ForPurpose
  Cursors.Page<Places.Passage> listPassages(
      @PathVariable CheckpointId id,
      @RequestParam Optional<Integer> limit,
      @RequestParam Optional<String> cursor,
      Caller caller) {
    get(id, caller);
    return cursors.keyset(
        "passages " + id,
        limit,
        cursor,
        (after, most) ->
            places.passages(id, after.map(Long::parseLong).orElse(Long.MAX_VALUE), most),
        passage -> Long.toString(passage.number()));
  }

  private Checkpoint get(CheckpointId id, Caller caller) {
    Checkpoint checkpoint = Records.found(places.checkpoint(id), "checkpoint", id);
    caller.mayUse(checkpoint.purpose().value());
    return checkpoint;
  }

  private WayIn way(CheckpointId id, WayId way, Caller caller) {
    get(id, caller);
    return Records.found(
        places.ways(id).stream().filter(each -> each.id().equals(way)).findFirst(), "way", way);
  }
}
