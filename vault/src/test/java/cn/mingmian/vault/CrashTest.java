package cn.mingmian.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrashTest {
  private static final int KILLS = Integer.getInteger("mingmian.vault.kills", 20);

  @TempDir Path base;

  private final Map<String, String> keyOf = new HashMap<>();
  private final Set<String> held = new HashSet<>();
  private final Set<String> gone = new HashSet<>();
  private final Set<String> unsure = new HashSet<>();
  private final Set<String> erasedKeys = new HashSet<>();

  @Test
  void nothing_acknowledged_is_lost_and_nothing_is_half_done_after_kill_9() throws Exception {
    SecureRandom random = new SecureRandom();
    long seed = random.nextLong();
    Random pauses = new Random(seed);
    RootKey.createFile(base.resolve("root.key"), random).close();
    int acts = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      acts += runAndKill(pauses.nextInt(400));
      check(random, "kill %d, seed %d".formatted(kill, seed));
    }
    assertThat(acts).as("acknowledged acts").isGreaterThan(KILLS);
  }

  private int runAndKill(int afterMillis) throws Exception {
    Path said = base.resolve("said.txt");
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                CrashChild.class.getName(),
                base.toString())
            .redirectOutput(said.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    while (child.isAlive() && !Files.readString(said).contains("open")) Thread.sleep(5);
    child.waitFor(afterMillis, TimeUnit.MILLISECONDS);
    assertThat(child.isAlive()).as("child still works").isTrue();
    child.destroyForcibly().waitFor();

    int acts = 0;
    List<String> lines = Files.readString(said).lines().toList();
    for (String line : lines) {
      String[] words = line.split(" ", -1);
      // A line cut short by the kill is its first word or an id cut short: neither is acknowledged.
      boolean whole = words.length > 1 && words[words.length - 1].length() == 32;
      if (!whole) continue;
      switch (words[0]) {
        case "sealing" -> {
          keyOf.put(words[1], words[2]);
          unsure.add(words[1]);
        }
        case "sealed" -> {
          unsure.remove(words[1]);
          held.add(words[1]);
          acts++;
        }
        case "erasing-template" -> {
          held.remove(words[1]);
          unsure.add(words[1]);
        }
        case "erased-template" -> {
          unsure.remove(words[1]);
          gone.add(words[1]);
          acts++;
        }
        case "erasing-key" -> of(words[1]).forEach(id -> move(id, unsure));
        case "erased-key" -> {
          of(words[1]).forEach(id -> move(id, gone));
          erasedKeys.add(words[1]);
          acts++;
        }
        default -> throw new AssertionError(line);
      }
    }
    return acts;
  }

  private List<String> of(String key) {
    return keyOf.entrySet().stream()
        .filter(entry -> entry.getValue().equals(key) && !gone.contains(entry.getKey()))
        .map(Map.Entry::getKey)
        .toList();
  }

  private void move(String id, Set<String> to) {
    held.remove(id);
    unsure.remove(id);
    to.add(id);
  }

  private static Set<String> missing(Set<String> wanted, Set<String> in) {
    Set<String> missing = new HashSet<>(wanted);
    missing.removeAll(in);
    return missing;
  }

  private void check(SecureRandom random, String when) throws Exception {
    try (RootKey root = RootKey.fromFile(base.resolve("root.key"));
        Vault vault = Vault.open(base.resolve("vault"), root, random, InstantSource.system())) {
      Set<String> listed = new HashSet<>();
      for (Held one : vault.list()) listed.add(one.template().toString());
      assertThat(missing(held, listed)).as(when).isEmpty();
      assertThat(missing(gone, listed)).as(when).isEqualTo(gone);
      Set<String> extra = new HashSet<>(listed);
      extra.removeAll(held);
      assertThat(missing(extra, unsure)).as(when).isEmpty();
      for (String text : listed) {
        TemplateId id = TemplateId.of(text);
        Reading<Double> reading =
            vault.compare(id, CrashChild.BINDING, Fixture.segment(CrashChild.floats(id)));
        assertThat(reading).as(when).isInstanceOf(Reading.Read.class);
        assertThat(((Reading.Read<Double>) reading).value()).as(when).isGreaterThan(0.999999);
      }
      for (String key : erasedKeys) {
        assertThat(vault.list()).as(when).noneMatch(one -> one.key().toString().equals(key));
      }
      // What was in doubt is now one or the other, for good.
      for (String id : Set.copyOf(unsure)) move(id, listed.contains(id) ? held : gone);
      Set<String> files = new HashSet<>();
      try (Stream<Path> all = Files.list(base.resolve("vault/templates"))) {
        all.forEach(file -> files.add(file.getFileName().toString()));
      }
      Set<String> wanted = new HashSet<>();
      for (String id : listed) wanted.add(id + ".tpl");
      assertThat(files).as(when).isEqualTo(wanted);
      try (Stream<Path> all = Files.list(base.resolve("vault"))) {
        assertThat(all).as(when).hasSize(6);
      }
    }
  }
}
