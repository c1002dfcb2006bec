package cn.mingmian.server.api;

import cn.mingmian.platform.Platform;
import cn.mingmian.platform.places.CaptureAreaDrawn;
import cn.mingmian.platform.places.DeviceDraft;
import cn.mingmian.platform.places.DeviceId;
import cn.mingmian.platform.places.FaceDevice;
import cn.mingmian.platform.places.Places;
import cn.mingmian.server.access.Caller;
import cn.mingmian.server.access.Needs;
import cn.mingmian.server.access.Scope;
import cn.mingmian.server.http.Cursors;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Cameras and face devices on the register.
@RestController
@Tag(name = "Places 场所")
class DevicesController {

  private final Places places;
  private final Cursors cursors;

  DevicesController(Platform platform, Cursors cursors) {
    this.places = platform.places();
    this.cursors = cursors;
  }

  /// @param from  the version that this change was made from
  record DeviceChange(int from, DeviceDraft device) {}

  record Claim(String statement) {}

  @Operation(summary = "List devices")
  @GetMapping("/v1/devices")
  @Needs(Scope.READ)
  Cursors.Page<FaceDevice> listDevices(
      @RequestParam Optional<Integer> limit, @RequestParam Optional<String> cursor) {
    return cursors.page("devices", places.devices(), device -> device.id().value(), limit, cursor);
  }

  @Operation(
      summary = "Register a device",
      description = "`private_space` where none may stand, whatever anybody consents to.")
  @PostMapping("/v1/devices")
  @Needs(Scope.SET_UP)
  ResponseEntity<FaceDevice> addDevice(@RequestBody DeviceDraft request, Caller caller) {
    DeviceId id = places.addDevice(request, Records.hand(caller));
    return Records.created("/v1/devices/" + id, get(id));
  }

  @Operation(summary = "Read a device")
  @GetMapping("/v1/devices/{id}")
  @Needs(Scope.READ)
  FaceDevice showDevice(@PathVariable DeviceId id) {
    return get(id);
  }

  @Operation(summary = "Change what is recorded of a device")
  @PutMapping("/v1/devices/{id}")
  @Needs(Scope.SET_UP)
  FaceDevice changeDevice(
      @PathVariable DeviceId id, @RequestBody DeviceChange request, Caller caller) {
    return places.changeDevice(id, request.from(), request.device(), Records.hand(caller));
  }

  @Operation(
      summary = "Draw the capture area of a device",
      description =
          "A polygon over its picture; faces outside are dropped before any template exists. A"
              + " statement: it counts once another hand has approved it.")
  @PostMapping("/v1/devices/{id}/capture-area")
  @Needs(Scope.SET_UP)
  Claim drawCaptureArea(
      @PathVariable DeviceId id, @RequestBody CaptureAreaDrawn request, Caller caller) {
    return new Claim(places.drawCaptureArea(id, request, Records.hand(caller)));
  }

  private FaceDevice get(DeviceId id) {
    return Records.found(places.device(id), "device", id);
  }
}
