package cn.mingmian.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Fetches a whole log over HTTP, as an outsider would (C2SP tlog-tiles).
final class LogCopy {
  private static final int TILE = 256;

  private LogCopy() {}

  static void of(Api api, Path to) throws IOException {
    byte[] checkpoint = fetch(api, to, "checkpoint");
    long size =
        Long.parseLong(
            new String(checkpoint, java.nio.charset.StandardCharsets.UTF_8)
                .lines()
                .skip(1)
                .findFirst()
                .orElseThrow());
    tiles(api, to, "entries", size);
    long hashes = size;
    for (int level = 0; hashes > 0; level++) {
      tiles(api, to, Integer.toString(level), hashes);
      hashes /= TILE;
    }
  }

  private static void tiles(Api api, Path to, String level, long hashes) throws IOException {
    for (long tile = 0; tile * TILE < hashes; tile++) {
      long width = Math.min(TILE, hashes - tile * TILE);
      fetch(
          api, to, "tile/%s/%s%s".formatted(level, name(tile), width < TILE ? ".p/" + width : ""));
    }
  }

  private static String name(long tile) {
    String name = "%03d".formatted(tile % 1000);
    for (long rest = tile / 1000; rest > 0; rest /= 1000) {
      name = "x%03d/%s".formatted(rest % 1000, name);
    }
    return name;
  }

  private static byte[] fetch(Api api, Path to, String path) throws IOException {
    byte[] bytes = api.get("/log/" + path).expect(200).raw().body();
    Path file = to.resolve(path);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
    return bytes;
  }
}
