package cn.mingmian.engine;

import cn.mingmian.engine.PhotoHeader.Bounded;
import cn.mingmian.engine.PhotoHeader.Exif;
import cn.mingmian.engine.PhotoHeader.NotAPhotoException;
import cn.mingmian.engine.Unreadable.Reason;

/// The markers of a JPEG file (ITU-T T.81, annex B), and a copy of it reduced to what the pixels
/// need: thumbnails, colour profiles, comments and other metadata never reach the decoder behind.
///
/// @param components 1 grey, 3 colour
/// @param stripped   the file without metadata; owned and zeroed by the caller
@SuppressWarnings("ArrayRecordComponent") // never compared, printed or kept
record Jpeg(int width, int height, int components, int orientation, byte[] stripped) {

  /// Marker segments before the last scan; real files have some ten to fifty, progressive ones
  /// more.
  private static final int MOST_SEGMENTS = 2_000;

  /// A progressive file may ask for the whole picture to be gone over again by each scan. Cameras
  /// and editors write some ten.
  private static final int MOST_SCANS = 100;

  /// Scans times pixels: what decoding can cost at most, some seconds.
  private static final long MOST_WORK = 400_000_000;

  static Jpeg scan(byte[] bytes) {
    Bounded in = new Bounded(bytes, 2);
    try (Essence out = new Essence(bytes.length)) {
      out.add(bytes, 0, 2);
      int width = 0;
      int height = 0;
      int components = 0;
      int orientation = 1;
      int scans = 0;
      for (int segments = 0; segments < MOST_SEGMENTS; segments++) {
        int marker = nextMarker(in);
        int start = in.position() - 2;
        if (marker == 0xd9) {
          if (scans == 0) throw new NotAPhotoException(Reason.TRUNCATED, "JPEG without a scan");
          out.add(bytes, start, 2);
          return new Jpeg(width, height, components, orientation, out.take());
        }
        if (marker == 0xd8 || marker == 0x01 || (marker >= 0xd0 && marker <= 0xd7)) {
          throw new NotAPhotoException(
              Reason.DAMAGED, "JPEG marker `%02x` where a segment should be".formatted(marker));
        }
        int length = in.u16();
        if (length < 2)
          throw new NotAPhotoException(
              Reason.DAMAGED, "JPEG segment of %d bytes".formatted(length));
        int body = in.position();
        if (length - 2 > in.left())
          throw new NotAPhotoException(
              Reason.TRUNCATED, "JPEG segment of %d bytes, %d left".formatted(length, in.left()));
        if (isFrame(marker)) {
          if (width != 0)
            throw new NotAPhotoException(Reason.SEVERAL_FRAMES, "JPEG with several frames");
          if (marker > 0xc2)
            throw new NotAPhotoException(
                Reason.UNSUPPORTED_COLOURS,
                "JPEG process `%02x`, expected baseline or progressive".formatted(marker));
          int depth = in.u8();
          height = in.u16();
          width = in.u16();
          components = in.u8();
          if (depth != 8)
            throw new NotAPhotoException(
                Reason.UNSUPPORTED_COLOURS, "JPEG of %d bits, expected 8".formatted(depth));
          if (components != 1 && components != 3) {
            throw new NotAPhotoException(
                Reason.UNSUPPORTED_COLOURS,
                "JPEG of %d colours, expected 1 (grey) or 3".formatted(components));
          }
          if (width == 0 || height == 0)
            throw new NotAPhotoException(
                Reason.DAMAGED, "JPEG of %d x %d pixels".formatted(width, height));
        } else if (marker == 0xe1 && orientation == 1) {
          orientation = Exif.orientation(bytes, body, length - 2);
        }
        in.seek(body);
        in.skip(length - 2);
        if (marker == 0xda) {
          if (width == 0)
            throw new NotAPhotoException(Reason.DAMAGED, "JPEG scan before its frame");
          if (++scans > MOST_SCANS)
            throw new NotAPhotoException(
                Reason.DAMAGED, "JPEG with more than %d scans".formatted(MOST_SCANS));
          if ((long) scans * width * height > MOST_WORK) {
            throw new NotAPhotoException(
                Reason.TOO_MANY_PIXELS,
                "JPEG of %d x %d pixels in more than %d scans".formatted(width, height, scans - 1));
          }
          skipEntropyCoded(bytes, in);
        }
        // APP0 (JFIF) and APP14 (Adobe) say which colour transform was used; the others are
        // dropped.
        boolean metadata =
            marker == 0xfe
                || (marker >= 0xe0 && marker <= 0xef && marker != 0xe0 && marker != 0xee);
        if (!metadata) out.add(bytes, start, in.position() - start);
      }
      throw new NotAPhotoException(
          Reason.DAMAGED, "JPEG with more than %d segments".formatted(MOST_SEGMENTS));
    }
  }

  private static boolean isFrame(int marker) {
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
  }

  private static int nextMarker(Bounded in) {
    if (in.u8() != 0xff)
      throw new NotAPhotoException(
          Reason.DAMAGED, "JPEG marker expected at byte %d".formatted(in.position() - 1));
    int marker = in.u8();
    while (marker == 0xff) marker = in.u8();
    return marker;
  }

  /// Up to the next marker that is neither a stuffed byte nor a restart.
  private static void skipEntropyCoded(byte[] bytes, Bounded in) {
    for (int i = in.position(); i + 1 < bytes.length; i++) {
      if (bytes[i] == (byte) 0xff) {
        int next = bytes[i + 1] & 0xff;
        if (next != 0 && next != 0xff && (next < 0xd0 || next > 0xd7)) {
          in.seek(i);
          return;
        }
      }
    }
    throw new NotAPhotoException(Reason.TRUNCATED, "JPEG without an end marker");
  }
}
