package cn.mingmian.vault;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.function.Function;

/// A 32-byte secret in native memory, zeroed when closed. Thread-safe until closed.
final class Secret implements AutoCloseable {
  static final int BYTES = 32;

  private final Arena arena = Arena.ofShared();
  private final MemorySegment memory;

  /// Takes the secret over: `bytes` is zeroed.
  Secret(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException(
          "secret has %d bytes, expected %d".formatted(bytes.length, BYTES));
    }
    memory = arena.allocate(BYTES);
    MemorySegment.copy(bytes, 0, memory, ValueLayout.JAVA_BYTE, 0, BYTES);
    Arrays.fill(bytes, (byte) 0);
  }

  /// Lends a heap copy to `use` and zeroes it afterwards.
  <T> T lend(Function<byte[], T> use) {
    byte[] copy = memory.toArray(ValueLayout.JAVA_BYTE);
    try {
      return use.apply(copy);
    } finally {
      Arrays.fill(copy, (byte) 0);
    }
  }

  @Override
  public void close() {
    if (!arena.scope().isAlive()) return;
    memory.fill((byte) 0);
    arena.close();
  }
}
