package cn.mingmian.server.http;

import cn.mingmian.platform.records.MalformedIdException;
import cn.mingmian.platform.records.RecordException;
import cn.mingmian.platform.records.StaleVersionException;
import cn.mingmian.platform.records.UnknownRecordException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MissingRequestHeaderException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.InvalidNullException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;

/// Turns every exception that leaves a controller into a problem; nothing but its kind and frames
/// reaches the log, since a message may quote what a person typed.
@RestControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
class ProblemAdvice {

  private static final Logger LOG = LoggerFactory.getLogger("mingmian.failure");

  private static final Pattern LEFT_OUT = Pattern.compile("creator property '([^']{1,64})'");

  @ExceptionHandler
  ResponseEntity<Problem> problem(ProblemException problem, HttpServletRequest request) {
    return answer(problem, request);
  }

  @ExceptionHandler
  ResponseEntity<Problem> unreadable(
      HttpMessageNotReadableException unreadable, HttpServletRequest request) {
    ProblemException storage = ProblemException.ofStorage(unreadable);
    if (storage != null) {
      return storage(storage, unreadable, request);
    }
    for (Throwable cause = unreadable; cause != null; cause = cause.getCause()) {
      if (cause instanceof ProblemException problem) {
        return answer(problem, request);
      }
      if (cause instanceof RecordException record) {
        return answer(ofRecord(record), request);
      }
      if (cause instanceof MismatchedInputException mismatched && missing(mismatched) != null) {
        return answer(
            ProblemException.field(
                pointerTo(mismatched, String.valueOf(missing(mismatched))),
                "expected a value, found none"),
            request);
      }
      if (cause instanceof DatabindException wrong && !wrong.getPath().isEmpty()) {
        return answer(ofField(wrong), request);
      }
      if (cause instanceof MismatchedInputException mismatched) {
        return answer(ProblemException.field("", expectation(mismatched)), request);
      }
      if (cause instanceof JacksonException malformed) {
        var at = malformed.getLocation();
        return answer(
            new ProblemException(
                ProblemCode.MALFORMED_JSON,
                at == null
                    ? "the body is not JSON"
                    : "the body stops being JSON at line %d, column %d"
                        .formatted(at.getLineNr(), at.getColumnNr())),
            request);
      }
    }
    return answer(
        new ProblemException(ProblemCode.MALFORMED_JSON, "a JSON body is expected, found none"),
        request);
  }

  @ExceptionHandler
  ResponseEntity<Problem> method(
      HttpRequestMethodNotSupportedException wrong, HttpServletRequest request) {
    var allowed = wrong.getSupportedHttpMethods();
    String methods =
        allowed == null
            ? ""
            : allowed.stream().map(Object::toString).sorted().collect(Collectors.joining(", "));
    return answer(
        new ProblemException(
            ProblemCode.METHOD_NOT_ALLOWED,
            "`%s` is not possible here, expected one of: %s".formatted(wrong.getMethod(), methods)),
        request,
        wrong.getHeaders());
  }

  @ExceptionHandler
  ResponseEntity<Problem> mediaType(
      HttpMediaTypeNotSupportedException wrong, HttpServletRequest request) {
    String known =
        wrong.getSupportedMediaTypes().stream()
            .filter(MediaType::isConcrete)
            .map(MediaType::toString)
            .distinct()
            .collect(Collectors.joining(", "));
    return answer(
        new ProblemException(
            ProblemCode.UNSUPPORTED_MEDIA_TYPE,
            "this content type is not read here, expected: " + known),
        request,
        wrong.getHeaders());
  }

  @ExceptionHandler
  ResponseEntity<Problem> notAcceptable(
      HttpMediaTypeNotAcceptableException wrong, HttpServletRequest request) {
    String known =
        wrong.getSupportedMediaTypes().stream()
            .map(MediaType::toString)
            .distinct()
            .collect(Collectors.joining(", "));
    return answer(
        new ProblemException(ProblemCode.NOT_ACCEPTABLE, "this can be served as: " + known),
        request);
  }

