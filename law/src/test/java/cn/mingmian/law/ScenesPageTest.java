package cn.mingmian.law;

import static org.assertj.core.api.Assertions.assertThat;

import cn.mingmian.law.Scenes.Answer;
import cn.mingmian.law.Scenes.Scene;
import cn.mingmian.law.facts.Facts;
import cn.mingmian.law.facts.Pack;
import cn.mingmian.law.facts.Place;
import cn.mingmian.law.facts.Verb;
import cn.mingmian.law.facts.Zone;
import cn.mingmian.law.rules.Verbs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// `docs/law/scenes.md`: every place by every verb. Run with `-Dgolden=write` to bring it up to
/// date.
class ScenesPageTest {
  private static final Rulebook BOOK = Rulebook.standard();

  private static Facts lawful(Pack... packs) {
    Facts facts = StoriesTest.base("estate-verify");
    return facts
        .but()
        .packs(packs)
        .site(s -> s.publicSafetyNecessity(true).hearing(true))
        .access(a -> a.approved(true).reason("ticket 12").bulk(false))
        .build();
  }

  @Test
  void every_cell_is_decided() {
    List<Scene> scenes = Scenes.of(BOOK, lawful(Pack.values()));
    assertThat(scenes.stream().map(Scene::place).distinct()).containsExactly(Place.values());
    for (Scene scene : scenes) {
      boolean isBanned =
          scene.zone() == Zone.PRIVATE_SPACE && Verbs.SOMEWHERE.contains(scene.verb());
      assertThat(scene.answer() == Answer.BANNED).as(scene.toString()).isEqualTo(isBanned);
      assertThat(scene.by().isEmpty()).isEqualTo(scene.answer() == Answer.OPEN);
    }
  }

  @Test
  void the_page_of_scenes_is_up_to_date() throws IOException {
    Path page = CaseFiles.root().resolve("docs/law/scenes.md");
    String wanted = page();
    if ("write".equals(System.getProperty("golden"))) {
      Files.writeString(page, wanted);
      return;
    }
    assertThat(Files.readString(page))
        .as("docs/law/scenes.md is behind: run this test with -Dgolden=write")
        .isEqualTo(wanted);
  }

  private static String page() {
    StringBuilder md = new StringBuilder();
    md.append(
        """
        # Places by verbs

        Written from the program by a test; do not edit. **✗** banned whatever else is true, **n** restricted by the
        rules of note *n* below, **·** open. Purpose, notice, consent, assessment, controls and whatever the kind of
        processor brings (a property manager's `SPC-2021/10.1`) are due everywhere and not repeated. Public places
        are taken as those of VIDEO-REG article 7.

        本页由程序生成。✗ 一律禁止；数字表示该场所另有限制，见下方注释；· 没有额外限制。
        """);
    Map<List<String>, Integer> notes = new LinkedHashMap<>();
    table("In-force law and standards 现行法与标准", lawful(Pack.STANDARDS), notes, md);
    table(
        "With the draft of 2023 and proposals (not law) 加上征求意见稿与学者建议（不是法律）",
        lawful(Pack.values()),
        notes,
        md);
    md.append("%n## Notes%n%n".formatted());
    notes.forEach(
        (by, n) ->
            md.append(
                "%d. %s%n"
                    .formatted(
                        n,
                        by.stream().map(id -> '`' + id + '`').collect(Collectors.joining(", ")))));
    return md.toString();
  }

  private static void table(
      String title, Facts lawful, Map<List<String>, Integer> notes, StringBuilder md) {
    md.append("%n## %s%n%n| place | zone |".formatted(title));
    for (Verb verb : Verb.values()) md.append(" %s |".formatted(verb));
    md.append("%n|---|---|%s%n".formatted("---|".repeat(Verb.values().length)));
    Map<String, List<Scene>> rows = new LinkedHashMap<>();
    for (Scene scene : Scenes.of(BOOK, lawful)) {
      rows.computeIfAbsent(scene.place() + " | " + scene.zone(), row -> new ArrayList<>())
          .add(scene);
    }
    rows.forEach(
        (row, scenes) -> {
          md.append("| %s |".formatted(row));
          for (Scene scene : scenes) {
            String cell =
                switch (scene.answer()) {
                  case BANNED -> "✗";
                  case OPEN -> "·";
                  case RESTRICTED ->
                      notes.computeIfAbsent(scene.by(), by -> notes.size() + 1).toString();
                };
            md.append(" %s |".formatted(cell));
          }
          md.append("%n".formatted());
        });
  }
}
