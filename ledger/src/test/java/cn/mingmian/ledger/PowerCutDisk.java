package cn.mingmian.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A disk that loses its power before one of its operations, and then shows what a disk may show:
/// bytes that were never forced are whole, half there or gone; names that were never forced are
/// there or not, in each directory up to some operation.
final class PowerCutDisk implements Disk {
  private final Path root;
  private final int operationsUntilCut;
  private int operations;
  private final Map<Path, TreeMap<String, Inode>> durable = new HashMap<>();
  private final Map<Path, TreeMap<String, Inode>> current = new HashMap<>();
  private final Map<Path, List<NameChange>> unforced = new HashMap<>();

  private static final class Inode {
    final boolean directory;
    byte[] bytes = {};
    byte @Nullable [] forced;

    Inode(boolean directory) {
      this.directory = directory;
    }
  }

  /// A name that now stands for an inode, or for nothing.
  private record NameChange(String name, @Nullable Inode inode) {}

  PowerCutDisk(Path root, int operationsUntilCut) {
    this.root = root;
    this.operationsUntilCut = operationsUntilCut;
    durable.put(root, new TreeMap<>());
    current.put(root, new TreeMap<>());
  }

  boolean isCut() {
    return operations > operationsUntilCut;
  }

  private void step() throws IOException {
    if (operations++ >= operationsUntilCut) {
      throw new IOException("the power is gone");
    }
  }

  private TreeMap<String, Inode> names(Path directory) {
    return Objects.requireNonNull(current.get(directory), directory::toString);
  }

  private static Path parentOf(Path path) {
    return Objects.requireNonNull(path.getParent(), path::toString);
  }

  private Inode inode(Path file) {
    return Objects.requireNonNull(
        names(parentOf(file)).get(file.getFileName().toString()), file::toString);
  }

  private void change(Path path, @Nullable Inode inode) {
    Path directory = parentOf(path);
    String name = path.getFileName().toString();
    TreeMap<String, Inode> names = names(directory);
    if (inode == null) {
      names.remove(name);
    } else {
      names.put(name, inode);
    }
    unforced.computeIfAbsent(directory, d -> new ArrayList<>()).add(new NameChange(name, inode));
  }

  @Override
  public void write(Path file, byte[] bytes) throws IOException {
    step();
    Inode inode = names(parentOf(file)).get(file.getFileName().toString());
    if (inode == null) {
      inode = new Inode(false);
      change(file, inode);
    }
    inode.bytes = bytes;
    Disk.REAL.write(file, bytes);
  }

  @Override
  public void force(Path file) throws IOException {
    step();
    Inode inode = inode(file);
    inode.forced = inode.bytes;
  }

  @Override
  public void forceDirectory(Path directory) throws IOException {
    step();
    if (!current.containsKey(directory)) {
      return;
    }
    for (NameChange change : unforced.getOrDefault(directory, List.of())) {
      apply(change, durable.computeIfAbsent(directory, d -> new TreeMap<>()));
    }
    unforced.remove(directory);
  }

  private static void apply(NameChange change, TreeMap<String, Inode> names) {
    if (change.inode() == null) {
      names.remove(change.name());
    } else {
      names.put(change.name(), change.inode());
    }
  }

  @Override
  public void createDirectory(Path directory) throws IOException {
    step();
    current.put(directory, new TreeMap<>());
    change(directory, new Inode(true));
    Disk.REAL.createDirectory(directory);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    step();
    Inode inode = inode(from);
    change(to, inode);
    change(from, null);
    Disk.REAL.rename(from, to);
  }

  @Override
  public void deleteIfExists(Path path) throws IOException {
    step();
    if (current.getOrDefault(path.getParent(), new TreeMap<>()).get(path.getFileName().toString())
        != null) {
      change(path, null);
      current.remove(path);
    }
    Disk.REAL.deleteIfExists(path);
  }

  /// Writes what is left after the cut into `target`.
  void leaveIn(Path target, Random random) throws IOException {
    leave(root, target, random);
  }

  private void leave(Path directory, Path target, Random random) throws IOException {
    Files.createDirectories(target);
    TreeMap<String, Inode> names = new TreeMap<>(durable.getOrDefault(directory, new TreeMap<>()));
    List<NameChange> lost = unforced.getOrDefault(directory, List.of());
    for (NameChange change : lost.subList(0, random.nextInt(lost.size() + 1))) {
      apply(change, names);
    }
    for (Map.Entry<String, Inode> name : names.entrySet()) {
      Inode inode = name.getValue();
      Path there = target.resolve(name.getKey());
      if (inode.directory) {
        leave(directory.resolve(name.getKey()), there, random);
      } else {
        Files.write(there, left(inode, random));
      }
    }
  }

  private static byte[] left(Inode inode, Random random) {
    byte[] forced = inode.forced;
    if (forced == inode.bytes) {
      return forced;
    }
    return switch (random.nextInt(3)) {
      case 0 -> inode.bytes;
      case 1 -> java.util.Arrays.copyOf(inode.bytes, random.nextInt(inode.bytes.length + 1));
      default -> forced == null ? new byte[0] : forced;
    };
  }
}
