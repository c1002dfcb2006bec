package cn.mingmian.vault;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// One sealed template as it lies on disk: a header in clear, which is the associated data, then
/// nonce, ciphertext and tag.
///
/// @param header  the bytes before the nonce
record TemplateFile(
    Head head,
    TemplateId template,
    KeyId key,
    Binding binding,
    TransformId transform,
    long generation,
    long expiresMillis,
    int dimensions,
    byte[] header,
    byte[] nonce,
    byte[] sealed) {
  static final int MAX_DIMENSIONS = 1 << 14;
  static final int MAX_BYTES = 112 + 3 * 202 + 12 + MAX_DIMENSIONS * 4 + 16;
  private static final byte[] MAGIC = "MMTEMPL\0".getBytes(StandardCharsets.US_ASCII);
  private static final int FIXED = 108;

  /// A file that cannot be read as a template of this vault.
  static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;
    private final Reading.Damage damage;

    Unreadable(Reading.Damage damage, String detail) {
      super(detail, null, false, false);
      this.damage = damage;
    }

    Reading.Damage damage() {
      return damage;
    }
  }

  static String fileName(TemplateId template) {
    return template + ".tpl";
  }

  static byte[] header(
      Head head,
      TemplateId template,
      KeyId key,
      Binding binding,
      TransformId transform,
      long generation,
      long expiresMillis,
      int dimensions) {
    byte[] model = binding.model().name().getBytes(StandardCharsets.UTF_8);
    byte[] version = binding.model().version().getBytes(StandardCharsets.UTF_8);
    byte[] purpose = binding.purpose().getBytes(StandardCharsets.UTF_8);
    byte[] bytes = new byte[FIXED + 6 + model.length + version.length + purpose.length];
    ByteBuffer.wrap(bytes)
        .put(MAGIC)
        .putShort((short) Head.VERSION)
        .putShort((short) head.suite().id())
        .putInt(dimensions)
        .put(head.vault())
        .putLong(template.high())
        .putLong(template.low())
        .putLong(key.high())
        .putLong(key.low())
        .putLong(binding.gallery().high())
        .putLong(binding.gallery().low())
        .putLong(transform.high())
        .putLong(transform.low())
        .putInt((int) generation)
        .putLong(expiresMillis)
        .putShort((short) model.length)
        .put(model)
        .putShort((short) version.length)
        .put(version)
        .putShort((short) purpose.length)
        .put(purpose);
    return bytes;
  }

  static TemplateFile parse(Head head, byte[] file) throws Unreadable {
    if (file.length < FIXED) {
      throw new Unreadable(
          Reading.Damage.WRONG_LENGTH,
          "%d bytes, expected at least %d".formatted(file.length, FIXED));
    }
    if (!Arrays.equals(file, 0, 8, MAGIC, 0, 8)) {
      throw new Unreadable(Reading.Damage.NOT_A_TEMPLATE, "does not begin with MMTEMPL");
    }
    try {
      ByteBuffer in = ByteBuffer.wrap(file).position(8);
      int version = in.getShort();
      if (version != Head.VERSION) {
        throw new Unreadable(
            Reading.Damage.UNKNOWN_VERSION,
            "format version %d, this software reads %d".formatted(version, Head.VERSION));
      }
      int suite = in.getShort();
      int dimensions = in.getInt();
      byte[] vault = new byte[16];
      in.get(vault);
      if (suite != head.suite().id() || !Arrays.equals(vault, head.vault())) {
        throw new Unreadable(Reading.Damage.MISPLACED, "belongs to another vault");
      }
      TemplateId template = new TemplateId(in.getLong(), in.getLong());
      KeyId key = new KeyId(in.getLong(), in.getLong());
      GalleryId gallery = new GalleryId(in.getLong(), in.getLong());
      TransformId transform = new TransformId(in.getLong(), in.getLong());
      long generation = Integer.toUnsignedLong(in.getInt());
      long expires = in.getLong();
      ModelId model = new ModelId(text(in), text(in));
      Binding binding = new Binding(model, text(in), gallery);
      byte[] header = Arrays.copyOf(file, in.position());
      byte[] nonce = new byte[Suite.NONCE_BYTES];
      in.get(nonce);
      long wanted = dimensions * 4L + Suite.TAG_BYTES;
      if (dimensions < 1 || dimensions > MAX_DIMENSIONS || in.remaining() != wanted) {
        throw new Unreadable(
            Reading.Damage.WRONG_LENGTH,
            "%d bytes after the header of a template of %d values"
                .formatted(in.remaining(), dimensions));
      }
      byte[] sealed = new byte[in.remaining()];
      in.get(sealed);
      return new TemplateFile(
          head,
          template,
          key,
          binding,
          transform,
          generation,
          expires,
          dimensions,
          header,
          nonce,
          sealed);
    } catch (BufferUnderflowException e) {
      throw new Unreadable(
          Reading.Damage.WRONG_LENGTH,
          "ends within its header, at %d bytes".formatted(file.length));
    } catch (IllegalArgumentException e) {
      throw new Unreadable(Reading.Damage.ALTERED, "its header names no model and purpose");
    }
  }

  private static String text(ByteBuffer in) {
    int length = Short.toUnsignedInt(in.getShort());
    if (length > in.remaining()) throw new BufferUnderflowException();
    byte[] bytes = new byte[length];
    in.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
