package cn.mingmian.engine;

import cn.mingmian.engine.Unreadable.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// What a photo says about itself, read with bounds before anything of its size is allocated.
///
/// @param orientation EXIF, 1..8; 1 when there is none or it is not one of these
/// @param encoded     what the decoder is given: the bytes themselves, or a JPEG's copy without
///     metadata
@SuppressWarnings("ArrayRecordComponent") // never compared, printed or kept
record PhotoHeader(Type type, int width, int height, int orientation, byte[] encoded) {
  enum Type {
    JPEG,
    PNG,
    BMP,
    WEBP
  }

  /// Thrown inside the reader only; [PhotoReader] turns it into an answer.
  static final class NotAPhotoException extends RuntimeException {
    final transient Unreadable answer;

    NotAPhotoException(Reason reason, String detail) {
      super(detail);
      this.answer = new Unreadable(reason, detail);
    }
  }

  static PhotoHeader read(byte[] bytes) {
    if (bytes.length == 0) throw new NotAPhotoException(Reason.EMPTY, "0 bytes");
    if (starts(bytes, 0, 0xff, 0xd8, 0xff)) return jpeg(bytes);
    if (starts(bytes, 0, 0x89, 'P', 'N', 'G', 0x0d, 0x0a, 0x1a, 0x0a)) return png(bytes);
    if (starts(bytes, 0, 'R', 'I', 'F', 'F') && starts(bytes, 8, 'W', 'E', 'B', 'P'))
      return webp(bytes);
    if (starts(bytes, 0, 'B', 'M')) return bmp(bytes);
    throw new NotAPhotoException(
        Reason.UNSUPPORTED_TYPE, "no JPEG, PNG, BMP or WebP signature in the first bytes");
  }

  private static boolean starts(byte[] bytes, int offset, int... expected) {
    if (bytes.length < offset + expected.length) return false;
    for (int i = 0; i < expected.length; i++) {
      if ((bytes[offset + i] & 0xff) != expected[i]) return false;
    }
    return true;
  }

  // --- JPEG: ITU-T T.81, annex B -------------------------------------------------------------

  private static PhotoHeader jpeg(byte[] bytes) {
    Jpeg jpeg = Jpeg.scan(bytes);
    return new PhotoHeader(
        Type.JPEG, jpeg.width(), jpeg.height(), jpeg.orientation(), jpeg.stripped());
  }

  // --- PNG: ISO/IEC 15948; APNG's `acTL` says animation -----------------------------------------

  private static PhotoHeader png(byte[] bytes) {
    Bounded in = new Bounded(bytes, 8);
    if (in.u32() != 13 || in.u32() != tag("IHDR"))
      throw new NotAPhotoException(Reason.DAMAGED, "PNG does not begin with IHDR");
    long width = in.u32();
    long height = in.u32();
    int depth = in.u8();
    int colour = in.u8();
    if (depth > 16 || colour > 6)
      throw new NotAPhotoException(
          Reason.DAMAGED, "PNG depth `%d`, colour type `%d`".formatted(depth, colour));
    in.skip(3 + 4);
    int orientation = 1;
    boolean data = false;
    try (Essence essence = new Essence(bytes.length)) {
      essence.add(bytes, 0, in.position());
      while (in.left() > 0) {
        int start = in.position();
        long length = in.u32();
        int type = (int) in.u32();
        if (type == tag("acTL"))
          throw new NotAPhotoException(Reason.SEVERAL_FRAMES, "animated PNG");
        if (length > in.left() - 4L) {
          throw new NotAPhotoException(
              Reason.TRUNCATED, "PNG chunk of %d bytes, %d left".formatted(length, in.left()));
        }
        if (type == tag("eXIf")) orientation = Exif.orientation(bytes, in.position(), (int) length);
        in.skip(length + 4);
        data |= type == tag("IDAT");
        boolean pixels =
            type == tag("IDAT")
                || type == tag("PLTE")
                || type == tag("tRNS")
                || type == tag("IEND");
        if (pixels) essence.add(bytes, start, in.position() - start);
        if (type == tag("IEND")) {
          if (!data) throw new NotAPhotoException(Reason.DAMAGED, "PNG without image data");
          return new PhotoHeader(Type.PNG, size(width), size(height), orientation, essence.take());
        }
      }
    }
    throw new NotAPhotoException(Reason.TRUNCATED, "PNG without IEND");
  }

