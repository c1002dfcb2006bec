package cn.mingmian.server.api;

import cn.mingmian.platform.Platform;
import cn.mingmian.platform.audit.AuditTrail;
import cn.mingmian.platform.audit.EntryId;
import cn.mingmian.server.access.Open;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.StandardCharsets;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/// The transparency log as outsiders read it, and the proof of each entry. Open: its entries hold
/// commitments and no personal data.
@RestController
@Tag(name = "Log 日志")
class LogController {

  private final AuditTrail trail;
  private final Platform platform;

  LogController(Platform platform) {
    this.platform = platform;
    this.trail = platform.trail();
  }

  /// @param key  the log's verifier key, as `verify-log` takes it
  record LogView(long size, String state, String key, String checkpoint) {}

  @Operation(
      summary = "The log's size, state, key and latest checkpoint",
      description = "Its tiles are at `/log/checkpoint` and `/log/tile/...` (C2SP tlog-tiles).")
  @GetMapping("/v1/log")
  @Open
  LogView showLog() {
    return new LogView(
        trail.status().published(),
        trail.status().state().name(),
        platform.logKey().text(),
        trail
            .resource("checkpoint")
            .map(file -> new String(file.bytes(), StandardCharsets.UTF_8))
            .orElse(""));
  }

  @Operation(
      summary = "The proof that an entry is in the log",
      description =
          "A `.tlog-proof` file (C2SP): `mingmian verify-log --receipt` checks it offline. 404 until"
              + " the entry is published, usually within 200 ms.")
  @GetMapping(path = "/v1/receipts/{entry}", produces = MediaType.TEXT_PLAIN_VALUE)
  @Open
  ResponseEntity<String> showReceipt(@PathVariable EntryId entry) {
    return ResponseEntity.ok()
        .contentType(MediaType.TEXT_PLAIN)
        .body(Records.found(trail.receipt(entry), "receipt", entry).text());
  }

  @Operation(
      summary = "An entry of the log",
      description = "The very bytes that the receipt proves.")
  @GetMapping(path = "/v1/receipts/{entry}/entry", produces = MediaType.APPLICATION_JSON_VALUE)
  @Open
  ResponseEntity<byte[]> showEntry(@PathVariable EntryId entry) {
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_JSON)
        .body(Records.found(trail.find(entry), "entry", entry).entry());
  }
}
