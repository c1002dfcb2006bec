package cn.mingmian.server.http;

import java.net.URI;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.server.servlet.context.ServletWebServerInitializedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.stereotype.Component;

/// Where people reach these pages: what stands in QR codes on signs and receipts. The operator
/// says it; until then it is this machine, which only a browser on it reaches. Thread-safe.
@Component
public final class PublicAddress implements ApplicationListener<ServletWebServerInitializedEvent> {
  private volatile URI uri;
  private final boolean given;

  PublicAddress(@Value("${mingmian.public-url:}") String configured) {
    given = !configured.isBlank();
    uri = URI.create(given ? configured : "https://localhost");
  }

  @Override
  public void onApplicationEvent(ServletWebServerInitializedEvent started) {
    if (!given) uri = URI.create("https://localhost:" + started.getWebServer().getPort());
  }

  public URI uri() {
    return uri;
  }
}
