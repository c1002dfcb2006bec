package cn.mingmian.server.pages.people;

import java.nio.charset.StandardCharsets;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/// Files that people keep.
final class Papers {
  private Papers() {}

  static ResponseEntity<byte[]> pdf(String name, byte[] pdf) {
    return file(name + ".pdf", MediaType.APPLICATION_PDF, pdf);
  }

  static ResponseEntity<byte[]> text(String name, MediaType type, String text) {
    return file(name, type, text.getBytes(StandardCharsets.UTF_8));
  }

  private static ResponseEntity<byte[]> file(String name, MediaType type, byte[] content) {
    return ResponseEntity.ok()
        .contentType(type)
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.inline().filename("mingmian-" + name).build().toString())
        .body(content);
  }
}
