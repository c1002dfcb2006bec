package cn.mingmian.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.mingmian.law.facts.Facts;
import cn.mingmian.law.facts.FactsReader;
import cn.mingmian.law.facts.FactsWriter;
import cn.mingmian.law.facts.MalformedFactsException;
import cn.mingmian.law.facts.Pack;
import cn.mingmian.law.facts.Truth;
import cn.mingmian.law.facts.Verb;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The reader takes what is well formed, and names the place of every fault.
class FactsReaderTest {
  private static final String LEAST =
      "{\"at\":\"2026-03-10T10:00:00+08:00\",\"operation\":{\"verb\":\"VERIFY\"}}";

  @Test
  void the_least_that_can_be_asked_knows_nothing_else() {
    Facts facts = FactsReader.read(LEAST);
    assertThat(facts).isEqualTo(Facts.of(facts.at(), Verb.VERIFY).build());
    assertThat(facts.packs()).containsExactly(Pack.STANDARDS);
    assertThat(facts.purpose().specific()).isEqualTo(Truth.UNKNOWN);
    assertThat(Rulebook.standard().verdict(facts).outcome()).isEqualTo(Outcome.REFUSE);
  }

  @Test
  void null_is_the_same_as_leaving_out() {
    String json =
        "{\"at\":\"2026-03-10T02:00:00Z\",\"packs\":null,\"operation\":{\"verb\":\"VERIFY\",\"mode\":null},"
            + "\"consent\":null,\"purpose\":{\"mandate\":null},\"injunction\":null}";
    assertThat(FactsReader.read(json)).isEqualTo(FactsReader.read(LEAST));
  }

