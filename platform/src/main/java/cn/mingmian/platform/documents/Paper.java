package cn.mingmian.platform.documents;

import cn.mingmian.platform.records.Bilingual;
import java.util.ArrayList;
import java.util.List;

/// What a paper tells, in the order in which it is read: each text in Chinese, then in English.
/// Immutable; built by adding.
///
/// @param title also the title of the file
/// @param blocks from top to bottom
/// @param attachments files that travel inside the PDF
public record Paper(
    Bilingual title, Layout layout, List<Block> blocks, List<Attachment> attachments) {
  public Paper {
    blocks = List.copyOf(blocks);
    attachments = List.copyOf(attachments);
  }

  /// How it is set.
  public enum Layout {
    /// A4 upright, to read at a desk.
    PAGE,
    /// A4 upright, to read from two metres away.
    POSTER
  }

  /// One piece of a paper.
  public sealed interface Block {}

  public record Heading(Bilingual text) implements Block {}

  public record Text(Bilingual text) implements Block {}

  /// Names and values beside each other.
  public record Facts(List<Fact> facts) implements Block {
    public Facts {
      facts = List.copyOf(facts);
    }
  }

  public record Fact(Bilingual name, String value) {}

  /// @param rows each as long as `columns`
  public record Table(List<Bilingual> columns, List<List<String>> rows) implements Block {
    public Table {
      columns = List.copyOf(columns);
      rows = rows.stream().map(List::copyOf).toList();
      int width = columns.size();
      if (rows.stream().anyMatch(row -> row.size() != width)) {
        throw new IllegalArgumentException(
            "a row of the table has not the %d cells of its head".formatted(width));
      }
    }
  }

  /// Small and letter for letter, such as a proof or a signature.
  public record Verbatim(String text) implements Block {}

  /// Pictures in one row.
  public record Pictures(List<Picture> pictures) implements Block {
    public Pictures {
      pictures = List.copyOf(pictures);
    }
  }

  /// @param png as encoded
  /// @param caption below it; also what is read to somebody who does not see it
  public record Picture(byte[] png, int millimetres, Bilingual caption) {
    public Picture {
      png = png.clone();
    }

    @Override
    public byte[] png() {
      return png.clone();
    }
  }

  /// @param mediaType such as `application/json`
  public record Attachment(String name, String mediaType, byte[] content) {
    public Attachment {
      content = content.clone();
    }

    @Override
    public byte[] content() {
      return content.clone();
    }
  }

  public static Paper page(Bilingual title) {
    return new Paper(title, Layout.PAGE, List.of(), List.of());
  }

  public static Paper poster(Bilingual title) {
    return new Paper(title, Layout.POSTER, List.of(), List.of());
  }

  public Paper with(Block block) {
    List<Block> more = new ArrayList<>(blocks);
    more.add(block);
    return new Paper(title, layout, more, attachments);
  }

  public Paper heading(String zh, String en) {
    return with(new Heading(new Bilingual(zh, en)));
  }

  public Paper text(String zh, String en) {
    return with(new Text(new Bilingual(zh, en)));
  }

  public Paper facts(Fact... facts) {
    return with(new Facts(List.of(facts)));
  }

  /// One row of [#facts(Fact...)].
  public static Fact fact(String zh, String en, String value) {
    return new Fact(new Bilingual(zh, en), value);
  }

  public Paper verbatim(String text) {
    return with(new Verbatim(text));
  }

  public Paper pictures(Picture... pictures) {
    return with(new Pictures(List.of(pictures)));
  }

  public Paper attach(String name, String mediaType, byte[] content) {
    List<Attachment> more = new ArrayList<>(attachments);
    more.add(new Attachment(name, mediaType, content));
    return new Paper(title, layout, blocks, more);
  }
}
