package cn.mingmian.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConcurrencyTest {
  @TempDir Path base;

  @Test
  void nobody_is_found_after_the_erasure_returned_while_others_seal_and_search() throws Exception {
    long seed = new Random().nextLong();
    try (Fixture f = new Fixture(base)) {
      Set<TemplateId> erased = ConcurrentHashMap.newKeySet();
      Set<TemplateId> held = ConcurrentHashMap.newKeySet();
      float[] middle = Fixture.unit(seed, 64);
      List<Future<?>> work = new ArrayList<>();
      try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
        for (int t = 0; t < 3; t++) {
          Random random = new Random(seed + t);
          work.add(
              threads.submit(
                  () -> {
                    List<TemplateId> mine = new ArrayList<>();
                    for (int i = 0; i < 60; i++) {
                      TemplateId id = f.seal(Fixture.near(middle, 0.8, random));
                      held.add(id);
                      mine.add(id);
                      if (i % 2 == 1) {
                        TemplateId gone = mine.remove(random.nextInt(mine.size()));
                        held.remove(gone);
                        f.vault.erase(gone);
                        erased.add(gone);
                      }
                    }
                  }));
        }
        for (int t = 0; t < 3; t++) {
          work.add(
              threads.submit(
                  () -> {
                    for (int i = 0; i < 60; i++) {
                      Set<TemplateId> before = new HashSet<>(erased);
                      Set<TemplateId> sure = new HashSet<>(held);
                      SearchResult found = f.search(middle, 1000, -1);
                      assertThat(found.damaged()).isEmpty();
                      Set<TemplateId> ids = new HashSet<>();
                      for (Hit hit : found.hits()) ids.add(hit.template());
                      before.retainAll(ids);
                      assertThat(before).as("found though erased").isEmpty();
                      sure.retainAll(held);
                      sure.removeAll(ids);
                      assertThat(sure).as("held but not found").isEmpty();
                    }
                  }));
        }
      }
      for (Future<?> done : work) done.get();
      assertThat(f.search(middle, 1000, -1).hits())
          .as("seed %d", seed)
          .extracting(Hit::template)
          .containsExactlyInAnyOrderElementsOf(held);
    }
  }
}