  @ExceptionHandler
  ResponseEntity<Problem> nothingThere(
      NoResourceFoundException nothing, HttpServletRequest request) {
    return answer(
        new ProblemException(ProblemCode.NOT_FOUND, "no resource has this address"), request);
  }

  @ExceptionHandler
  ResponseEntity<Problem> missing(
      MissingServletRequestParameterException missing, HttpServletRequest request) {
    return answer(
        ProblemException.parameter(missing.getParameterName(), "expected, found none"), request);
  }

  @ExceptionHandler
  ResponseEntity<Problem> missingHeader(
      MissingRequestHeaderException missing, HttpServletRequest request) {
    return answer(
        ProblemException.parameter(missing.getHeaderName(), "header expected, found none"),
        request);
  }

  @ExceptionHandler
  ResponseEntity<Problem> mismatch(TypeMismatchException wrong, HttpServletRequest request) {
    String name =
        wrong instanceof MethodArgumentTypeMismatchException argument
            ? argument.getName()
            : String.valueOf(wrong.getPropertyName());
    for (Throwable cause = wrong; cause != null; cause = cause.getCause()) {
      if (cause instanceof RecordException record) {
        return answer(ofRecord(record), request);
      }
    }
    Class<?> wanted = wrong.getRequiredType();
    return answer(
        ProblemException.parameter(
            name, "expected a value like " + (wanted == null ? "text" : example(wanted))),
        request);
  }

  /// What the records do not accept, with the code that they give it.
  @ExceptionHandler
  ResponseEntity<Problem> record(RecordException record, HttpServletRequest request) {
    return answer(ofRecord(record), request);
  }

  /// A lost database, a full disk; whether it was stored is said as far as it is known.
  private static ResponseEntity<Problem> storage(
      ProblemException problem, Exception failure, HttpServletRequest request) {
    LOG.atError()
        .addKeyValue("request_id", RequestId.of(request))
        .addKeyValue("code", problem.code().code())
        .addKeyValue("failure", Frames.of(failure))
        .log("a request could not be stored or read");
    if (problem.code() == ProblemCode.OUTCOME_UNKNOWN) {
      request.setAttribute(IdempotencyFilter.OUTCOME_UNKNOWN, true);
    }
    return answer(problem, request);
  }

  private static ProblemException ofRecord(RecordException record) {
    String code = record.code().replace('-', '_');
    String detail = String.valueOf(record.getMessage());
    return switch (record) {
      case UnknownRecordException unknown ->
          new ProblemException(ProblemCode.NOT_FOUND, code, detail);
      case MalformedIdException malformed ->
          new ProblemException(ProblemCode.BAD_REQUEST, code, detail);
      case StaleVersionException stale ->
          new ProblemException(ProblemCode.CONFLICT, code, detail)
              .with(Map.of("expected", stale.expected(), "found", stale.found()));
      default -> new ProblemException(ProblemCode.CONFLICT, code, detail);
    };
  }

  @ExceptionHandler
  ResponseEntity<Problem> surprise(Exception surprise, HttpServletRequest request)
      throws Exception {
    if (surprise instanceof org.springframework.security.access.AccessDeniedException) {
      throw surprise;
    }
    ProblemException storage = ProblemException.ofStorage(surprise);
    if (storage != null) {
      return storage(storage, surprise, request);
    }
    for (Throwable cause = surprise; cause != null; cause = cause.getCause()) {
      if (cause instanceof ProblemException problem) {
        return answer(problem, request);
      }
      if (cause instanceof RecordException record) {
        return answer(ofRecord(record), request);
      }
    }
    if (surprise instanceof ErrorResponse known && known.getStatusCode().is4xxClientError()) {
      ProblemCode code =
          switch (known.getStatusCode().value()) {
            case 404 -> ProblemCode.NOT_FOUND;
            case 413 -> ProblemCode.PAYLOAD_TOO_LARGE;
            case 415 -> ProblemCode.UNSUPPORTED_MEDIA_TYPE;
            default -> ProblemCode.BAD_REQUEST;
          };
      return answer(new ProblemException(code, code.title()), request, known.getHeaders());
    }
    LOG.atError()
        .addKeyValue("request_id", RequestId.of(request))
        .addKeyValue("failure", Frames.of(surprise))
        .log("a request failed");
    return answer(
        new ProblemException(
            ProblemCode.INTERNAL_ERROR,
            "the request was not carried out; the log has the reason under this request id"),
        request);
  }

