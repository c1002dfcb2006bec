package cn.mingmian.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VaultTest {
  @TempDir Path base;

  @Test
  void a_sealed_template_opens_as_it_was_also_after_a_restart() {
    try (Fixture f = new Fixture(base)) {
      float[] floats = Fixture.unit(1, 512);
      TemplateId id = f.seal(floats);
      for (int round = 0; round < 2; round++) {
        Reading<OpenTemplate> reading = f.vault.open(id, f.binding);
        assertThat(reading).isInstanceOf(Reading.Read.class);
        try (OpenTemplate opened = ((Reading.Read<OpenTemplate>) reading).value()) {
          assertThat(opened.floats().toArray(ValueLayout.JAVA_FLOAT))
              .containsExactly(floats, within(1e-6f));
          assertThat(opened.binding()).isEqualTo(f.binding);
        }
        f.reopen();
      }
    }
  }

  @Test
  void compares_and_finds_the_right_person_and_no_stranger() {
    try (Fixture f = new Fixture(base)) {
      Random random = new Random(7);
      TemplateId[] ids = new TemplateId[20];
      float[][] people = new float[20][];
      for (int i = 0; i < ids.length; i++) {
        people[i] = Fixture.unit(random, 512);
        ids[i] = f.seal(people[i]);
      }
      float[] probe = Fixture.near(people[3], 0.7, random);
      SearchResult found = f.search(probe, 5, 0.4);
      assertThat(found.hits()).extracting(Hit::template).containsExactly(ids[3]);
      assertThat(f.search(Fixture.unit(99, 512), 5, 0.4).hits()).isEmpty();
      Reading<Double> same = f.vault.compare(ids[3], f.binding, Fixture.segment(probe));
      assertThat(((Reading.Read<Double>) same).value()).isEqualTo(found.hits().getFirst().cosine());
    }
  }

  @Test
  void an_erased_key_takes_all_its_templates_and_repeats_its_evidence() {
    try (Fixture f = new Fixture(base)) {
      KeyId key = KeyId.random(f.random);
      float[] floats = Fixture.unit(1, 512);
      TemplateId one = f.seal(key, floats);
      TemplateId two = f.seal(key, Fixture.unit(2, 512));
      TemplateId other = f.seal(Fixture.unit(3, 512));
      Erasure.Done done = (Erasure.Done) f.vault.erase(key);
      assertThat(done.templates()).isEqualTo(2);
      assertThat(done.keys()).isEqualTo(3);
      assertThat(done.bytes()).isGreaterThan(2 * 512 * 4);
      assertThat(f.vault.erase(key)).isEqualTo(done);
      f.reopen();
      assertThat(f.vault.erase(key)).isEqualTo(done);
      for (TemplateId id : new TemplateId[] {one, two}) {
        assertThat(f.vault.open(id, f.binding)).isInstanceOf(Reading.NotHeld.class);
      }
      assertThat(f.search(floats, 5, 0.4).hits()).isEmpty();
      assertThat(f.vault.list()).extracting(Held::template).containsExactly(other);
      MemorySegment again = Fixture.segment(floats);
      assertThatThrownBy(
              () ->
                  f.vault.seal(
                      TemplateId.random(f.random), key, f.binding, again, Fixture.NEXT_YEAR))
          .isInstanceOf(KeyErasedException.class);
    }
  }
}
