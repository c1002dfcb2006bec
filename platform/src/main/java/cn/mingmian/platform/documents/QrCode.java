package cn.mingmian.platform.documents;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import javax.imageio.ImageIO;

/// A text as a QR code, with its quiet zone, readable with a quarter of it worn off. Immutable.
public final class QrCode {
  private static final int QUIET = 4;
  private static final int PIXELS_A_MODULE = 8;

  private final BitMatrix dark;

  private QrCode(BitMatrix dark) {
    this.dark = dark;
  }

  /// @param text at most 1,600 characters
  /// @throws IllegalArgumentException if no QR code holds it
  public static QrCode of(String text) {
    try {
      return new QrCode(
          new QRCodeWriter()
              .encode(
                  text,
                  BarcodeFormat.QR_CODE,
                  0,
                  0,
                  Map.of(
                      EncodeHintType.ERROR_CORRECTION,
                      ErrorCorrectionLevel.Q,
                      EncodeHintType.MARGIN,
                      QUIET,
                      EncodeHintType.CHARACTER_SET,
                      StandardCharsets.UTF_8.name())));
    } catch (WriterException e) {
      throw new IllegalArgumentException(
          "a text of %d characters does not fit a QR code".formatted(text.length()), e);
    }
  }

  /// Black on white, for paper.
  public byte[] png() {
    int side = dark.getWidth() * PIXELS_A_MODULE;
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        boolean black = dark.get(x / PIXELS_A_MODULE, y / PIXELS_A_MODULE);
        image.getRaster().setSample(x, y, 0, black ? 0 : 255);
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException("a QR code cannot be written to memory", e);
    }
    return out.toByteArray();
  }

  /// Black on white, for screens: one path, scales without blur.
  public String svg() {
    int side = dark.getWidth();
    StringBuilder path = new StringBuilder();
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        if (!dark.get(x, y)) continue;
        int from = x;
        while (x + 1 < side && dark.get(x + 1, y)) x++;
        path.append("M%d %dh%dv1h-%dz".formatted(from, y, x - from + 1, x - from + 1));
      }
    }
    return """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" shape-rendering="crispEdges">\
        <path fill="#fff" d="M0 0h%dv%dH0z"/><path d="%s"/></svg>"""
        .formatted(side, side, side, side, path);
  }
}
