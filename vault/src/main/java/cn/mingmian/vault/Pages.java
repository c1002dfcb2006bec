package cn.mingmian.vault;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.Locale;
import java.util.Optional;

/// Memory for many rows. On Linux it is asked for in large pages, because a scan over small ones
/// waits for the page tables a third of its time, and is kept out of core dumps. Elsewhere it is
/// ordinary native memory. Immutable.
final class Pages {
  private static final long LARGE = 2L << 20;
  private static final int READ_AND_WRITE = 3;
  private static final int PRIVATE_AND_NO_FILE = 0x22;
  private static final int USE_LARGE_PAGES = 14;
  private static final int KEEP_OUT_OF_DUMPS = 16;
  private static final long FAILED = -1;

  /// Linux's own calls for memory; absent on other systems.
  private static final Optional<Calls> LINUX =
      System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("linux")
          ? Optional.of(Calls.find())
          : Optional.empty();

  private record Calls(MethodHandle map, MethodHandle unmap, MethodHandle advise) {
    static Calls find() {
      Linker linker = Linker.nativeLinker();
      SymbolLookup library = linker.defaultLookup();
      return new Calls(
          linker.downcallHandle(
              library.findOrThrow("mmap"),
              FunctionDescriptor.of(
                  ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG)),
          linker.downcallHandle(
              library.findOrThrow("munmap"), FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG)),
          linker.downcallHandle(
              library.findOrThrow("madvise"),
              FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT)));
    }
  }

  private Pages() {}

  /// Zeroed memory that starts at a multiple of 64 bytes and is given back when the arena closes.
  static MemorySegment allocate(Arena arena, long bytes) {
    // A large page for a few rows would be wasted.
    return bytes < LARGE || LINUX.isEmpty()
        ? arena.allocate(bytes, 64)
        : map(LINUX.get(), arena, bytes);
  }

  private static MemorySegment map(Calls linux, Arena arena, long bytes) {
    // Room for the start to be moved to where a large page can begin.
    long size = bytes + LARGE;
    try {
      MemorySegment start =
          (MemorySegment)
              linux.map.invokeExact(
                  MemorySegment.NULL, size, READ_AND_WRITE, PRIVATE_AND_NO_FILE, -1, 0L);
      if (start.address() == FAILED) throw new OutOfMemoryError("no %d bytes".formatted(size));
      MemorySegment whole = start.reinterpret(size, arena, gone -> unmap(linux, gone, size));
      MemorySegment aligned = whole.asSlice(-start.address() & (LARGE - 1), bytes);
      // Advice: where the system does not follow it, search is slower and answers the same.
      int large = (int) linux.advise.invokeExact(aligned, bytes, USE_LARGE_PAGES);
      int dumps = (int) linux.advise.invokeExact(aligned, bytes, KEEP_OUT_OF_DUMPS);
      assert large <= 0 && dumps <= 0;
      return aligned;
    } catch (Throwable broken) {
      throw unexpected(broken);
    }
  }

  private static void unmap(Calls linux, MemorySegment memory, long size) {
    try {
      int done = (int) linux.unmap.invokeExact(memory, size);
      if (done != 0) throw new IllegalStateException("memory of %d bytes stays".formatted(size));
    } catch (Throwable broken) {
      throw unexpected(broken);
    }
  }

  /// A call into the system's library declares `Throwable` and throws none that can be caught.
  private static RuntimeException unexpected(Throwable broken) {
    switch (broken) {
      case Error error -> throw error;
      case RuntimeException runtime -> throw runtime;
      default -> throw new IllegalStateException(broken);
    }
  }
}
