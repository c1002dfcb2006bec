package cn.mingmian.server.http;

import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A strict reader of `multipart/form-data` (RFC 7578) over bytes that are in memory already: no
/// part is ever written to disk, and the one buffer can be zeroed.
///
/// Immutable; shares the buffer it was given.
final class MultipartBody {

  private static final int MAX_PARTS = 32;
  private static final int MAX_HEADER_BYTES = 2_048;
  private static final Pattern NAME = Pattern.compile(";\\s*name=\"([A-Za-z0-9._-]{1,64})\"");
  private static final Pattern FILE_NAME = Pattern.compile(";\\s*filename\\*?=");

  /// One part.
  ///
  /// @param file  whether the part stated a file name or a media type that is not text
  record Part(String name, boolean file, byte[] buffer, int from, int to) {

    byte[] bytes() {
      return Arrays.copyOfRange(buffer, from, to);
    }

    String text() {
      try {
        return StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .decode(java.nio.ByteBuffer.wrap(buffer, from, to - from))
            .toString();
      } catch (CharacterCodingException notText) {
        throw ProblemException.field("/" + name, "expected text in UTF-8");
      }
    }
  }

  private final List<Part> parts;

  private MultipartBody(List<Part> parts) {
    this.parts = parts;
  }

  List<Part> parts() {
    return parts;
  }

  /// Reads the parts of `body`.
  ///
  /// @param boundary  from the content type; 1 to 70 characters
  /// @throws ProblemException `malformed_multipart`
  static MultipartBody read(byte[] body, int length, Optional<String> boundary) {
    String mark =
        boundary
            .filter(text -> text.matches("[A-Za-z0-9'()+_,./:=? -]{0,69}[A-Za-z0-9'()+_,./:=?-]"))
            .orElseThrow(() -> malformed("the content type names no boundary"));
    byte[] first = ("--" + mark).getBytes(StandardCharsets.US_ASCII);
    byte[] next = ("\r\n--" + mark).getBytes(StandardCharsets.US_ASCII);
    int at = 0;
    if (!startsWith(body, length, at, first)) {
      throw malformed("the body does not begin with its boundary");
    }
    at += first.length;
    List<Part> parts = new ArrayList<>();
    while (true) {
      if (startsWith(body, length, at, new byte[] {'-', '-'})) {
        return new MultipartBody(List.copyOf(parts));
      }
      if (!startsWith(body, length, at, new byte[] {'\r', '\n'})) {
        throw malformed("a boundary is not followed by a line end");
      }
      if (parts.size() == MAX_PARTS) {
        throw malformed("more than %d parts".formatted(MAX_PARTS));
      }
      at += 2;
      int headersEnd = find(body, length, at - 2, new byte[] {'\r', '\n', '\r', '\n'});
      if (headersEnd < 0 || headersEnd - at > MAX_HEADER_BYTES) {
        throw malformed("the headers of part %d do not end".formatted(parts.size() + 1));
      }
      String headers =
          headersEnd <= at
              ? ""
              : new String(body, at, headersEnd - at, StandardCharsets.ISO_8859_1);
      int content = headersEnd + 4;
      int end = find(body, length, content, next);
      // An empty part: its closing boundary begins with the line end of its headers.
      if (startsWith(body, length, content - 2, next)) {
        end = content - 2;
      }
      if (end < 0) {
        throw malformed("part %d is cut off".formatted(parts.size() + 1));
      }
      parts.add(part(headers, body, content, Math.max(content, end), parts.size() + 1));
      at = end + next.length;
    }
  }

  private static Part part(String headers, byte[] body, int from, int to, int number) {
    String disposition = null;
    boolean file = false;
    for (String line : headers.split("\r\n", -1)) {
      int colon = line.indexOf(':');
      if (colon < 0) {
        continue;
      }
      String header = line.substring(0, colon).strip();
      String value = line.substring(colon + 1).strip();
      if (header.equalsIgnoreCase("Content-Disposition")) {
        disposition = value;
      } else if (header.equalsIgnoreCase("Content-Type")) {
        file |= !value.startsWith("text/");
      } else if (header.equalsIgnoreCase("Content-Transfer-Encoding")
          && !value.equalsIgnoreCase("binary")
          && !value.equalsIgnoreCase("8bit")) {
        throw malformed("part %d is transfer-encoded, expected plain bytes".formatted(number));
      }
    }
    if (disposition == null || !disposition.startsWith("form-data")) {
      throw malformed("part %d is not `form-data`".formatted(number));
    }
    Matcher name = NAME.matcher(disposition);
    if (!name.find()) {
      throw malformed("part %d has no usable name".formatted(number));
    }
    file |= FILE_NAME.matcher(disposition).find();
    return new Part(name.group(1), file, body, from, to);
  }

  private static boolean startsWith(byte[] body, int length, int at, byte[] wanted) {
    return at >= 0
        && at + wanted.length <= length
        && Arrays.equals(body, at, at + wanted.length, wanted, 0, wanted.length);
  }

  private static int find(byte[] body, int length, int from, byte[] wanted) {
    for (int at = from; at + wanted.length <= length; at++) {
      if (body[at] == wanted[0] && startsWith(body, length, at, wanted)) {
        return at;
      }
    }
    return -1;
  }

  private static ProblemException malformed(String detail) {
    return new ProblemException(ProblemCode.MALFORMED_MULTIPART, detail);
  }
}
