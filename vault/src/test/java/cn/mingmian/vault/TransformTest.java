package cn.mingmian.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TransformTest {
  @TempDir Path base;

  private static double cosine(float[] a, float[] b) {
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      ab += (double) a[i] * b[i];
      aa += (double) a[i] * a[i];
      bb += (double) b[i] * b[i];
    }
    return ab / Math.sqrt(aa * bb);
  }

  @ParameterizedTest
  @EnumSource(Suite.class)
  void the_matrix_is_orthonormal_and_its_inverse_its_transpose(Suite suite) {
    byte[] seed = new byte[32];
    new Random(5).nextBytes(seed);
    int n = 96;
    double[][] q = KeyedTransform.orthonormal(KeyedTransform.gaussians(suite, seed, n));
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double dot = 0;
        for (int k = 0; k < n; k++) dot += q[i][k] * q[j][k];
        assertThat(dot).isCloseTo(i == j ? 1 : 0, within(1e-13));
      }
    }
    try (KeyedTransform transform = new KeyedTransform(suite, seed, n, Kernel.best());
        Vector x = Vector.of(Fixture.segment(Fixture.unit(1, n)));
        Vector y = new Vector(n);
        Vector back = new Vector(n)) {
      transform.apply(x.values(), y.values());
      transform.undo(y.values(), back.values());
      for (int i = 0; i < n; i++) {
        assertThat(back.values().getAtIndex(ValueLayout.JAVA_DOUBLE, i))
            .isCloseTo(x.values().getAtIndex(ValueLayout.JAVA_DOUBLE, i), within(1e-14));
      }
    }
  }

  @Test
  void gaussians_are_gaussian() {
    double[][] a = KeyedTransform.gaussians(Suite.AES_256_GCM_SHA_256, new byte[32], 300);
    double sum = 0;
    double squares = 0;
    double fourths = 0;
    for (double[] row : a) {
      for (double g : row) {
        sum += g;
        squares += g * g;
        fourths += g * g * g * g;
      }
    }
    // Five standard deviations of each mean over 90,000 values.
    assertThat(sum / 90_000).isCloseTo(0, within(5 * Math.sqrt(1 / 90_000.0)));
    assertThat(squares / 90_000).isCloseTo(1, within(5 * Math.sqrt(2 / 90_000.0)));
    assertThat(fourths / 90_000).isCloseTo(3, within(5 * Math.sqrt(96 / 90_000.0)));
  }

  @Test
  void scores_are_those_of_the_captured_vectors_to_one_millionth() {
    try (Fixture f = new Fixture(base)) {
      Random random = new Random(4);
      float[] one = Fixture.unit(random, 512);
      TemplateId id = f.seal(one);
      double worst = 0;
      for (int round = 0; round < 40; round++) {
        float[] probe = Fixture.near(one, random.nextDouble() * 2 - 1, random);
        Reading<Double> reading = f.vault.compare(id, f.binding, Fixture.segment(probe));
        double error = ((Reading.Read<Double>) reading).value() - cosine(one, probe);
        worst = Math.max(worst, Math.abs(error));
      }
      assertThat(worst).isLessThan(1e-6);
    }
  }

  @Test
  void two_galleries_store_one_face_in_unlike_vectors() {
    try (Fixture f = new Fixture(base)) {
      byte[] seed = new byte[32];
      float[] face = Fixture.unit(1, 512);
      try (KeyedTransform one =
              new KeyedTransform(Suite.AES_256_GCM_SHA_256, seed, 512, Kernel.best());
          Vector x = Vector.of(Fixture.segment(face));
          Vector y = new Vector(512);
          Vector z = new Vector(512)) {
        one.apply(x.values(), y.values());
        seed[0] = 1;
        try (KeyedTransform two =
            new KeyedTransform(Suite.AES_256_GCM_SHA_256, seed, 512, Kernel.best())) {
          two.apply(x.values(), z.values());
        }
        assertThat(Math.abs(y.cosine(z, Kernel.best()))).isLessThan(0.25);
        assertThat(Math.abs(y.cosine(x, Kernel.best()))).isLessThan(0.25);
      }
    }
  }

  @Test
  void a_renewed_gallery_finds_the_same_people_and_destroys_the_old_seed() throws Exception {
    try (Fixture f = new Fixture(base)) {
      Random random = new Random(6);
      List<float[]> faces = new ArrayList<>();
      List<TemplateId> ids = new ArrayList<>();
      KeyId shared = KeyId.random(f.random);
      for (int i = 0; i < 12; i++) {
        faces.add(Fixture.unit(random, 128));
        ids.add(i % 3 == 0 ? f.seal(shared, faces.get(i)) : f.seal(faces.get(i)));
      }
      List<byte[]> before = new ArrayList<>();
      for (TemplateId id : ids) before.add(stored(f, id));
      float[] probe = Fixture.near(faces.get(4), 0.7, random);
      SearchResult found = f.search(probe, 5, 0.1);
      for (int round = 0; round < 3; round++) {
        assertThat(f.vault.renewTransform(f.gallery))
            .isEqualTo(new Renewal(f.gallery, 12, List.of(), 1));
        if (round == 1) f.reopen();
        SearchResult again = f.search(probe, 5, 0.1);
        assertThat(again.hits())
            .extracting(Hit::template)
            .containsExactlyElementsOf(found.hits().stream().map(Hit::template).toList());
        assertThat(again.hits().getFirst().cosine())
            .isCloseTo(found.hits().getFirst().cosine(), within(1e-6));
      }
      for (int i = 0; i < 12; i++) {
        // Another transform, another key: nothing of the ciphertext is as it was.
        assertThat(stored(f, ids.get(i))).isNotEqualTo(before.get(i));
      }
      assertThat(f.vault.erase(shared)).isInstanceOf(Erasure.Done.class);
      f.reopen();
      assertThat(f.vault.list()).hasSize(8);
      assertThat(f.search(faces.get(4), 1, 0.99).hits()).hasSize(1);
    }
  }

  private static byte[] stored(Fixture f, TemplateId id) throws Exception {
    return Files.readAllBytes(f.directory.resolve("templates").resolve(id + ".tpl"));
  }

  @Test
  void a_renewal_that_finds_a_damaged_template_keeps_its_seed_and_goes_on_later() throws Exception {
    try (Fixture f = new Fixture(base)) {
      float[] face = Fixture.unit(1, 64);
      TemplateId good = f.seal(face);
      TemplateId bad = f.seal(Fixture.unit(2, 64));
      Damages.flipBit(f.directory.resolve("templates/" + bad + ".tpl"), 250);
      assertThat(f.vault.renewTransform(f.gallery))
          .isEqualTo(new Renewal(f.gallery, 1, List.of(bad), 0));
      assertThat(f.search(face, 1, 0.99).hits()).hasSize(1);
      f.vault.erase(bad);
      f.reopen();
      assertThat(f.vault.renewTransform(f.gallery))
          .isEqualTo(new Renewal(f.gallery, 0, List.of(), 1));
      assertThat(f.vault.open(good, f.binding)).isInstanceOf(Reading.Read.class);
    }
  }

  /// Every moment at which a crash can leave the two keys and two files of one renewal.
  @Test
  void an_interrupted_renewal_is_completed_or_undone_at_opening() throws Exception {
    try (Fixture f = new Fixture(base)) {
      float[] face = Fixture.unit(1, 64);
      TemplateId id = f.seal(face);
      f.vault.close();
      Path template = f.directory.resolve("templates/" + id + ".tpl");
      Path renewed = f.directory.resolve("templates/" + id + ".new");
      Path table = f.directory.resolve("keys-0000000000000001.tab");
      byte[] oldFile = Files.readAllBytes(template);
      byte[] oldTable = Files.readAllBytes(table);
      f.vault = Vault.open(f.directory, f.root, f.random, f);
      f.vault.renewTransform(f.gallery);
      f.vault.close();
      byte[] newFile = Files.readAllBytes(template);
      byte[] newTable = Files.readAllBytes(table);
      // Slots 1 owner, 2 old seed, 3 old template key, 4 new seed, 5 new template key.
      byte[] both = newTable.clone();
      System.arraycopy(oldTable, 256, both, 256, 256);

      byte[] seedOnly = oldTable.clone();
      System.arraycopy(newTable, 4 * 128, seedOnly, 4 * 128, 128);
      record Moment(String when, byte[] file, byte[] made, byte[] table) {}
      byte[] none = {};
      for (Moment moment :
          List.of(
              new Moment("seed written", oldFile, none, seedOnly),
              new Moment("file half-written", oldFile, new byte[40], seedOnly),
              new Moment("file written", oldFile, newFile, seedOnly),
              new Moment("key written", oldFile, newFile, both),
              new Moment("moved", newFile, none, both))) {
        Files.write(template, moment.file());
        if (moment.made().length > 0) Files.write(renewed, moment.made());
        Files.write(table, moment.table());
        f.vault = Vault.open(f.directory, f.root, f.random, f);
        assertThat(f.search(face, 1, 0.999).hits()).as(moment.when()).hasSize(1);
        assertThat(renewed).as(moment.when()).doesNotExist();
        f.vault.renewTransform(f.gallery);
        assertThat(f.search(face, 1, 0.999).hits()).as(moment.when()).hasSize(1);
        assertThat(f.vault.erase(id)).isInstanceOf(Erasure.Done.class);
        f.vault.close();
        Files.write(
            f.directory.resolve("erasures.log"),
            java.util.Arrays.copyOf(Files.readAllBytes(f.directory.resolve("erasures.log")), 128));
      }
      f.vault = Vault.open(f.directory, f.root, f.random, f);
    }
  }

  @Test
  void searching_sealing_and_erasing_go_on_while_a_gallery_is_renewed() throws Exception {
    try (Fixture f = new Fixture(base);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<float[]> faces = new ArrayList<>();
      List<TemplateId> ids = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        faces.add(Fixture.unit(i, 64));
        ids.add(f.seal(faces.get(i)));
      }
      AtomicBoolean over = new AtomicBoolean();
      Future<?> reader =
          threads.submit(
              () -> {
                for (int i = 0; !over.get(); i = (i + 1) % 30) {
                  SearchResult found = f.search(faces.get(i), 3, 0.9);
                  assertThat(found.hits()).extracting(Hit::template).containsExactly(ids.get(i));
                  assertThat(found.damaged()).isEmpty();
                }
              });
      Future<?> writer =
          threads.submit(
              () -> {
                Random random = new Random(1001); // none of the faces above
                while (!over.get()) f.vault.erase(f.seal(Fixture.unit(random, 64)));
              });
      for (int i = 0; i < 4; i++) {
        assertThat(f.vault.renewTransform(f.gallery).left()).isEmpty();
        f.vault.changeEpoch();
      }
      over.set(true);
      reader.get();
      writer.get();
      f.reopen();
      for (int i = 0; i < 30; i++) {
        assertThat(f.search(faces.get(i), 3, 0.9).hits())
            .extracting(Hit::template)
            .containsExactly(ids.get(i));
      }
    }
  }
}
