package cn.mingmian.server.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerMapping;

/// Outermost: gives the request its id, times it, and writes its one log line.
///
/// The line holds the route's template, never the address: an address may hold a person's id.
public final class RequestFilter extends OncePerRequestFilter {

  private static final Logger LOG = LoggerFactory.getLogger("mingmian.request");

  private final SecureRandom random;
  private final MeterRegistry meters;
  private final ProblemWriter problems;

  public RequestFilter(SecureRandom random, MeterRegistry meters, ProblemWriter problems) {
    this.random = random;
    this.meters = meters;
    this.problems = problems;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    long start = System.nanoTime();
    String id = RequestId.start(request, random);
    response.setHeader(RequestId.HEADER, id);
    try {
      chain.doFilter(request, response);
    } catch (ProblemException problem) {
      problems.write(request, response, problem);
    } catch (RuntimeException | ServletException | IOException failure) {
      if (response.isCommitted()) {
        throw failure;
      }
      ProblemException known = known(failure);
      if (known == null) {
        LOG.atError()
            .addKeyValue("request_id", id)
            .addKeyValue("failure", Frames.of(failure))
            .log("a request failed");
        known =
            new ProblemException(
                ProblemCode.INTERNAL_ERROR,
                "the request was not carried out; the log has the reason under this request id");
      }
      problems.write(request, response, known);
    } finally {
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      Object matched = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
      String route = matched == null ? "(none)" : matched.toString();
      String method = knownMethod(request.getMethod());
      LOG.atInfo()
          .addKeyValue("request_id", id)
          .addKeyValue("method", method)
          .addKeyValue("route", route)
          .addKeyValue("status", response.getStatus())
          .addKeyValue("ms", took.toNanos() / 10_000 / 100.0)
          .log("request");
      Timer.builder("http.server.requests")
          .tag("method", method)
          .tag("route", route)
          .tag("status", Integer.toString(response.getStatus()))
          .publishPercentileHistogram(false)
          .register(meters)
          .record(took);
    }
  }

  private static @Nullable ProblemException known(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ProblemException problem) {
        return problem;
      }
    }
    return ProblemException.ofStorage(failure);
  }

  private static String knownMethod(String method) {
    return switch (method) {
      case "GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS" -> method;
      default -> "OTHER";
    };
  }
}
