package cn.mingmian.server.demo;

import cn.mingmian.platform.enrol.Outline;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;

/// Draws on the demo's own photos what the engine saw in them.
final class Picture {
  private static final Color GOOD = new Color(0x1B8A5A);
  private static final Color BAD = new Color(0xC0392B);

  /// Five rows of three bits each, top first, as octal digits; in the order of LETTERS.
  private static final String LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ.-=><: %/";

  private static final List<String> GLYPHS =
      List.of(
          "75557", "26227", "71747", "71717", "55711", "74717", "74757", "71122", "75757", "75717",
          "25755", "65656", "34443", "65556", "74647", "74644", "34553", "55755", "72227", "11152",
          "55655", "44447", "57755", "65555", "25552", "65644", "25563", "65655", "34216", "72222",
          "55557", "55552", "55775", "55255", "55222", "71247", "00002", "00700", "07070", "42124",
          "12421", "02020", "00000", "51245", "11244");

  private Picture() {}

  /// Writes a copy of the photo with box, landmarks and a line of text.
  ///
  /// @param photo JPEG, upright
  /// @param text  drawn on a bar at the foot, in the signs of LETTERS: a server may have
  ///     no font at all
  static void write(Path file, byte[] photo, Outline face, String text, boolean good) {
    try {
      BufferedImage image = ImageIO.read(new ByteArrayInputStream(photo));
      Graphics2D pen = image.createGraphics();
      pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      Color colour = good ? GOOD : BAD;
      pen.setColor(colour);
      pen.setStroke(new BasicStroke(3));
      pen.draw(
          new Rectangle2D.Double(
              face.left(), face.top(), face.right() - face.left(), face.bottom() - face.top()));
      pen.setColor(Color.WHITE);
      for (Outline.Point point : face.points()) {
        pen.fill(new Ellipse2D.Double(point.x() - 1.8, point.y() - 1.8, 3.6, 3.6));
      }
      int bar = 34;
      pen.setColor(colour);
      pen.fillRect(0, image.getHeight() - bar, image.getWidth(), bar);
      pen.setColor(Color.WHITE);
      String foot = text + String.format(Locale.ROOT, "   detection %.2f", face.detection());
      letters(pen, foot.toUpperCase(Locale.ROOT), image.getWidth(), image.getHeight() - bar);
      pen.dispose();
      Files.createDirectories(file.toAbsolutePath().getParent());
      ImageIO.write(image, "jpg", file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException("picture `%s` cannot be written".formatted(file), e);
    }
  }

  /// Capital letters out of dots, as large as the bar and the width allow.
  private static void letters(Graphics2D pen, String line, int width, int top) {
    int dot = Math.max(1, Math.min(4, width / (line.length() * 4 + 4)));
    for (int i = 0; i < line.length(); i++) {
      int letter = LETTERS.indexOf(line.charAt(i));
      if (letter < 0) continue;
      for (int row = 0; row < 5; row++) {
        int bits = GLYPHS.get(letter).charAt(row) - '0';
        for (int column = 0; column < 3; column++) {
          if ((bits >> (2 - column) & 1) == 0) continue;
          pen.fillRect((2 + i * 4 + column) * dot, top + 7 + row * dot, dot, dot);
        }
      }
    }
  }
}
