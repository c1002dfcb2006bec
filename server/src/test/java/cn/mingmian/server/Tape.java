package cn.mingmian.server;

import static org.assertj.core.api.Assertions.assertThat;

import cn.mingmian.server.RunningServer.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.http.server.PathContainer;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.pattern.PathPattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Keeps the first request and the first good answer of each operation as the examples of the API
/// document.
///
/// `-Dgolden=write` writes those whose shape is no longer that of the file; without it, another
/// shape is a failure. Values such as ids and times differ from run to run and are not compared.
final class Tape {
  private static final JsonMapper PRETTY =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
  private static final Path EXAMPLES =
      Path.of("src", "main", "resources", "cn", "mingmian", "server", "examples");

  private record Route(String method, PathPattern pattern, String operation) {}

  private final List<Route> routes = new ArrayList<>();
  private final Map<String, JsonNode> kept = new LinkedHashMap<>();

  Tape(RunningServer server) {
    server
        .server
        .part(RequestMappingHandlerMapping.class)
        .getHandlerMethods()
        .forEach(
            (mapping, method) -> {
              var patterns = mapping.getPathPatternsCondition();
              if (patterns == null) return;
              for (PathPattern pattern : patterns.getPatterns()) {
                mapping
                    .getMethodsCondition()
                    .getMethods()
                    .forEach(
                        verb ->
                            routes.add(
                                new Route(verb.name(), pattern, method.getMethod().getName())));
              }
            });
  }

  /// @param body  JSON, or empty where nothing was sent
  void keep(String method, String path, String body, Answer answer) {
    String operation = operation(method, path);
    if (!body.isEmpty()) {
      kept.putIfAbsent(operation + ".request", tidy(PRETTY.readTree(body)));
    }
    if (answer.header("Content-Type").startsWith("application/json")) {
      kept.putIfAbsent(operation + ".response", tidy(answer.json()));
    } else {
      kept.putIfAbsent(operation + ".response", PRETTY.getNodeFactory().stringNode(answer.text()));
    }
  }

  private String operation(String method, String path) {
    PathContainer at = PathContainer.parsePath(path.replaceAll("\\?.*", ""));
    return routes.stream()
        .filter(route -> route.method().equals(method) && route.pattern().matches(at))
        .min((one, other) -> one.pattern().compareTo(other.pattern()))
        .map(Route::operation)
        .orElseThrow(() -> new AssertionError("no operation for " + method + " " + path));
  }

  /// Compares with the files, or writes them.
  void compare() throws IOException {
    boolean write = "write".equals(System.getProperty("golden"));
    List<String> differing = new ArrayList<>();
    for (Map.Entry<String, JsonNode> one : kept.entrySet()) {
      Path file = EXAMPLES.resolve(one.getKey() + ".json");
      if (shape(one.getValue()).equals(shapeOf(file))) continue;
      if (write) {
        Files.writeString(file, PRETTY.writeValueAsString(one.getValue()) + "\n");
      } else {
        differing.add(one.getKey());
      }
    }
    assertThat(differing)
        .as("examples of another shape than the server's answers: run with -Dgolden=write")
        .isEmpty();
  }

  private static Set<String> shapeOf(Path file) {
    try {
      return Files.exists(file)
          ? shape(PRETTY.readTree(Files.readString(file, StandardCharsets.UTF_8)))
          : Set.of();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /// The fields that there are, whatever they hold. Objects keyed by data (duties, facts, sources)
  /// differ with the situation and count as one field.
  private static Set<String> shape(JsonNode node) {
    Set<String> fields = new TreeSet<>();
    collect("", node, fields);
    return fields;
  }

  private static void collect(String at, JsonNode node, Set<String> fields) {
    switch (node) {
      case ObjectNode object -> {
        fields.add(at + "{}");
        if (at.matches(".*/(facts|sources|decision|duties|findings\\[]/.*)")) return;
        object.properties().forEach(f -> collect(at + "/" + f.getKey(), f.getValue(), fields));
      }
      case ArrayNode array -> {
        fields.add(at + "[]");
        if (!array.isEmpty()) collect(at + "[]", array.get(0), fields);
      }
      default -> fields.add(at);
    }
  }

  /// Shortens what only takes room, and the secret of a key that never opened anything but a test.
  private static JsonNode tidy(JsonNode node) {
    switch (node) {
      case ObjectNode object -> {
        for (String name : List.copyOf(object.propertyNames())) {
          JsonNode value = object.get(name);
          if (name.equals("secret")) {
            object.put(name, "mk_" + "0".repeat(43));
          } else if (name.equals("image")) {
            object.put(name, Optional.of(value.asString()).map(b -> b.substring(0, 24)).get());
          } else {
            tidy(value);
          }
        }
      }
      case ArrayNode array -> {
        while (array.size() > 2) array.remove(array.size() - 1);
        array.forEach(Tape::tidy);
      }
      default -> {}
    }
    return node;
  }
}
