package cn.mingmian.server;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.apache.catalina.connector.Connector;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.filter.OncePerRequestFilter;

/// The second listener, which an operator may put on the internet: notices, receipts, portal and
/// the log. Nothing on it takes a picture, compares or enrols; the terminals, the console and the
/// API stay on the site's own network.
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("mingmian.public-port")
class PublicListener {

  /// All that is served here; whatever is added elsewhere stays inside.
  private static final List<String> SERVED =
      List.of(
          "/notices",
          "/r",
          "/me",
          "/complaints",
          "/log",
          "/v1/receipts",
          "/v1/passes/key",
          "/v1/passes/revocations");

  private static final List<String> PARTS = List.of("/style.css", "/ease.js", "/icon.svg");

  private final Connector connector;

  PublicListener(
      @Value("${mingmian.public-port}") int port,
      @Value("${server.address}") String address,
      @Value("${server.ssl.certificate}") URI chain,
      @Value("${server.ssl.certificate-private-key}") URI key) {
    connector = new Connector("org.apache.coyote.http11.Http11NioProtocol");
    connector.setPort(port);
    connector.setScheme("https");
    connector.setSecure(true);
    connector.setXpoweredBy(false);
    connector.setAllowTrace(false);
    connector.setProperty("SSLEnabled", "true");
    connector.setProperty("address", address);
    SSLHostConfig tls = new SSLHostConfig();
    tls.setProtocols("TLSv1.2+TLSv1.3");
    SSLHostConfigCertificate certificate =
        new SSLHostConfigCertificate(tls, SSLHostConfigCertificate.Type.UNDEFINED);
    certificate.setCertificateFile(Path.of(chain).toString());
    certificate.setCertificateKeyFile(Path.of(key).toString());
    tls.addCertificate(certificate);
    connector.addSslHostConfig(tls);
  }

  int port() {
    return connector.getLocalPort();
  }

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> secondListener() {
    return factory -> factory.addAdditionalConnectors(connector);
  }

  /// First of all filters: before anybody is known and anything is read.
  @Bean
  FilterRegistrationBean<OncePerRequestFilter> onlyThePublicSide() {
    var registration =
        new FilterRegistrationBean<OncePerRequestFilter>(
            new OncePerRequestFilter() {
              @Override
              protected void doFilterInternal(
                  HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                  throws ServletException, IOException {
                if (request.getLocalPort() == port() && !served(request.getRequestURI())) {
                  response.setStatus(HttpServletResponse.SC_NOT_FOUND);
                  return;
                }
                chain.doFilter(request, response);
              }
            });
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
    return registration;
  }

  /// The raw address decides: one that is spelt in another way is not served.
  static boolean served(String address) {
    if (address.contains("..") || address.contains(";") || address.contains("%")) return false;
    return PARTS.contains(address)
        || SERVED.stream().anyMatch(p -> address.equals(p) || address.startsWith(p + "/"));
  }
}
