package cn.mingmian.engine;

import cn.mingmian.engine.PhotoHeader.NotAPhotoException;
import cn.mingmian.engine.Unreadable.Reason;
import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentSampleModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.DataBufferInt;
import java.awt.image.DataBufferUShort;
import java.awt.image.Raster;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;
import javax.imageio.stream.ImageInputStreamImpl;

/// Encoded bytes to an upright [Frame]. Limits are checked in the header, before memory of the
/// picture's size is asked for; nothing is written to disk; the decoder's own heap arrays are
/// zeroed after the copy. Thread-safe.
final class PhotoReader {
  /// Below this no face can be found in it anyway.
  private static final int FEWEST_PIXELS_A_SIDE = 32;

  private final int largestPhoto;
  private final int mostPixels;

  PhotoReader(int largestPhoto, int mostPixels) {
    this.largestPhoto = largestPhoto;
    this.mostPixels = mostPixels;
  }

  Photo read(byte[] bytes) {
    if (bytes.length > largestPhoto) {
      return new Unreadable(
          Reason.TOO_MANY_BYTES, "%d bytes, at most %d".formatted(bytes.length, largestPhoto));
    }
    byte[] encoded = bytes;
    try {
      PhotoHeader header = PhotoHeader.read(bytes);
      encoded = header.encoded();
      // WebP is decoded by Java code that takes several times as long a pixel.
      int most = header.type() == PhotoHeader.Type.WEBP ? mostPixels / 2 : mostPixels;
      if ((long) header.width() * header.height() > most) {
        return new Unreadable(
            Reason.TOO_MANY_PIXELS,
            "%s of %d x %d pixels, at most %d"
                .formatted(header.type(), header.width(), header.height(), most));
      }
      if (Math.min(header.width(), header.height()) < FEWEST_PIXELS_A_SIDE) {
        return new Unreadable(
            Reason.TOO_FEW_PIXELS,
            "%d x %d pixels, at least %d a side"
                .formatted(header.width(), header.height(), FEWEST_PIXELS_A_SIDE));
      }
      return decode(header);
    } catch (NotAPhotoException e) {
      return e.answer;
    } finally {
      if (encoded != bytes) Arrays.fill(encoded, (byte) 0);
    }
  }

  private static Frame decode(PhotoHeader header) {
    ImageReader reader = reader(header.type());
    BufferedImage image = null;
    try (ArrayStream stream = new ArrayStream(header.encoded())) {
      reader.setInput(stream, true, true);
      boolean[] incomplete = {false};
      reader.addIIOReadWarningListener(
          (IIOReadWarningListener) (source, warning) -> incomplete[0] |= !harmless(warning));
      image = reader.read(0);
      // Decoders fill what is missing with grey and warn; half a face is not a face.
      if (incomplete[0]) {
        throw new NotAPhotoException(Reason.DAMAGED, "%s data is damaged".formatted(header.type()));
      }
      if (image.getWidth() != header.width() || image.getHeight() != header.height()) {
        throw new NotAPhotoException(
            Reason.DAMAGED,
            "%s says %d x %d pixels, has %d x %d"
                .formatted(
                    header.type(),
                    header.width(),
                    header.height(),
                    image.getWidth(),
                    image.getHeight()));
      }
      return upright(image, header.orientation());
    } catch (NotAPhotoException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // Decoders answer damaged data with any unchecked exception (index, null, cast, colour
      // management); whichever it is, the photo is at fault. Its message may quote the data.
      throw new NotAPhotoException(
          Reason.DAMAGED,
          "%s cannot be decoded (%s)".formatted(header.type(), e.getClass().getSimpleName()));
    } finally {
      if (image != null) erase(image.getRaster().getDataBuffer());
      reader.dispose();
    }
  }

  /// Warnings about bytes that cameras leave between segments, and about metadata, which we drop.
  private static boolean harmless(String warning) {
    String text = warning.toLowerCase(Locale.ROOT);
    return text.contains("extraneous bytes") || text.contains("icc") || text.contains("metadata");
  }

  private static ImageReader reader(PhotoHeader.Type type) {
    if (type == PhotoHeader.Type.WEBP) return WebP.SPI.createReaderInstance(null);
    Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(type.name());
    if (!readers.hasNext())
      throw new IllegalStateException("this JDK has no reader for `%s`".formatted(type));
    return readers.next();
  }

  /// Loaded with the first WebP photo only.
  private static final class WebP {
    static final WebPImageReaderSpi SPI = new WebPImageReaderSpi();
  }

