package cn.mingmian.ledger;

/// One file of a log as it is served. Immutable.
public final class Resource {
  private final byte[] bytes;
  private final String mediaType;
  private final boolean immutable;

  Resource(byte[] bytes, String mediaType, boolean immutable) {
    this.bytes = bytes;
    this.mediaType = mediaType;
    this.immutable = immutable;
  }

  public byte[] bytes() {
    return bytes.clone();
  }

  /// For the header `Content-Type`.
  public String mediaType() {
    return mediaType;
  }

  /// Whether the bytes under this path never change: tiles and bundles do not, the checkpoint does.
  public boolean immutable() {
    return immutable;
  }
}