  @Test
  void what_is_written_is_read_back_equal() {
    RandomFacts random = new RandomFacts("round trip");
    for (int i = 0; i < 5_000; i++) {
      Facts facts = random.near(20);
      assertThat(FactsReader.read(FactsWriter.write(facts))).isEqualTo(facts);
      assertThat(facts.but().build()).isEqualTo(facts);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "{\"sign\":true}|/sign|one of",
        "{\"site\":{\"sgin\":true}}|/site/sgin|one of",
        "{\"a/b~c\":1}|/a~1b~0c|one of",
        "{\"site\":{\"sign\":1}}|/site/sign|`true` or `false`",
        "{\"site\":{\"sign\":\"true\"}}|/site/sign|`true` or `false`",
        "{\"site\":{\"zone\":\"public\"}}|/site/zone|`PUBLIC`",
        "{\"site\":{\"zone\":\"UNKNOWN\"}}|/site/zone|`PUBLIC`",
        "{\"site\":[]}|/site|an object",
        "{\"site\":true}|/site|an object",
        "{\"packs\":\"standards\"}|/packs|a list",
        "{\"packs\":[\"in-force\"]}|/packs/0|`draft-2023`",
        "{\"packs\":[\"standards\",null]}|/packs/1|`draft-2023`",
        "{\"alternatives\":[\"CARD\",\"FACE\"]}|/alternatives/1|`CARD`",
        "{\"person\":{\"birthDate\":\"2026-02-30\"}}|/person/birthDate|a date",
        "{\"person\":{\"birthDate\":\"10.3.2026\"}}|/person/birthDate|a date",
        "{\"person\":{\"birthDate\":\"2026-03-10T10:00:00Z\"}}|/person/birthDate|a date",
        "{\"at\":\"2026-03-10T10:00:00\"}|/at|with offset",
        "{\"at\":\"2026-03-10\"}|/at|with offset",
        "{\"at\":\"2026-03-10T24:00:00Z\"}|/at|with offset",
        "{\"at\":\"+12026-03-10T10:00:00Z\"}|/at|with offset",
        "{\"at\":1773108000}|/at|with offset",
        "{\"processor\":{\"mlpsLevel\":6}}|/processor/mlpsLevel|from 0 to 5",
        "{\"processor\":{\"mlpsLevel\":2.5}}|/processor/mlpsLevel|whole number",
        "{\"processor\":{\"storedPersons\":-1}}|/processor/storedPersons|from 0",
        "{\"processor\":{\"storedPersons\":99999999999999999999}}|/processor/storedPersons|from 0",
        "{\"processor\":{\"filing\":{\"status\":\"DONE\"}}}|/processor/filing/status|`FILED`",
        "{\"injunction\":true,\"injunction\":false}|/injunction|once",
        "{\"site\":{},\"site\":{}}|/site|once",
        "{}|/at|a date-time",
        "{\"at\":\"2026-03-10T10:00:00Z\"}|/operation/verb|`DEPLOY`",
        "{\"at\":\"2026-03-10T10:00:00Z\",\"operation\":{\"verb\":null}}|/operation/verb|`DEPLOY`",
      })
  void a_fault_has_its_place(String json, String pointer, String expected) {
    assertThatThrownBy(() -> FactsReader.read(json))
        .isInstanceOfSatisfying(
            MalformedFactsException.class,
            e -> {
              assertThat(e.pointer()).isEqualTo(pointer);
              assertThat(e.expected()).contains(expected);
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      emptyValue = "",
      value = {
        "^^",
        "[]",
        "null",
        "nothing",
        "{",
        "{\"at\":}",
        "{\"at\":\"x\"",
        "{} {}",
        "{}x",
        "\"text\"",
        "// no\n{}",
        "{'at':1}",
        "{\"site\":{\"zone\":NaN}}",
      })
  void what_is_not_one_object_is_refused(String json) {
    assertThatThrownBy(() -> FactsReader.read(json)).isInstanceOf(MalformedFactsException.class);
  }

  @Test
  void what_follows_the_end_is_refused() {
    assertThatThrownBy(() -> FactsReader.read(LEAST + LEAST))
        .isInstanceOf(MalformedFactsException.class)
        .hasMessageContaining("end after one object");
  }

  @Test
  void size_and_depth_are_bounded() {
    assertThatThrownBy(() -> FactsReader.read("[".repeat(60_000)))
        .isInstanceOf(MalformedFactsException.class);
    assertThatThrownBy(() -> FactsReader.read("{\"site\":".repeat(5_000)))
        .isInstanceOf(MalformedFactsException.class);
    assertThatThrownBy(() -> FactsReader.read(new byte[FactsReader.MOST_BYTES + 1]))
        .isInstanceOf(MalformedFactsException.class);
    assertThatThrownBy(
            () ->
                FactsReader.read(
                    LEAST.replace(
                        "VERIFY\"", "VERIFY\",\"recipient\":\"" + "x".repeat(3_000) + '"')))
        .isInstanceOfSatisfying(
            MalformedFactsException.class,
            e -> assertThat(e.pointer()).isEqualTo("/operation/recipient"));
    assertThatThrownBy(() -> FactsReader.read(new byte[] {(byte) 0xff, (byte) 0xfe}))
        .isInstanceOf(MalformedFactsException.class);
  }

  @Test
  void mangled_text_is_facts_or_malformed_and_nothing_else() {
    RandomFacts facts = new RandomFacts("mangled");
    Random random = facts.random;
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = FactsWriter.write(facts.near(5)).getBytes(StandardCharsets.UTF_8);
      for (int n = 1 + random.nextInt(4); n > 0; n--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      try {
        Rulebook.standard().decide(FactsReader.read(bytes));
      } catch (MalformedFactsException e) {
        assertThat(e.found().length()).isLessThan(200);
      }
    }
  }

  @Test
  void dates_do_not_depend_on_where_the_program_runs() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-SA-u-nu-arab"));
      assertThat(FactsWriter.write(FactsReader.read(LEAST))).contains("2026-03-10T10:00:00+08:00");
    } finally {
      Locale.setDefault(before);
    }
  }
}
