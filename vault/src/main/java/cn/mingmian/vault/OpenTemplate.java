package cn.mingmian.vault;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Instant;

/// A template in clear, in native memory, until closed. One thread at a time.
///
/// Whoever opened it closes it; closing zeroes the floats and frees them.
public final class OpenTemplate implements AutoCloseable {
  private final Arena arena = Arena.ofShared();
  private final MemorySegment floats;
  private final TemplateId template;
  private final Binding binding;
  private final Instant expiresAt;

  OpenTemplate(TemplateId template, Binding binding, Instant expiresAt, int dimensions) {
    this.template = template;
    this.binding = binding;
    this.expiresAt = expiresAt;
    this.floats = arena.allocate(ValueLayout.JAVA_FLOAT, dimensions);
  }

  public TemplateId template() {
    return template;
  }

  public Binding binding() {
    return binding;
  }

  public Instant expiresAt() {
    return expiresAt;
  }

  /// The values as they were sealed, in native byte order; unusable after `close`.
  public MemorySegment floats() {
    return floats;
  }

  public int dimensions() {
    return (int) (floats.byteSize() / Float.BYTES);
  }

  @Override
  public void close() {
    if (!arena.scope().isAlive()) return;
    floats.fill((byte) 0);
    arena.close();
  }
}
