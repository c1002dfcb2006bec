package cn.mingmian.server;

import static org.assertj.core.api.Assertions.assertThat;

import cn.mingmian.server.RunningServer.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

/// What the document says is what the server does.
class DocumentTest {

  private final RunningServer server = RunningServer.get();

  @Test
  void the_document_names_exactly_the_routes_that_are_mapped() {
    Set<String> documented = new TreeSet<>();
    document()
        .get("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        method ->
                            documented.add(
                                method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey())));
    Set<String> mapped = new TreeSet<>();
    server
        .server
        .part(RequestMappingHandlerMapping.class)
        .getHandlerMethods()
        .forEach(
            (mapping, method) -> {
              if (method.getBeanType().getPackageName().equals("cn.mingmian.server.api")) {
                for (String path : mapping.getPatternValues()) {
                  mapping
                      .getMethodsCondition()
                      .getMethods()
                      .forEach(verb -> mapped.add(verb + " " + path));
                }
              }
            });
    assertThat(documented).isEqualTo(mapped).isNotEmpty();
  }

  @Test
  void every_operation_is_explained_and_has_examples() {
    List<String> bare = new ArrayList<>();
    document()
        .get("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        method -> {
                          JsonNode operation = method.getValue();
                          String name = method.getKey() + " " + path.getKey();
                          if (operation.at("/summary").asString("").isBlank()
                              || operation.at("/tags").size() != 1) {
                            bare.add(name + " has no summary or tag");
                          }
                          JsonNode body = operation.at("/requestBody/content");
                          if (!body.isMissingNode() && !anyExample(body)) {
                            bare.add(name + " has no example of a request");
                          }
                          operation
                              .get("responses")
                              .properties()
                              .forEach(
                                  response -> {
                                    JsonNode content = response.getValue().at("/content");
                                    if (response.getKey().startsWith("2")
                                        && !content.isMissingNode()
                                        && !anyExample(content)) {
                                      bare.add(name + " has no example of a response");
                                    }
                                  });
                        }));
    assertThat(bare).isEmpty();
  }

  @Test
  void the_document_is_openapi_3_1_and_open_to_all() {
    Answer answer = server.get("/v1/openapi.json").expect(200);
    assertThat(answer.at("/openapi")).startsWith("3.1");
    assertThat(answer.at("/components/securitySchemes/key/scheme")).isEqualTo("bearer");
  }

  @Test
  void the_interactive_page_asks_no_other_host() {
    String page = server.get("/v1/docs").expect(200).text();
    assertThat(page).contains("/webjars/swagger-ui/");
    assertThat(page).doesNotContain("http://").doesNotContain("https://");
    for (String part : new String[] {"swagger-ui.css", "swagger-ui-bundle.js"}) {
      server.get("/webjars/swagger-ui/" + part).expect(200);
    }
    server.get("/docs.js").expect(200);
  }

  private static boolean anyExample(JsonNode content) {
    for (JsonNode media : content) {
      if (media.has("example") || media.has("examples")) {
        return true;
      }
      String type = media.at("/schema/type").asString("");
      if (type.equals("string") && media.at("/schema/format").asString("").equals("binary")) {
        return true;
      }
    }
    return false;
  }

  private JsonNode document() {
    return server.get("/v1/openapi.json").expect(200).json();
  }
}