  // --- BMP: Windows bitmap headers of 40 bytes and more -----------------------------------------

  private static PhotoHeader bmp(byte[] bytes) {
    Bounded in = new Bounded(bytes, 10);
    long offset = in.u32le();
    long header = in.u32le();
    if (header < 40 || header > 124)
      throw new NotAPhotoException(
          Reason.UNSUPPORTED_TYPE, "BMP header of %d bytes, expected 40 to 124".formatted(header));
    int width = (int) in.u32le();
    int height = (int) in.u32le();
    in.skip(2);
    int bits = in.u16le();
    long compression = in.u32le();
    if ((bits != 24 && bits != 32 && bits != 8)
        || (compression != 0 && !(compression == 3 && bits == 32))) {
      throw new NotAPhotoException(
          Reason.UNSUPPORTED_COLOURS,
          "BMP of %d bits, compression %d; expected 8, 24 or 32 bits, uncompressed"
              .formatted(bits, compression));
    }
    long rows = Math.abs((long) height);
    if (width <= 0 || rows == 0 || rows > Integer.MAX_VALUE)
      throw new NotAPhotoException(
          Reason.DAMAGED, "BMP of %d x %d pixels".formatted(width, height));
    long stride = ((long) width * bits + 31) / 32 * 4;
    if (offset > bytes.length || stride > (bytes.length - offset) / rows) {
      // Too large a picture is told as such, not as a short file.
      if (stride * (double) rows <= Integer.MAX_VALUE) {
        throw new NotAPhotoException(
            Reason.TRUNCATED,
            "BMP of %d x %d pixels in %d bytes".formatted(width, rows, bytes.length));
      }
    }
    return new PhotoHeader(Type.BMP, width, (int) rows, 1, bytes);
  }

  // --- WebP: RFC 9649 ---------------------------------------------------------------------------

  private static PhotoHeader webp(byte[] bytes) {
    Bounded in = new Bounded(bytes, 4);
    long riff = in.u32le();
    if (riff > bytes.length - 8L)
      throw new NotAPhotoException(
          Reason.TRUNCATED, "WebP says %d bytes, %d are there".formatted(riff, bytes.length - 8));
    in.skip(4);
    int canvasWidth = 0;
    int canvasHeight = 0;
    int width = 0;
    int height = 0;
    int orientation = 1;
    int picture = 0;
    int pictureBytes = 0;
    while (in.left() >= 8) {
      int type = (int) in.u32();
      long length = in.u32le();
      if (length > in.left())
        throw new NotAPhotoException(
            Reason.TRUNCATED, "WebP chunk of %d bytes, %d left".formatted(length, in.left()));
      int start = in.position();
      if (type == tag("ANIM") || type == tag("ANMF"))
        throw new NotAPhotoException(Reason.SEVERAL_FRAMES, "animated WebP");
      if (type == tag("VP8X")) {
        int flags = in.u8();
        if ((flags & 0x02) != 0)
          throw new NotAPhotoException(Reason.SEVERAL_FRAMES, "animated WebP");
        in.skip(3);
        canvasWidth = 1 + in.u24le();
        canvasHeight = 1 + in.u24le();
      } else if (type == tag("VP8 ") || type == tag("VP8L")) {
        if (width != 0)
          throw new NotAPhotoException(Reason.SEVERAL_FRAMES, "WebP with several pictures");
        picture = start - 8;
        pictureBytes = (int) length;
        if (type == tag("VP8 ")) {
          int frame = in.u24le();
          if ((frame & 1) != 0 || in.u8() != 0x9d || in.u8() != 0x01 || in.u8() != 0x2a) {
            throw new NotAPhotoException(Reason.DAMAGED, "VP8 does not begin with a key frame");
          }
          width = in.u16le() & 0x3fff;
          height = in.u16le() & 0x3fff;
        } else {
          if (in.u8() != 0x2f)
            throw new NotAPhotoException(Reason.DAMAGED, "VP8L signature missing");
          long packed = in.u32le();
          width = 1 + (int) (packed & 0x3fff);
          height = 1 + (int) (packed >> 14 & 0x3fff);
        }
      } else if (type == tag("EXIF")) {
        orientation = Exif.orientation(bytes, start, (int) length);
      }
      in.seek(start);
      in.skip(Math.min(in.left(), length + (length & 1)));
    }
    if (width == 0 || height == 0)
      throw new NotAPhotoException(Reason.TRUNCATED, "WebP without a picture");
    if (canvasWidth != 0 && (canvasWidth != width || canvasHeight != height)) {
      throw new NotAPhotoException(
          Reason.DAMAGED,
          "WebP canvas is %d x %d, picture %d x %d"
              .formatted(canvasWidth, canvasHeight, width, height));
    }
    // The simple file format: one chunk, padded to an even length. A lossy picture's separate alpha
    // plane is dropped, so it is opaque.
    int padded = Math.min(pictureBytes + (pictureBytes & 1), bytes.length - picture - 8);
    try (Essence essence = new Essence(padded + 20)) {
      essence.add(bytes, 0, 4).addLittleEndian(4 + 8 + padded).add(bytes, 8, 4);
      essence.add(bytes, picture, 8 + padded);
      return new PhotoHeader(Type.WEBP, width, height, orientation, essence.take());
    }
  }

