package cn.mingmian.server.whatif;

import cn.mingmian.law.facts.Facts;
import cn.mingmian.law.facts.FactsReader;
import cn.mingmian.law.rules.Text;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Everyday situations to begin with. Immutable.
///
/// @param id  its name in links
public record Examples(String id, Text name, Facts facts) {

  /// All of them, the lawful one first.
  public static List<Examples> all() {
    return Standard.ALL;
  }

  public static Optional<Examples> named(String id) {
    return all().stream().filter(example -> example.id().equals(id)).findFirst();
  }

  private static final class Standard {
    static final List<Examples> ALL = read();

    private static List<Examples> read() {
      JsonMapper json = JsonMapper.shared();
      try (InputStream in =
          Examples.class.getResourceAsStream("/cn/mingmian/server/situations.json")) {
        if (in == null) {
          throw new IllegalStateException("the example situations are missing from this build");
        }
        List<Examples> all = new ArrayList<>();
        for (JsonNode each : json.readTree(in)) {
          all.add(
              new Examples(
                  each.get("id").asString(),
                  new Text(each.get("zh").asString(), each.get("en").asString()),
                  FactsReader.read(each.get("facts").toString())));
        }
        return List.copyOf(all);
      } catch (IOException unreadable) {
        throw new UncheckedIOException(unreadable);
      }
    }
  }
}
