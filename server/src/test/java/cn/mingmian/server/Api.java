package cn.mingmian.server;

import cn.mingmian.server.RunningServer.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// A client of one server over real HTTPS, which trusts that server's authority and nothing else.
class Api {
  static final String BOUNDARY = "----mingmian-test";

  final HttpClient client;
  private final String address;

  /// @param address  such as `https://localhost:8443`
  /// @param authority  PEM
  Api(String address, Path authority) {
    this.address = address;
    this.client = trusting(authority);
  }

  static HttpClient trusting(Path authority) {
    try (var in = Files.newInputStream(authority)) {
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry(
          "authority", CertificateFactory.getInstance("X.509").generateCertificate(in));
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(trusted);
      SSLContext tls = SSLContext.getInstance("TLS");
      tls.init(null, trust.getTrustManagers(), null);
      return HttpClient.newBuilder().sslContext(tls).connectTimeout(Duration.ofSeconds(10)).build();
    } catch (IOException | GeneralSecurityException failed) {
      throw new IllegalStateException(failed);
    }
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(address + path)).timeout(Duration.ofSeconds(60));
  }

  /// @throws LostServerException if the connection ended before the answer was whole
  Answer send(HttpRequest.Builder request) {
    try {
      return new Answer(client.send(request.build(), BodyHandlers.ofByteArray()));
    } catch (IOException failed) {
      throw new LostServerException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  /// The server went away in the middle.
  static final class LostServerException extends RuntimeException {
    LostServerException(IOException cause) {
      super(cause);
    }
  }

  Answer get(String path) {
    return send(request(path));
  }

  Answer get(String path, String key) {
    return send(request(path).header("Authorization", "Bearer " + key));
  }

  Answer post(String path, String key, String json) {
    return send(
        request(path)
            .header("Authorization", "Bearer " + key)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json)));
  }

  Answer put(String path, String key, String json) {
    return send(
        request(path)
            .header("Authorization", "Bearer " + key)
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(json)));
  }

  Answer delete(String path, String key) {
    return send(request(path).header("Authorization", "Bearer " + key).DELETE());
  }

  Answer postAs(String path, String key, String contentType, byte[] body) {
    return send(
        request(path)
            .header("Authorization", "Bearer " + key)
            .header("Content-Type", contentType)
            .POST(BodyPublishers.ofByteArray(body)));
  }

  /// Sends fields and one photo as a form does.
  Answer postPhoto(String path, String key, Map<String, String> fields, byte[] photo) {
    return postAs(path, key, "multipart/form-data; boundary=" + BOUNDARY, multipart(fields, photo));
  }

  static byte[] multipart(Map<String, String> fields, byte[] photo) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    fields.forEach(
        (name, value) ->
            ascii(
                body,
                "--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
                    .formatted(BOUNDARY, name, value)));
    ascii(
        body,
        "--%s\r\nContent-Disposition: form-data; name=\"image\"; filename=\"a.jpg\"\r\n\r\n"
            .formatted(BOUNDARY));
    body.writeBytes(photo);
    ascii(body, "\r\n--" + BOUNDARY + "--\r\n");
    return body.toByteArray();
  }

  private static void ascii(ByteArrayOutputStream body, String text) {
    body.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }
}
