package cn.mingmian.server.pages;

import cn.mingmian.ledger.Resource;
import cn.mingmian.platform.Platform;
import cn.mingmian.server.access.Open;
import cn.mingmian.server.http.ProblemCode;
import cn.mingmian.server.http.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// The files of the transparency log under their own paths (C2SP tlog-tiles), for any client of
/// such logs.
@RestController
class LogFiles {

  private final Platform platform;

  LogFiles(Platform platform) {
    this.platform = platform;
  }

  @GetMapping("/log/checkpoint")
  @Open
  ResponseEntity<byte[]> checkpoint() {
    return file("checkpoint");
  }

  @GetMapping("/log/tile/**")
  @Open
  ResponseEntity<byte[]> tile(HttpServletRequest request) {
    return file(request.getRequestURI().substring("/log/".length()));
  }

  private ResponseEntity<byte[]> file(String path) {
    Resource resource =
        platform
            .trail()
            .resource(path)
            .orElseThrow(
                () -> new ProblemException(ProblemCode.NOT_FOUND, "the log has no such file"));
    return ResponseEntity.ok()
        .contentType(MediaType.parseMediaType(resource.mediaType()))
        .cacheControl(
            resource.immutable()
                ? CacheControl.maxAge(Duration.ofDays(365)).immutable().cachePublic()
                : CacheControl.noCache())
        .body(resource.bytes());
  }
}
