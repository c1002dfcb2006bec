package cn.mingmian.server.api;

import cn.mingmian.platform.Platform;
import cn.mingmian.platform.audit.AuditTrail;
import cn.mingmian.platform.audit.EntryId;
import cn.mingmian.server.access.Open;
import cn.mingmian.server.http.Cursors;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// The transparency log as outsiders read it, and the proof of each entry. Open: its entries hold
/// commitments and no personal data.
@RestController
@Tag(name = "Log 日志")
class LogController {

  private final AuditTrail trail;
  private final Platform platform;
  private final Cursors cursors;

  LogController(Platform platform, Cursors cursors) {
    this.platform = platform;
    this.cursors = cursors;
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

  record EntryView(EntryId id, long number, Instant at, String kind) {}

  @Operation(
      summary = "List the log's entries",
      description = "Newest first: number, time and kind. `/v1/receipts/{id}/entry` has the bytes.")
  @GetMapping("/v1/log/entries")
  @Open
  Cursors.Page<EntryView> listEntries(
      @RequestParam Optional<Integer> limit, @RequestParam Optional<String> cursor) {
    return cursors.keyset(
        "entries",
        limit,
        cursor,
        (after, most) ->
            trail.page(after.map(Long::parseLong).orElse(Long.MAX_VALUE), most).stream()
                .map(e -> new EntryView(e.id(), e.number().orElseThrow(), e.at(), e.kind()))
                .toList(),
        entry -> Long.toString(entry.number()));
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
