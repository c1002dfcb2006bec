package cn.mingmian.server.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// A failure as RFC 9457 says it, `application/problem+json`.
///
/// `code` is stable and made for programs; `title` and `title_zh` are made for people and may be
/// reworded; `detail` tells this occurrence and never holds a secret, a name or a photo.
///
/// Immutable.
///
/// @param status  the HTTP status, again
/// @param requestId  the id under which the server's log knows this request
/// @param errors  the fields that were wrong, each by JSON pointer (RFC 6901)
/// @param findings  of a refusal: every rule that was violated, in Chinese and English
/// @param more  further members, by kind of problem
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
    URI type,
    String title,
    @JsonProperty("title_zh") String titleZh,
    int status,
    String detail,
    String code,
    @JsonProperty("request_id") String requestId,
    List<FieldError> errors,
    Optional<JsonNode> findings,
    @com.fasterxml.jackson.annotation.JsonAnyGetter Map<String, Object> more) {

  /// One field that was wrong.
  ///
  /// @param pointer  JSON pointer into the request body, or `?name` for a query parameter
  /// @param detail  what was expected and what was found
  public record FieldError(String pointer, String detail) {}

  public Problem {
    errors = List.copyOf(errors);
    more = Map.copyOf(more);
  }

  /// A problem of this kind, told in one sentence.
  public static Problem of(ProblemCode code, String detail, String requestId) {
    return new Problem(
        URI.create("urn:mingmian:problem:" + code.code()),
        code.title(),
        code.titleZh(),
        code.status(),
        detail,
        code.code(),
        requestId,
        List.of(),
        Optional.empty(),
        Map.of());
  }

  Problem named(String own) {
    return new Problem(
        URI.create("urn:mingmian:problem:" + own),
        title,
        titleZh,
        status,
        detail,
        own,
        requestId,
        errors,
        findings,
        more);
  }

  Problem withErrors(List<FieldError> fields) {
    return new Problem(
        type, title, titleZh, status, detail, code, requestId, fields, findings, more);
  }

  Problem withFindings(JsonNode found) {
    return new Problem(
        type, title, titleZh, status, detail, code, requestId, errors, Optional.of(found), more);
  }

  Problem with(Map<String, Object> further) {
    return new Problem(
        type, title, titleZh, status, detail, code, requestId, errors, findings, further);
  }
}
