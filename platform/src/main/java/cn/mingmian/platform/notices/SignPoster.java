package cn.mingmian.platform.notices;

import cn.mingmian.platform.documents.Paper;
import cn.mingmian.platform.documents.QrCode;
import cn.mingmian.platform.places.CaptureAreaDrawn;
import cn.mingmian.platform.places.CaptureAreaDrawn.Corner;
import cn.mingmian.platform.places.Operator;
import cn.mingmian.platform.purposes.Terms;
import cn.mingmian.platform.records.Bilingual;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;

/// The sign at a checkpoint, to be printed and hung where people see it before the camera sees
/// them.
///
/// law| MEASURES-2025/13.1, PIPL/26: a conspicuous sign. MEASURES-2025/10.2: the other ways on it.
final class SignPoster {
  private static final int WIDTH = 960;
  private static final int HEIGHT = 720;
  private static final Color PICTURE = new Color(0xE9, 0xED, 0xEB);
  private static final Color AREA = new Color(0x9F, 0xD3, 0xC4);
  private static final Color EDGE = new Color(0x0B, 0x5D, 0x4E);

  private SignPoster() {}

  /// @param ways in the order in which they are offered
  /// @param notice where the notice can be read
  static Paper of(
      Operator operator, Terms terms, CaptureAreaDrawn area, List<Bilingual> ways, URI notice) {
    Paper poster =
        Paper.poster(new Bilingual("此处设有人脸识别设备", "Face recognition is used here"))
            .text("目的：" + terms.statement().zh() + "。", "Purpose: " + terms.statement().en() + ".")
            .text(
                "人脸识别由您自愿选择：不按键，不采集。人脸模板最多保存%d天，原始图像不保存。".formatted(terms.retentionDays()),
                "The face is your choice: nothing is captured until you press. A template is kept for at most %d days, images are not kept."
                    .formatted(terms.retentionDays()));
    if (!ways.isEmpty()) {
      poster =
          poster
              .heading("您也可以不刷脸", "You need not show your face")
              .text(
                  ways.stream().map(Bilingual::zh).collect(Collectors.joining("、"))
                      + "。同一位置，不加价，不需要理由。",
                  ways.stream().map(Bilingual::en).collect(Collectors.joining(", "))
                      + ". Same place, same price, no reason asked.");
    }
    return poster
        .pictures(
            new Paper.Picture(
                drawn(area), 84, new Bilingual("只在绿色区域内采集", "Captured inside the green area only")),
            new Paper.Picture(
                QrCode.of(notice.toString()).png(),
                58,
                new Bilingual("扫码查看完整告知与处理规则", "Scan for the full notice and rules")))
        .facts(
            Paper.fact("个人信息处理者", "Who processes", operator.name()),
            Paper.fact("联系方式", "Contact", operator.contact()),
            Paper.fact("告知网址", "Notice", notice.toString()));
  }

  /// The camera's picture with the capture area on it; no text, no person.
  private static byte[] drawn(CaptureAreaDrawn area) {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = image.createGraphics();
    try {
      pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      pen.setColor(PICTURE);
      pen.fillRect(0, 0, WIDTH, HEIGHT);
      Path2D outline = new Path2D.Double();
      for (Corner corner : area.corners()) {
        double x = corner.x() * WIDTH;
        double y = corner.y() * HEIGHT;
        if (outline.getCurrentPoint() == null) outline.moveTo(x, y);
        else outline.lineTo(x, y);
      }
      outline.closePath();
      pen.setColor(AREA);
      pen.fill(outline);
      pen.setColor(EDGE);
      pen.setStroke(new BasicStroke(14));
      pen.draw(outline);
      pen.setColor(Color.DARK_GRAY);
      pen.setStroke(new BasicStroke(8));
      pen.drawRect(0, 0, WIDTH - 1, HEIGHT - 1);
    } finally {
      pen.dispose();
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException("a drawing cannot be written to memory", e);
    }
    return out.toByteArray();
  }
}