  private static ProblemException ofField(DatabindException wrong) {
    String pointer = pointer(wrong.getPath());
    return ProblemException.field(
        pointer,
        switch (wrong) {
          case UnrecognizedPropertyException unknown ->
              "unknown field, expected one of: "
                  + unknown.getKnownPropertyIds().stream()
                      .map(String::valueOf)
                      .sorted()
                      .collect(Collectors.joining(", "));
          case InvalidNullException absent -> "expected a value, found null or nothing";
          case ValueInstantiationException refused when refused.getCause() != null ->
              String.valueOf(refused.getCause().getMessage());
          case MismatchedInputException mismatched -> expectation(mismatched);
          default -> "expected a different value";
        });
  }

  /// A field that a request left out: the JSON library tells it in its message alone.
  private static @Nullable String missing(MismatchedInputException wrong) {
    Matcher name = LEFT_OUT.matcher(String.valueOf(wrong.getOriginalMessage()));
    return name.find() ? name.group(1) : null;
  }

  /// The library's path ends with the field, or with the object that lacks it.
  private static String pointerTo(MismatchedInputException wrong, String field) {
    String path = pointer(wrong.getPath());
    return path.endsWith("/" + field) ? path : path + "/" + field;
  }

  private static String expectation(MismatchedInputException wrong) {
    Class<?> wanted = wrong.getTargetType();
    if (wanted == null) {
      return "expected a different kind of value";
    }
    if (wanted.isEnum()) {
      List<String> names = new ArrayList<>();
      for (Object each : wanted.getEnumConstants()) {
        names.add(each.toString());
      }
      return "expected one of: " + String.join(", ", names);
    }
    String shape = "expected " + example(wanted);
    return wrong instanceof InvalidFormatException ? shape + ", found something else" : shape;
  }

  private static String example(Class<?> wanted) {
    return switch (wanted.getSimpleName()) {
      case "LocalDate" -> "a date such as `2026-03-01`";
      case "Instant", "OffsetDateTime", "ZonedDateTime" ->
          "a date-time with offset such as `2026-03-01T09:30:00+08:00`";
      case "Duration" -> "a duration such as `PT30S`";
      case "UUID" -> "an id such as `0b1f2c1e-5a4d-4f0e-9a53-0c8f5d6f7a10`";
      case "int", "Integer", "long", "Long" -> "a whole number";
      case "double", "Double", "float", "Float" -> "a number";
      case "boolean", "Boolean" -> "true or false";
      case "String" -> "text";
      case "byte[]" -> "base64";
      case "List", "Set", "ArrayList", "HashSet" -> "a list";
      default -> wanted.isEnum() ? "one of its names" : "an object";
    };
  }

  static String pointer(List<JacksonException.Reference> path) {
    StringBuilder pointer = new StringBuilder();
    for (JacksonException.Reference step : path) {
      pointer.append('/');
      if (step.getPropertyName() != null) {
        pointer.append(step.getPropertyName().replace("~", "~0").replace("/", "~1"));
      } else {
        pointer.append(step.getIndex());
      }
    }
    return pointer.toString();
  }

  private static ResponseEntity<Problem> answer(
      ProblemException problem, HttpServletRequest request) {
    return answer(problem, request, HttpHeaders.EMPTY);
  }

  private static ResponseEntity<Problem> answer(
      ProblemException problem, HttpServletRequest request, HttpHeaders headers) {
    return ResponseEntity.status(problem.code().status())
        .headers(headers)
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .body(problem.toProblem(RequestId.of(request)));
  }
}
