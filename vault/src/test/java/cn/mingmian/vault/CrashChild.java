package cn.mingmian.vault;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// A process that seals, erases and changes epochs until it is killed, and says what is
/// acknowledged.
final class CrashChild {
  private CrashChild() {}

  static final GalleryId GALLERY = new GalleryId(1, 2);
  static final Binding BINDING = new Binding(Fixture.MODEL, "entry-gate-1", GALLERY);

  /// The floats of a template follow from its id, so that the parent can check them.
  static float[] floats(TemplateId id) {
    return Fixture.unit(new Random(id.high() ^ id.low()), 64);
  }

  public static void main(String[] args) {
    Path base = Path.of(args[0]);
    SecureRandom random = new SecureRandom();
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    try (RootKey root = RootKey.fromFile(base.resolve("root.key"));
        Vault vault = Vault.open(base.resolve("vault"), root, random, InstantSource.system())) {
      out.println("open");
      List<KeyId> keys = new ArrayList<>();
      List<TemplateId> templates = new ArrayList<>();
      for (int step = 0; ; step++) {
        if (step % 40 == 39) {
          vault.changeEpoch();
        } else if (templates.size() < 4 || random.nextInt(5) < 2) {
          KeyId key =
              keys.isEmpty() || random.nextBoolean() ? KeyId.random(random) : keys.getLast();
          TemplateId id = TemplateId.random(random);
          out.println("sealing " + id + " " + key);
          vault.seal(
              id, key, BINDING, Fixture.segment(floats(id)), Fixture.START.plusSeconds(1L << 31));
          out.println("sealed " + id + " " + key);
          keys.add(key);
          templates.add(id);
        } else if (keys.isEmpty() || random.nextBoolean()) {
          TemplateId id = templates.remove(random.nextInt(templates.size()));
          out.println("erasing-template " + id);
          vault.erase(id);
          out.println("erased-template " + id);
        } else {
          KeyId key = keys.get(random.nextInt(keys.size()));
          keys.removeIf(key::equals);
          out.println("erasing-key " + key);
          vault.erase(key);
          out.println("erased-key " + key);
        }
      }
    }
  }
}
