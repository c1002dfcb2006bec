package cn.mingmian.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SearchTest {
  @TempDir Path base;

  /// Brute force over the vectors as they were captured.
  private static List<Hit> nearest(Map<TemplateId, float[]> people, float[] probe, double minimum) {
    List<Hit> all = new ArrayList<>();
    people.forEach(
        (id, floats) -> {
          double dot = 0;
          double a = 0;
          double b = 0;
          for (int i = 0; i < probe.length; i++) {
            dot += (double) floats[i] * probe[i];
            a += (double) floats[i] * floats[i];
            b += (double) probe[i] * probe[i];
          }
          double cosine = dot / Math.sqrt(a * b);
          if (cosine >= minimum) all.add(new Hit(id, cosine));
        });
    all.sort(Comparator.comparingDouble(Hit::cosine).reversed());
    return all;
  }

  @ParameterizedTest
  @EnumSource(VaultOptions.Scan.class)
  void finds_exactly_what_brute_force_finds(VaultOptions.Scan scan) {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    try (Fixture f = new Fixture(base, VaultOptions.defaults().with(scan))) {
      Map<TemplateId, float[]> people = new LinkedHashMap<>();
      for (int i = 0; i < 300; i++) {
        float[] floats = Fixture.unit(random, 128);
        float length = random.nextFloat(0.1f, 30f);
        for (int j = 0; j < floats.length; j++) floats[j] *= length;
        people.put(f.seal(floats), floats);
      }
      List<float[]> captured = new ArrayList<>(people.values());
      for (int round = 0; round < 2; round++) {
        for (double minimum : new double[] {-1, 0, 0.1, 0.3, 0.6}) {
          for (int k : new int[] {1, 5, 50, 1000}) {
            float[] probe =
                Fixture.near(
                    Fixture.near(captured.get(random.nextInt(300)), 1, random), 0.5, random);
            List<Hit> wanted = nearest(people, probe, minimum);
            List<Hit> hits = f.search(probe, k, minimum).hits();
            assertThat(hits).as("seed %d", seed).hasSize(Math.min(k, wanted.size()));
            for (int i = 0; i < hits.size(); i++) {
              assertThat(hits.get(i).cosine())
                  .as("seed %d", seed)
                  .isCloseTo(wanted.get(i).cosine(), within(1e-6));
              assertThat(hits.get(i).template())
                  .as("seed %d", seed)
                  .isEqualTo(wanted.get(i).template());
            }
          }
        }
        f.reopen();
      }
    }
  }

  @Test
  void an_erased_template_is_never_found_again() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    try (Fixture f = new Fixture(base)) {
      Map<TemplateId, float[]> held = new LinkedHashMap<>();
      Map<TemplateId, float[]> erased = new LinkedHashMap<>();
      for (int step = 0; step < 200; step++) {
        if (held.isEmpty() || random.nextInt(5) < 3) {
          float[] floats = Fixture.unit(random, 64);
          held.put(f.seal(floats), floats);
        } else {
          TemplateId gone =
              held.keySet().stream().skip(random.nextInt(held.size())).findFirst().get();
          erased.put(gone, held.remove(gone));
          assertThat(f.vault.erase(gone)).isInstanceOf(Erasure.Done.class);
        }
        if (step % 50 == 49) f.reopen();
        if (step % 20 == 0) {
          erased.forEach(
              (id, floats) -> {
                assertThat(f.search(floats, 400, -1).hits())
                    .as("seed %d", seed)
                    .extracting(Hit::template)
                    .doesNotContain(id);
                assertThat(f.vault.compare(id, f.binding, Fixture.segment(floats)))
                    .isInstanceOf(Reading.NotHeld.class);
              });
        }
      }
      held.forEach(
          (id, floats) ->
              assertThat(f.search(floats, 1, 0.99).hits())
                  .as("seed %d", seed)
                  .extracting(Hit::template)
                  .containsExactly(id));
      assertThat(f.vault.list()).extracting(Held::template).containsAll(held.keySet());
      assertThat(f.vault.size(f.gallery)).isEqualTo(held.size());
    }
  }

  @Test
  void looks_only_at_those_it_may_look_at() {
    try (Fixture f = new Fixture(base)) {
      float[] floats = Fixture.unit(1, 128);
      TemplateId twin = f.seal(floats);
      TemplateId other = f.seal(Fixture.near(floats, 0.9, new Random(2)));
      List<TemplateId> asked = new ArrayList<>();
      SearchResult found =
          f.vault.search(
              f.gallery,
              Fixture.MODEL,
              Fixture.segment(floats),
              1,
              0.5,
              id -> {
                asked.add(id);
                return !id.equals(twin);
              });
      assertThat(asked).contains(twin, other);
      assertThat(found.hits()).extracting(Hit::template).containsExactly(other);
    }
  }

  @Test
  void an_expired_template_is_not_found_before_any_sweep() {
    try (Fixture f = new Fixture(base)) {
      float[] floats = Fixture.unit(1, 128);
      TemplateId id = f.seal(floats);
      f.now = Fixture.NEXT_YEAR.minusMillis(1);
      assertThat(f.search(floats, 1, 0.5).hits()).hasSize(1);
      f.now = Fixture.NEXT_YEAR;
      assertThat(f.search(floats, 1, 0.5).hits()).isEmpty();
      assertThat(f.vault.open(id, f.binding))
          .isEqualTo(new Reading.Expired<>(id, Fixture.NEXT_YEAR));
      assertThat(f.vault.compare(id, f.binding, Fixture.segment(floats)))
          .isEqualTo(new Reading.Expired<>(id, Fixture.NEXT_YEAR));
      f.reopen();
      assertThat(f.search(floats, 1, 0.5).hits()).isEmpty();
      assertThat(f.vault.list()).extracting(Held::template).containsExactly(id);
    }
  }

  @Test
  void galleries_and_models_do_not_see_each_other() {
    try (Fixture f = new Fixture(base)) {
      float[] floats = Fixture.unit(1, 128);
      f.seal(floats);
      GalleryId elsewhere = GalleryId.random(f.random);
      ModelId otherModel = new ModelId("face-512", "2");
      assertThat(
              f.vault
                  .search(elsewhere, Fixture.MODEL, Fixture.segment(floats), 5, -1, Vault.EVERYONE)
                  .hits())
          .isEmpty();
      assertThat(
              f.vault
                  .search(f.gallery, otherModel, Fixture.segment(floats), 5, -1, Vault.EVERYONE)
                  .hits())
          .isEmpty();
      assertThatThrownBy(() -> f.search(Fixture.unit(1, 64), 5, -1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("probe has 64 values, model `face-512@1` makes 128");
    }
  }

  @Test
  void a_damaged_template_is_reported_and_hides_nobody_else() throws Exception {
    try (Fixture f = new Fixture(base)) {
      Random random = new Random(5);
      float[] floats = Fixture.unit(random, 128);
      TemplateId best = f.seal(floats);
      TemplateId second = f.seal(Fixture.near(floats, 0.8, random));
      TemplateId third = f.seal(Fixture.near(floats, 0.6, random));
      assertThat(f.search(floats, 2, 0.3).hits())
          .extracting(Hit::template)
          .containsExactly(best, second);
      Damages.flipBit(f.directory.resolve("templates/" + best + ".tpl"), 2000 / 8);
      SearchResult found = f.search(floats, 2, 0.3);
      assertThat(found.hits()).extracting(Hit::template).containsExactly(second, third);
      assertThat(found.damaged()).containsExactly(best);
      f.reopen();
      assertThat(f.search(floats, 2, 0.3)).isEqualTo(found);
      assertThat(f.vault.erase(best)).isInstanceOf(Erasure.Done.class);
      assertThat(f.search(floats, 2, 0.3).damaged()).isEmpty();
    }
  }

  @Test
  void rounding_to_bytes_never_understates_its_error() {
    Random random = new Random(3);
    Kernel kernel = Kernel.best();
    for (int round = 0; round < 300; round++) {
      float[] one = Fixture.unit(random, 64);
      float[] two = Fixture.near(one, random.nextDouble(), random);
      if (round % 3 == 0) one[random.nextInt(64)] = 5;
      try (Vector x = Vector.of(Fixture.segment(one)).normalise(kernel);
          Vector y = Vector.of(Fixture.segment(two)).normalise(kernel);
          Rows rows = new Rows(new Rows.Kind(Fixture.MODEL, 64, TransformId.NONE), false, kernel)) {
        double cosine = x.cosine(y, kernel);
        rows.put(new TemplateId(0, round), Long.MAX_VALUE, y.values());
        Candidates candidates = new Candidates(1, -1);
        rows.scan(x.values(), 0, Vault.EVERYONE, Set.of(), candidates);
        double bound =
            candidates.best().stream()
                .collect(Collectors.averagingDouble(Candidates.Candidate::bound));
        assertThat(bound).isBetween(cosine - 1e-12, cosine + 0.2);
      }
    }
  }

  @Test
  void a_time_to_live_must_lie_ahead() {
    try (Fixture f = new Fixture(base)) {
      assertThatThrownBy(
              () ->
                  f.vault.seal(
                      TemplateId.random(f.random),
                      KeyId.random(f.random),
                      f.binding,
                      Fixture.segment(Fixture.unit(1, 8)),
                      Fixture.START.minus(Duration.ofSeconds(1))))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("would expire");
    }
  }
}