  /// Copies to RGB, turned as EXIF says (CIPA DC-008, tag 0112).
  private static Frame upright(BufferedImage image, int orientation) {
    int width = image.getWidth();
    int height = image.getHeight();
    boolean sideways = orientation >= 5;
    Frame frame = new Frame(sideways ? height : width, sideways ? width : height);
    byte[] row = new byte[width * 3];
    int[] argb = new int[width];
    try {
      RowSource source = RowSource.of(image, argb);
      MemorySegment pixels = frame.pixels();
      for (int y = 0; y < height; y++) {
        source.read(y, row);
        // Where the row's first pixel goes, and how far the next one lies, in pixels of the frame.
        long first;
        long step;
        switch (orientation) {
          case 2 -> {
            first = (long) y * width + width - 1;
            step = -1;
          }
          case 3 -> {
            first = (long) (height - 1 - y) * width + width - 1;
            step = -1;
          }
          case 4 -> {
            first = (long) (height - 1 - y) * width;
            step = 1;
          }
          case 5 -> {
            first = y;
            step = height;
          }
          case 6 -> {
            first = height - 1 - y;
            step = height;
          }
          case 7 -> {
            first = (long) (width - 1) * height + height - 1 - y;
            step = -height;
          }
          case 8 -> {
            first = (long) (width - 1) * height + y;
            step = -height;
          }
          default -> {
            first = (long) y * width;
            step = 1;
          }
        }
        if (step == 1) {
          MemorySegment.copy(row, 0, pixels, ValueLayout.JAVA_BYTE, first * 3, row.length);
        } else {
          long at = first * 3;
          for (int x = 0; x < row.length; x += 3, at += step * 3) {
            pixels.set(ValueLayout.JAVA_BYTE, at, row[x]);
            pixels.set(ValueLayout.JAVA_BYTE, at + 1, row[x + 1]);
            pixels.set(ValueLayout.JAVA_BYTE, at + 2, row[x + 2]);
          }
        }
      }
      return frame;
    } catch (RuntimeException e) {
      frame.close();
      throw e;
    } finally {
      Arrays.fill(row, (byte) 0);
      Arrays.fill(argb, 0);
    }
  }

  /// One row of a decoded image as RGB bytes.
  private interface RowSource {
    void read(int y, byte[] rgb);

    static RowSource of(BufferedImage image, int[] argb) {
      int width = image.getWidth();
      Raster raster = image.getRaster();
      DataBuffer data = raster.getDataBuffer();
      boolean whole =
          raster.getSampleModelTranslateX() == 0
              && raster.getSampleModelTranslateY() == 0
              && data.getOffset() == 0;
      if (image.getType() == BufferedImage.TYPE_3BYTE_BGR
          && whole
          && data instanceof DataBufferByte bytes) {
        byte[] bgr = bytes.getData();
        int stride = ((ComponentSampleModel) raster.getSampleModel()).getScanlineStride();
        return (y, rgb) -> {
          int at = y * stride;
          for (int x = 0; x < width * 3; x += 3) {
            rgb[x] = bgr[at + x + 2];
            rgb[x + 1] = bgr[at + x + 1];
            rgb[x + 2] = bgr[at + x];
          }
        };
      }
      if (raster.getNumBands() <= 2
          && !(image.getColorModel() instanceof java.awt.image.IndexColorModel)) {
        // Grey as it is stored: Java's own conversion takes it for linear light and brightens it.
        int shift = Math.max(0, raster.getSampleModel().getSampleSize(0) - 8);
        int spread =
            255 / Math.max(1, (1 << Math.min(8, raster.getSampleModel().getSampleSize(0))) - 1);
        return (y, rgb) -> {
          raster.getSamples(0, y, width, 1, 0, argb);
          for (int x = 0; x < width; x++) {
            byte grey = (byte) ((argb[x] >> shift) * spread);
            rgb[3 * x] = grey;
            rgb[3 * x + 1] = grey;
            rgb[3 * x + 2] = grey;
          }
        };
      }
      boolean alpha = image.getColorModel().hasAlpha();
      return (y, rgb) -> {
        image.getRGB(0, y, width, 1, argb, 0, width);
        for (int x = 0; x < width; x++) {
          int a = alpha ? argb[x] >>> 24 : 255;
          rgb[3 * x] = overWhite(argb[x] >> 16 & 0xff, a);
          rgb[3 * x + 1] = overWhite(argb[x] >> 8 & 0xff, a);
          rgb[3 * x + 2] = overWhite(argb[x] & 0xff, a);
        }
      };
    }

    private static byte overWhite(int value, int alpha) {
      return (byte) ((value * alpha + 255 * (255 - alpha) + 127) / 255);
    }
  }

  private static void erase(DataBuffer data) {
    switch (data) {
      case DataBufferByte bytes -> {
        for (byte[] bank : bytes.getBankData()) Arrays.fill(bank, (byte) 0);
      }
      case DataBufferUShort shorts -> {
        for (short[] bank : shorts.getBankData()) Arrays.fill(bank, (short) 0);
      }
      case DataBufferInt ints -> {
        for (int[] bank : ints.getBankData()) Arrays.fill(bank, 0);
      }
      default -> {
        for (int bank = 0; bank < data.getNumBanks(); bank++) {
          for (int i = 0; i < data.getSize(); i++) data.setElem(bank, i, 0);
        }
      }
    }
  }

  /// Reads straight from the array: no cache, no file, no copy.
  private static final class ArrayStream extends ImageInputStreamImpl {
    private final byte[] bytes;

    ArrayStream(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public int read() {
      bitOffset = 0;
      return streamPos < bytes.length ? bytes[(int) streamPos++] & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      bitOffset = 0;
      if (streamPos >= bytes.length) return -1;
      int count = Math.min(length, bytes.length - (int) streamPos);
      System.arraycopy(bytes, (int) streamPos, into, offset, count);
      streamPos += count;
      return count;
    }

    @Override
    public long length() {
      return bytes.length;
    }
  }
}
