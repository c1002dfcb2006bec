package cn.mingmian.vault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Runs on a disk of 2 MiB that only this process sees: fills it, and checks what still works.
final class FullDiskChild {
  private FullDiskChild() {}

  public static void main(String[] args) throws IOException {
    Path disk = Path.of(args[0]);
    if (Files.getFileStore(disk).getTotalSpace() > 4 << 20) {
      throw new AssertionError("`%s` is not the small disk".formatted(disk));
    }
    try (Fixture f = new Fixture(disk)) {
      List<TemplateId> held = new ArrayList<>();
      KeyId key = KeyId.random(f.random);
      TemplateId first = f.seal(key, Fixture.unit(0, 512));
      for (int i = 1; i <= 20; i++) held.add(f.seal(Fixture.unit(i, 512)));

      fill(disk.resolve("ballast"));
      int refused = 0;
      for (int i = 0; i < 20; i++) refused += sealOrRefuse(f, held, 100 + i);
      require(refused > 0, "a full disk refuses by name");
      require(names(f).equals(ids(f)), "nothing of a refused template is kept");
      refuseEpoch(f);
      held.add(first);
      readable(f, held);
      held.remove(first);

      // Forgetting works on a full disk.
      require(f.vault.erase(key) instanceof Erasure.Done, "erases on a full disk");
      require(f.vault.open(first, f.binding) instanceof Reading.NotHeld, "the erased is not held");
      require(names(f).equals(ids(f)), "the erased file is gone");
      f.reopen();
      readable(f, held);
      require(f.vault.erase(key) instanceof Erasure.Done, "evidence outlives the full disk");

      Files.delete(disk.resolve("ballast"));
      held.add(f.seal(Fixture.unit(1000, 512)));
      f.now = f.now.plus(Duration.ofDays(1));
      f.vault.changeEpoch();
      f.reopen();
      readable(f, held);
      System.out.println("full disk: all as promised");
    }
  }

  private static int sealOrRefuse(Fixture f, List<TemplateId> held, int seed) {
    try {
      held.add(f.seal(Fixture.unit(seed, 512)));
      return 0;
    } catch (VaultFullException expected) {
      return 1;
    }
  }

  private static void refuseEpoch(Fixture f) {
    long before = f.vault.epoch().number();
    try {
      f.vault.changeEpoch();
      throw new AssertionError("a new epoch found room on a full disk");
    } catch (VaultFullException expected) {
      require(f.vault.epoch().number() == before, "the old epoch still lives");
    }
  }

  private static void readable(Fixture f, List<TemplateId> held) {
    require(new HashSet<>(held).equals(heldBy(f)), "exactly the acknowledged are held");
    for (TemplateId id : held) {
      require(f.vault.open(id, f.binding) instanceof Reading.Read, "the acknowledged opens");
    }
  }

  private static Set<TemplateId> heldBy(Fixture f) {
    Set<TemplateId> ids = new HashSet<>();
    for (Held one : f.vault.list()) ids.add(one.template());
    return ids;
  }

  private static Set<String> ids(Fixture f) {
    Set<String> names = new HashSet<>();
    for (TemplateId id : heldBy(f)) names.add(id + ".tpl");
    return names;
  }

  private static Set<String> names(Fixture f) throws IOException {
    try (var files = Files.list(f.directory.resolve("templates"))) {
      Set<String> names = new HashSet<>();
      files.forEach(file -> names.add(file.getFileName().toString()));
      return names;
    }
  }

  private static void fill(Path ballast) throws IOException {
    try (FileChannel channel =
        FileChannel.open(ballast, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      while (true) channel.write(ByteBuffer.allocate(512));
    } catch (IOException full) {
      // No room is left: what was wanted.
    }
  }

  private static void require(boolean holds, String what) {
    if (!holds) throw new AssertionError("not so: " + what);
  }
}
