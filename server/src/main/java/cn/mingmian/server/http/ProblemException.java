package cn.mingmian.server.http;

import cn.mingmian.platform.records.DatabaseException;
import cn.mingmian.platform.templates.NoRoomException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Ends a request with a problem. Its message is the problem's detail.
public final class ProblemException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final ProblemCode code;
  private final transient List<Problem.FieldError> errors;
  private final transient @Nullable JsonNode findings;
  private final transient Map<String, Object> more;
  private final String own;

  public ProblemException(ProblemCode code, String detail) {
    this(code, code.code(), detail, List.of(), null, Map.of());
  }

  /// A problem of a general kind with a code of its own, such as a conflict that the records name.
  public ProblemException(ProblemCode kind, String ownCode, String detail) {
    this(kind, ownCode, detail, List.of(), null, Map.of());
  }

  private ProblemException(
      ProblemCode code,
      String own,
      String detail,
      List<Problem.FieldError> errors,
      @Nullable JsonNode findings,
      Map<String, Object> more) {
    super(detail);
    this.code = code;
    this.own = own;
    this.errors = List.copyOf(errors);
    this.findings = findings;
    this.more = Map.copyOf(more);
  }

  /// The body's field at `pointer` is wrong.
  public static ProblemException field(String pointer, String detail) {
    return new ProblemException(
        ProblemCode.INVALID_FIELD,
        ProblemCode.INVALID_FIELD.code(),
        "the field at `%s` is wrong".formatted(pointer),
        List.of(new Problem.FieldError(pointer, detail)),
        null,
        Map.of());
  }

  /// The query or path parameter `name` is wrong.
  public static ProblemException parameter(String name, String detail) {
    return new ProblemException(
        ProblemCode.INVALID_PARAMETER,
        ProblemCode.INVALID_PARAMETER.code(),
        "the parameter `%s` is wrong".formatted(name),
        List.of(new Problem.FieldError("?" + name, detail)),
        null,
        Map.of());
  }

  /// The law refuses: the findings teach why.
  ///
  /// @param findings  the violated rules as `facts.md` writes a decision's findings
  public static ProblemException refused(
      String detail, JsonNode findings, Map<String, Object> more) {
    return new ProblemException(
        ProblemCode.REFUSED, ProblemCode.REFUSED.code(), detail, List.of(), findings, more);
  }

  /// What a failure says about the places where things are kept: lost, or full.
  ///
  /// @return null if it is another kind of failure
  static @Nullable ProblemException ofStorage(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof NoRoomException full) {
        return new ProblemException(ProblemCode.STORAGE_FULL, String.valueOf(full.getMessage()));
      }
    }
    DatabaseException lost = DatabaseException.from(failure);
    if (lost == null) {
      return null;
    }
    return switch (lost.reason()) {
      case DISK_FULL ->
          new ProblemException(
              ProblemCode.STORAGE_FULL, "the disk of the records is full; nothing was stored");
      case COMMIT_UNHEARD ->
          new ProblemException(
              ProblemCode.OUTCOME_UNKNOWN,
              "the records went away during the commit; look whether it was stored, then repeat");
      default ->
          new ProblemException(
              ProblemCode.UNAVAILABLE, "the records are not available; nothing was stored");
    };
  }

  /// The same problem with further members.
  public ProblemException with(Map<String, Object> further) {
    return new ProblemException(code, own, detail(), errors, findings, further);
  }

  public ProblemCode code() {
    return code;
  }

  public String detail() {
    String message = getMessage();
    return message == null ? code.title() : message;
  }

  Problem toProblem(String requestId) {
    Problem problem =
        Problem.of(code, detail(), requestId).named(own).withErrors(errors).with(more);
    return Optional.ofNullable(findings).map(problem::withFindings).orElse(problem);
  }
}
