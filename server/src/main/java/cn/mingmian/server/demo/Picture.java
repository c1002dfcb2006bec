package cn.mingmian.server.demo;

import cn.mingmian.platform.enrol.Outline;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
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
import java.util.Locale;
import javax.imageio.ImageIO;

/// Draws on the demo's own photos what the engine saw in them.
final class Picture {
  private static final Color GOOD = new Color(0x1B8A5A);
  private static final Color BAD = new Color(0xC0392B);

  private Picture() {}

  /// Writes a copy of the photo with box, landmarks and a line of text.
  ///
  /// @param photo JPEG, upright
  /// @param text  drawn on a bar at the foot; ASCII, for fonts differ between machines
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
      pen.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 18));
      String foot = text + String.format(Locale.ROOT, "   detection %.2f", face.detection());
      pen.drawString(foot, 12, image.getHeight() - 11);
      pen.dispose();
      Files.createDirectories(file.toAbsolutePath().getParent());
      ImageIO.write(image, "jpg", file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException("picture `%s` cannot be written".formatted(file), e);
    }
  }
}
