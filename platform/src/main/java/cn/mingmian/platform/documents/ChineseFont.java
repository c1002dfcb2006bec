package cn.mingmian.platform.documents;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ref.SoftReference;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.jspecify.annotations.Nullable;

/// Noto Sans SC (SIL Open Font License 1.1), as it can be embedded. Thread-safe.
///
/// Its character map gives radicals (U+2E80 to U+2FDF) the glyphs of everyday characters, and a PDF
/// can say only one of the two for each glyph: it would say the radical, and a search for 人 would
/// find nothing. So those rows are left out of the map.
enum ChineseFont {
  REGULAR("Regular", 400),
  BOLD("Bold", 700);

  private static final int FIRST_RADICAL = 0x2E80;
  private static final int LAST_RADICAL = 0x2FDF;
  private static final int LAST_CHARACTER = 0x2FFFF;
  private static final int CMAP = 0x636D6170;

  private final String resource;
  private final int weight;
  private SoftReference<byte[]> kept = new SoftReference<>(null);

  ChineseFont(String style, int weight) {
    this.resource = "/fonts/ttf/NotoSansSC/NotoSansSC-%s.ttf".formatted(style);
    this.weight = weight;
  }

  /// In the scale of CSS, 100 to 900.
  int weight() {
    return weight;
  }

  /// The font file; the caller does not change it.
  synchronized byte[] trueType() {
    byte @Nullable [] before = kept.get();
    if (before != null) return before;
    try (@Nullable InputStream in = ChineseFont.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("font `%s` is not on the class path".formatted(resource));
      }
      byte[] font = withoutRadicals(in.readAllBytes());
      kept = new SoftReference<>(font);
      return font;
    } catch (IOException e) {
      throw new UncheckedIOException("font `%s` cannot be read".formatted(resource), e);
    }
  }

  /// The same font with a character map of one segmented table (format 12), put at its end.
  private static byte[] withoutRadicals(byte[] font) throws IOException {
    byte[] map = characterMap(font);
    int padded = (font.length + 3) & ~3;
    ByteBuffer whole = ByteBuffer.allocate(padded + map.length);
    whole.put(font).position(padded).put(map);
    int tables = whole.getShort(4);
    for (int entry = 12; entry < 12 + 16 * tables; entry += 16) {
      if (whole.getInt(entry) == CMAP) {
        whole.putInt(entry + 8, padded).putInt(entry + 12, map.length);
        return whole.array();
      }
    }
    throw new IllegalStateException("a font without a character map");
  }

  private static byte[] characterMap(byte[] font) throws IOException {
    List<int[]> runs = new ArrayList<>(); // first character, last character, first glyph
    try (TrueTypeFont parsed = new TTFParser().parse(new RandomAccessReadBuffer(font))) {
      CmapLookup glyphs = parsed.getUnicodeCmapLookup();
      for (int character = 0; character <= LAST_CHARACTER; character++) {
        int glyph =
            character >= FIRST_RADICAL && character <= LAST_RADICAL
                ? 0
                : glyphs.getGlyphId(character);
        if (glyph == 0) continue;
        int @Nullable [] run = runs.isEmpty() ? null : runs.getLast();
        if (run != null && run[1] == character - 1 && run[2] + character - run[0] == glyph) {
          run[1] = character;
        } else {
          runs.add(new int[] {character, character, glyph});
        }
      }
    }
    int length = 16 + 12 * runs.size();
    ByteBuffer map = ByteBuffer.allocate(12 + length);
    map.putShort((short) 0).putShort((short) 1); // version, one table:
    map.putShort((short) 3).putShort((short) 10).putInt(12); // Windows, all of Unicode, at byte 12
    map.putShort((short) 12).putShort((short) 0).putInt(length).putInt(0).putInt(runs.size());
    for (int[] run : runs) map.putInt(run[0]).putInt(run[1]).putInt(run[2]);
    return map.array();
  }
}
