package cn.mingmian.server.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.http.converter.HttpMessageNotWritableException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads `multipart/form-data` into the same request records that JSON fills: a text part is a
/// field, a file part is a `byte[]`, repeated file parts are a list. A part named `request` may
/// hold all other fields as one JSON object. The received bytes are zeroed before this returns;
/// what stays are the copies in the record, which its `close` zeroes.
public final class MultipartConverter extends AbstractHttpMessageConverter<CarriesPhotos> {

  private final JsonMapper json;

  public MultipartConverter(JsonMapper json) {
    super(MediaType.MULTIPART_FORM_DATA);
    this.json = json;
  }

  @Override
  protected boolean supports(Class<?> type) {
    return CarriesPhotos.class.isAssignableFrom(type);
  }

  @Override
  public boolean canWrite(Class<?> type, @Nullable MediaType mediaType) {
    return false;
  }

  @Override
  protected CarriesPhotos readInternal(Class<? extends CarriesPhotos> type, HttpInputMessage input)
      throws IOException {
    MediaType contentType = input.getHeaders().getContentType();
    Optional<String> boundary =
        Optional.ofNullable(contentType).map(known -> known.getParameter("boundary"));
    long stated = input.getHeaders().getContentLength();
    byte[] buffer =
        new byte
            [stated >= 0 && stated <= BodyLimitFilter.LIMIT_IN_BYTES ? (int) stated : 64 * 1024];
    int length = 0;
    try {
      InputStream in = input.getBody();
      while (true) {
        if (length == buffer.length) {
          int one = in.read();
          if (one < 0) {
            break;
          }
          byte[] larger =
              Arrays.copyOf(
                  buffer, Math.min(BodyLimitFilter.LIMIT_IN_BYTES + 1, buffer.length * 2 + 1));
          Arrays.fill(buffer, (byte) 0);
          buffer = larger;
          buffer[length++] = (byte) one;
          if (length > BodyLimitFilter.LIMIT_IN_BYTES) {
            throw BodyLimitFilter.tooLarge();
          }
        }
        int many = in.read(buffer, length, buffer.length - length);
        if (many < 0) {
          break;
        }
        length += many;
      }
      ObjectNode object = toObject(MultipartBody.read(buffer, length, boundary).parts());
      return json.treeToValue(object, type);
    } catch (JacksonException wrong) {
      throw new HttpMessageNotReadableException("a field is wrong", wrong, input);
    } finally {
      Arrays.fill(buffer, (byte) 0);
    }
  }

  private ObjectNode toObject(List<MultipartBody.Part> parts) {
    ObjectNode object = json.createObjectNode();
    for (MultipartBody.Part part : parts) {
      if (part.name().equals("request")) {
        byte[] bytes = part.bytes();
        try {
          JsonNode fields = json.readTree(bytes);
          if (!(fields instanceof ObjectNode named)) {
            throw ProblemException.field("/request", "expected a JSON object");
          }
          object.setAll(named);
        } finally {
          Arrays.fill(bytes, (byte) 0);
        }
      } else if (part.file()) {
        JsonNode photo = json.getNodeFactory().binaryNode(part.bytes());
        JsonNode present = object.get(part.name());
        if (present instanceof ArrayNode list) {
          list.add(photo);
        } else if (part.name().endsWith("s")) {
          object.putArray(part.name()).add(photo);
        } else if (present != null) {
          throw ProblemException.field("/" + part.name(), "expected once, found twice");
        } else {
          object.set(part.name(), photo);
        }
      } else if (object.has(part.name())) {
        throw ProblemException.field("/" + part.name(), "expected once, found twice");
      } else {
        object.put(part.name(), part.text());
      }
    }
    return object;
  }

  @Override
  protected void writeInternal(CarriesPhotos body, HttpOutputMessage output) {
    throw new HttpMessageNotWritableException("photos are never sent");
  }
}
