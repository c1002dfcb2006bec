package cn.mingmian.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecrecyTest {
  @TempDir Path base;

  private static byte[] floatBytes(float[] floats, ByteOrder order) {
    ByteBuffer bytes = ByteBuffer.allocate(floats.length * 4).order(order);
    for (float value : floats) bytes.putFloat(value);
    return bytes.array();
  }

  /// As the search keeps them, were it not for the keyed transform.
  private static byte[] rounded(float[] floats) {
    try (Vector unit = Vector.of(Fixture.segment(floats)).normalise(new ScalarKernel());
        Arena arena = Arena.ofConfined()) {
      MemorySegment bytes = arena.allocate(floats.length);
      Rows.quantise(unit.values(), floats.length, bytes, 0);
      return bytes.toArray(ValueLayout.JAVA_BYTE);
    }
  }

  private static boolean contains(Path file, byte[] wanted) throws Exception {
    try (FileChannel channel = FileChannel.open(file);
        Arena arena = Arena.ofConfined()) {
      if (channel.size() < wanted.length) return false;
      MemorySegment map = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
      long last = map.byteSize() - wanted.length;
      for (long at = 0; at <= last; at++) {
        if (map.get(ValueLayout.JAVA_BYTE, at) != wanted[0]) continue;
        int i = 1;
        while (i < wanted.length && map.get(ValueLayout.JAVA_BYTE, at + i) == wanted[i]) i++;
        if (i == wanted.length) return true;
      }
      return false;
    }
  }

  @Test
  void no_template_lies_on_disk_in_clear_in_any_form() throws Exception {
    try (Fixture f = new Fixture(base)) {
      Random random = new Random(1);
      float[][] people = new float[8][];
      for (int i = 0; i < people.length; i++) {
        people[i] = Fixture.unit(random, 128);
        f.seal(people[i]);
        f.search(people[i], 1, 0.5);
      }
      f.vault.changeEpoch();
      f.reopen();
      try (Stream<Path> files = Files.walk(f.directory)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          for (float[] floats : people) {
            // Eight values in a row are not there by chance.
            for (byte[] form :
                new byte[][] {
                  floatBytes(floats, ByteOrder.LITTLE_ENDIAN),
                  floatBytes(floats, ByteOrder.BIG_ENDIAN)
                }) {
              byte[] part = java.util.Arrays.copyOfRange(form, 64, 96);
              assertThat(contains(file, part)).as("%s", file).isFalse();
            }
            byte[] part = java.util.Arrays.copyOfRange(rounded(floats), 16, 32);
            assertThat(contains(file, part)).as("%s", file).isFalse();
          }
        }
      }
    }
  }

  /// The search of this test finds what it looks for: else the test above would prove nothing.
  @Test
  void a_template_in_clear_would_be_noticed() throws Exception {
    float[] floats = Fixture.unit(1, 128);
    Path file = base.resolve("clear");
    Files.write(file, floatBytes(floats, ByteOrder.LITTLE_ENDIAN));
    assertThat(contains(file, java.util.Arrays.copyOfRange(Files.readAllBytes(file), 64, 96)))
        .isTrue();
  }

  @Test
  void an_erased_template_leaves_no_byte_in_any_file() throws Exception {
    try (Fixture f = new Fixture(base)) {
      KeyId key = KeyId.random(f.random);
      TemplateId id = f.seal(key, Fixture.unit(1, 128));
      Path file = f.directory.resolve("templates/" + id + ".tpl");
      byte[] sealed = Files.readAllBytes(file);
      byte[] slot;
      try (Stream<Path> files = Files.list(f.directory)) {
        Path table =
            files.filter(p -> p.getFileName().toString().startsWith("keys-")).findFirst().get();
        byte[] bytes = Files.readAllBytes(table);
        slot = java.util.Arrays.copyOfRange(bytes, 128 + 72, 128 + 120);
      }
      f.vault.erase(key);
      try (Stream<Path> files = Files.walk(f.directory)) {
        for (Path left : files.filter(Files::isRegularFile).toList()) {
          assertThat(contains(left, slot)).as("wrapped key in %s", left).isFalse();
          for (int at = 300; at + 16 < sealed.length; at += 16) {
            byte[] part = java.util.Arrays.copyOfRange(sealed, at, at + 16);
            assertThat(contains(left, part)).as("ciphertext in %s", left).isFalse();
          }
        }
      }
    }
  }

  @Test
  void a_heap_dump_after_use_holds_no_template() throws Exception {
    try (Fixture f = new Fixture(base)) {
      // Made and used in native memory only, as an engine would; only a mark of it stays.
      byte[] mark = new byte[16];
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment floats = arena.allocate(512 * 4L, 8);
        Random random = new Random(987);
        for (int i = 0; i < 512; i++) {
          floats.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) random.nextGaussian());
        }
        for (int i = 0; i < 16; i++) {
          // Inverted, so that the mark itself is not found.
          mark[i] = (byte) ~floats.get(ValueLayout.JAVA_BYTE, 400 + i);
        }
        TemplateId id = TemplateId.random(f.random);
        f.vault.seal(id, KeyId.random(f.random), f.binding, floats, Fixture.NEXT_YEAR);
        f.vault.compare(id, f.binding, floats);
        f.vault.search(f.gallery, Fixture.MODEL, floats, 1, 0.5, Vault.EVERYONE);
        Reading<OpenTemplate> reading = f.vault.open(id, f.binding);
        ((Reading.Read<OpenTemplate>) reading).value().close();
      }
      Path dump = base.resolve("heap.hprof");
      ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
          .dumpHeap(dump.toString(), true);
      byte[] big = new byte[16];
      byte[] little = new byte[16];
      for (int i = 0; i < 16; i++) {
        little[i] = (byte) ~mark[i];
        big[(i & ~3) + 3 - (i & 3)] = little[i];
      }
      // An array of bytes keeps the order of memory, an array of floats is dumped big-endian. The
      // two copies here are made after the dump.
      assertThat(contains(dump, little)).isFalse();
      assertThat(contains(dump, big)).isFalse();
    }
  }

  @Test
  void what_was_opened_is_zeroed_and_gone_when_closed() {
    try (Fixture f = new Fixture(base)) {
      TemplateId id = f.seal(Fixture.unit(1, 64));
      OpenTemplate opened = ((Reading.Read<OpenTemplate>) f.vault.open(id, f.binding)).value();
      MemorySegment floats = opened.floats();
      assertThat(floats.getAtIndex(ValueLayout.JAVA_FLOAT, 0)).isNotZero();
      opened.close();
      opened.close();
      assertThatThrownBy(() -> floats.getAtIndex(ValueLayout.JAVA_FLOAT, 0))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void a_removed_row_is_zeroed_in_memory() {
    Kernel kernel = Kernel.best();
    try (Rows rows = new Rows(new Rows.Kind(Fixture.MODEL, 8, TransformId.NONE), true, kernel)) {
      for (int i = 0; i < 3; i++) {
        try (Vector unit = Vector.of(Fixture.segment(Fixture.unit(i, 8))).normalise(kernel)) {
          rows.put(new TemplateId(0, i), Long.MAX_VALUE, unit.values());
        }
      }
      assertThat(rows.isZeroBeyond(3)).isTrue();
      assertThat(rows.isZeroBeyond(2)).isFalse();
      rows.remove(new TemplateId(0, 0));
      assertThat(rows.isZeroBeyond(2)).isTrue();
      assertThat(rows.isZeroBeyond(1)).isFalse();
    }
  }
}