  private static int size(long pixels) {
    if (pixels == 0) throw new NotAPhotoException(Reason.DAMAGED, "0 pixels wide or high");
    return (int) Math.min(pixels, Integer.MAX_VALUE);
  }

  private static int tag(String name) {
    byte[] b = name.getBytes(StandardCharsets.US_ASCII);
    return (b[0] & 0xff) << 24 | (b[1] & 0xff) << 16 | (b[2] & 0xff) << 8 | b[3] & 0xff;
  }

  /// Reads numbers and never beyond the end.
  static final class Bounded {
    private final byte[] bytes;
    private int at;

    Bounded(byte[] bytes, int at) {
      this.bytes = bytes;
      this.at = at;
    }

    int position() {
      return at;
    }

    int left() {
      return bytes.length - at;
    }

    void seek(int position) {
      at = position;
    }

    void skip(long count) {
      if (count < 0 || count > left())
        throw new NotAPhotoException(
            Reason.TRUNCATED, "ends after %d bytes".formatted(bytes.length));
      at += (int) count;
    }

    int u8() {
      if (at >= bytes.length)
        throw new NotAPhotoException(
            Reason.TRUNCATED, "ends after %d bytes".formatted(bytes.length));
      return bytes[at++] & 0xff;
    }

    int u16() {
      return u8() << 8 | u8();
    }

    int u16le() {
      return u8() | u8() << 8;
    }

    int u24le() {
      return u8() | u8() << 8 | u8() << 16;
    }

    long u32() {
      return (long) u16() << 16 | u16();
    }

    long u32le() {
      return u16le() | (long) u16le() << 16;
    }
  }

  /// Reads one tag of the first directory of an EXIF block (CIPA DC-008), and follows no pointers.
  static final class Exif {
    private static final int ORIENTATION = 0x0112;
    private static final int MOST_TAGS = 512;

    private Exif() {}

    /// @return 1..8; 1 whenever the block is damaged, for an orientation is no reason to refuse
    static int orientation(byte[] bytes, int offset, int length) {
      byte[] block = Arrays.copyOfRange(bytes, offset, offset + length);
      int start = starts(block, 0, 'E', 'x', 'i', 'f', 0, 0) ? 6 : 0;
      boolean little = starts(block, start, 'I', 'I', 42, 0);
      if (!little && !starts(block, start, 'M', 'M', 0, 42)) return 1;
      long directory = start + number(block, start + 4, 4, little);
      if (directory < start + 8 || directory > block.length - 2L) return 1;
      int tags = (int) Math.min(number(block, (int) directory, 2, little), MOST_TAGS);
      for (int i = 0; i < tags; i++) {
        int at = (int) directory + 2 + i * 12;
        if (at > block.length - 12) return 1;
        if (number(block, at, 2, little) == ORIENTATION) {
          long value = number(block, at + 8, 2, little);
          return value >= 1 && value <= 8 ? (int) value : 1;
        }
      }
      return 1;
    }

    private static long number(byte[] block, int at, int size, boolean little) {
      long value = 0;
      if (at < 0 || at > block.length - size) return -1;
      for (int i = 0; i < size; i++) {
        value = value << 8 | block[little ? at + size - 1 - i : at + i] & 0xff;
      }
      return value;
    }
  }
}
