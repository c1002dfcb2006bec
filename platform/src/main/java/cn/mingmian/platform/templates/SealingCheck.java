package cn.mingmian.platform.templates;

import cn.mingmian.law.facts.Control;
import cn.mingmian.platform.controls.SelfCheck;
import cn.mingmian.platform.keys.Keys;
import cn.mingmian.vault.Binding;
import cn.mingmian.vault.GalleryId;
import cn.mingmian.vault.KeyId;
import cn.mingmian.vault.ModelId;
import cn.mingmian.vault.Reading;
import cn.mingmian.vault.RootKey;
import cn.mingmian.vault.TemplateId;
import cn.mingmian.vault.Vault;
import cn.mingmian.vault.VaultOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// Seals random numbers in a scratch vault under the real root key and suite, reads them back, then
// flips one
/// bit on the disk, after which nothing may open.
public final class SealingCheck implements SelfCheck {
  private static final Model MODEL = new Model("self-check", "1");
  private static final int FLOATS = 16;

  private final Path scratch;
  private final Keys keys;
  private final SecureRandom random;
  private final Clock clock;

  /// @param scratch where a directory may be made and removed again
  public SealingCheck(Path scratch, Keys keys, SecureRandom random, Clock clock) {
    this.scratch = scratch;
    this.keys = keys;
    this.random = random;
    this.clock = clock;
  }

  @Override
  public Control family() {
    return Control.ENCRYPTION;
  }

  @Override
  public String name() {
    return "sealed-templates";
  }

  @Override
  public Outcome run() {
    return keys.withRoot(this::run);
  }

  private Outcome run(RootKey root) {
    VaultOptions options = VaultOptions.defaults().with(keys.vault().suite());
    Path directory = ScratchVaults.make(scratch);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment floats = arena.allocate(ValueLayout.JAVA_FLOAT, FLOATS);
      for (int i = 0; i < FLOATS; i++)
        floats.setAtIndex(ValueLayout.JAVA_FLOAT, i, random.nextFloat() + .01f);
      TemplateId id = TemplateId.random(random);
      Binding binding =
          new Binding(
              new ModelId(MODEL.name(), MODEL.version()), "self-check", GalleryId.random(random));
      try (Vault vault = Vault.open(directory, root, random, clock, options)) {
        vault.seal(
            id, KeyId.random(random), binding, floats, clock.instant().plus(Duration.ofHours(1)));
        if (!(vault.compare(id, binding, floats) instanceof Reading.Read<Double> read
            && read.value() > .999)) {
          return new Outcome(false, "what was sealed did not read back");
        }
      }
      flipOneBit(directory);
      try (Vault vault = Vault.open(directory, root, random, clock, options)) {
        return vault.compare(id, binding, floats) instanceof Reading.Damaged<Double> damaged
            ? new Outcome(true, "read back; with one bit flipped: " + damaged.damage())
            : new Outcome(false, "a sealed file with one bit flipped was not refused");
      }
    } finally {
      ScratchVaults.remove(directory);
    }
  }

  private static void flipOneBit(Path directory) {
    try (Stream<Path> walk = Files.walk(directory)) {
      List<Path> sealed = walk.filter(file -> file.toString().endsWith(".tpl")).toList();
      byte[] bytes = Files.readAllBytes(sealed.getFirst());
      bytes[bytes.length - 1] ^= 1;
      Files.write(sealed.getFirst(), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("self-check in `%s`".formatted(directory), e);
    }
  }
}
