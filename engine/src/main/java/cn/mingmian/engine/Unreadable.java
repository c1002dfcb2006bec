package cn.mingmian.engine;

/// The bytes are not a photo that this engine reads. Nothing was kept. Immutable.
///
/// @param reason what is wrong
/// @param detail the facts: expected and found, without any content of the photo
public record Unreadable(Reason reason, String detail) implements Analysis, Photo {
  /// Each way in which bytes can fail to be a photo.
  public enum Reason {
    EMPTY("没有收到照片。请重新上传。", "no photo arrived. Please send it again."),
    TOO_MANY_BYTES("照片文件太大。请换一张较小的照片。", "the photo file is too large. Please use a smaller one."),
    TOO_MANY_PIXELS("照片像素太多。请缩小后再上传。", "the photo has too many pixels. Please scale it down."),
    TOO_FEW_PIXELS("照片太小，无法看清人脸。", "the photo is too small to show a face."),
    SEVERAL_FRAMES(
        "这是动画或多页图像。请上传单张照片。",
        "this is an animation or holds several pictures. Please send one photo."),
    UNSUPPORTED_TYPE(
        "不支持这种文件。请使用 JPEG、PNG、BMP 或 WebP 照片。",
        "this kind of file is not supported. Please use a JPEG, PNG, BMP or WebP photo."),
    UNSUPPORTED_COLOURS(
        "不支持这种颜色格式。请另存为普通 RGB 照片。",
        "these colours are not supported. Please save it as an ordinary RGB photo."),
    TRUNCATED("照片不完整。请重新上传。", "the photo is cut short. Please send it again."),
    DAMAGED("照片已损坏。请换一张照片。", "the photo is damaged. Please use another one.");

    private final Sentence advice;

    Reason(String zh, String en) {
      this.advice = new Sentence(zh, en);
    }

    /// What the person can do.
    public Sentence advice() {
      return advice;
    }
  }
}
