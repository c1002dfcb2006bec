package cn.mingmian.server.api;

import cn.mingmian.platform.Platform;
import cn.mingmian.platform.places.DeviceId;
import cn.mingmian.platform.places.Places;
import cn.mingmian.platform.records.RejectedRecordException;
import cn.mingmian.server.access.Caller;
import cn.mingmian.server.access.DeviceKey;
import cn.mingmian.server.access.DeviceKeys;
import cn.mingmian.server.access.Needs;
import cn.mingmian.server.access.Scope;
import cn.mingmian.server.http.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// The credentials of devices: made on the device, entered here by their public half.
@RestController
@Tag(name = "Keys 密钥")
class DeviceKeysController {

  private final DeviceKeys keys;
  private final Places places;

  DeviceKeysController(DeviceKeys keys, Platform platform) {
    this.keys = keys;
    this.places = platform.places();
  }

  /// @param publicKey  raw Ed25519, 32 bytes in base64
  /// @param days  until it expires, 1 to 366
  record NewDeviceKey(byte[] publicKey, Integer days) {}

  record DeviceKeyList(List<DeviceKey> items) {}

  @Operation(
      summary = "Enter a device's public key",
      description =
          "The device signs each request with the private half, which never leaves it (RFC 9421,"
              + " Ed25519); `docs/security/access.md` shows the shape. It may open sessions, verify,"
              + " identify and report at its own checkpoints, and nothing else.")
  @PostMapping("/v1/devices/{id}/keys")
  @Needs(Scope.KEYS)
  ResponseEntity<DeviceKey> enterDeviceKey(
      @PathVariable DeviceId id, @RequestBody NewDeviceKey request, Caller caller) {
    Records.found(places.device(id), "device", id);
    if (Fields.present("/publicKey", request.publicKey()).length != 32) {
      throw ProblemException.field(
          "/publicKey",
          "expected 32 bytes in base64, found %d".formatted(request.publicKey().length));
    }
    int days = Fields.within("/days", Fields.present("/days", request.days()), 1, 366);
    DeviceKey key =
        keys.enter(id, request.publicKey(), Duration.ofDays(days), caller.holder())
            .orElseThrow(
                () ->
                    new RejectedRecordException(
                        "device-key-known", "this key is entered already: make another"));
    return Records.created("/v1/devices/" + id + "/keys/" + key.id(), key);
  }

  @Operation(summary = "List a device's keys", description = "Newest first, ended ones included.")
  @GetMapping("/v1/devices/{id}/keys")
  @Needs({Scope.READ, Scope.KEYS})
  DeviceKeyList listDeviceKeys(@PathVariable DeviceId id) {
    Records.found(places.device(id), "device", id);
    return new DeviceKeyList(keys.of(id));
  }

  @Operation(summary = "Revoke a device's key", description = "It stops working at once, for good.")
  @DeleteMapping("/v1/devices/{id}/keys/{key}")
  @Needs(Scope.KEYS)
  DeviceKey revokeDeviceKey(@PathVariable DeviceId id, @PathVariable UUID key) {
    return Records.found(keys.revoke(id, key), "device-key", key);
  }
}
