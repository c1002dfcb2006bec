package cn.mingmian.server.doctor;

import cn.mingmian.law.rules.Text;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// What can be said without the database: the JDK, memory, the disk, and who may read the keys.
final class MachineExamination {
  static final int OLDEST_JDK = 25;

  /// The server idles in 600 MB; models, galleries and the database's own buffers come on top.
  private static final long LEAST_MEMORY = 2L << 30;

  private static final long LEAST_DISK = 1L << 30;
  private static final long COMFORTABLE_DISK = 5L << 30;

  /// To pass through a directory is not to read it: the database may run under another account.
  private static final Set<PosixFilePermission> TOO_MUCH =
      EnumSet.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private final Path data;

  MachineExamination(Path data) {
    this.data = data.toAbsolutePath().normalize();
  }

  List<Finding> examine() {
    return List.of(jdk(), memory(), disk(), permissions());
  }

  private static Finding jdk() {
    Text title = new Text("Java 运行环境", "Java runtime");
    String found =
        "%s, %s".formatted(Runtime.version(), System.getProperty("java.vendor", "unknown vendor"));
    return Runtime.version().feature() >= OLDEST_JDK
        ? Finding.sound("jdk", title, found)
        : Finding.broken(
            "jdk",
            title,
            found,
            new Text(
                "安装 JDK %d 或更新版本，并把 JAVA_HOME 指向它".formatted(OLDEST_JDK),
                "install a JDK %d or newer and point JAVA_HOME to it".formatted(OLDEST_JDK)));
  }

  private static Finding memory() {
    Text title = new Text("内存", "memory");
    long heap = Runtime.getRuntime().maxMemory();
    long machine =
        ManagementFactory.getOperatingSystemMXBean()
                instanceof com.sun.management.OperatingSystemMXBean os
            ? os.getTotalMemorySize()
            : 0;
    String found = "%s of heap, %s in the machine".formatted(size(heap), size(machine));
    return machine >= LEAST_MEMORY
        ? Finding.sound("memory", title, found)
        : Finding.notice(
            "memory",
            title,
            found,
            new Text(
                "至少需要 %s 内存；容器请调高其上限".formatted(size(LEAST_MEMORY)),
                "give the machine or its container at least %s".formatted(size(LEAST_MEMORY))));
  }

  private Finding disk() {
    Text title = new Text("磁盘", "disk");
    try {
      Path there = data;
      while (!Files.exists(there) && there.getParent() != null) there = there.getParent();
      if (!Files.isWritable(there)) {
        return Finding.broken(
            "disk",
            title,
            "`%s` cannot be written".formatted(there),
            new Text(
                "让运行服务的账户拥有该目录，或用 --data 指定另一个",
                "let the account that runs the server own it, or name another with --data"));
      }
      FileStore store = Files.getFileStore(there);
      long free = store.getUsableSpace();
      String found = "%s free at `%s`".formatted(size(free), there);
      Text more =
          new Text("腾出空间：磁盘写满时拒绝处理人脸", "free some space: with a full disk faces are refused");
      if (free < LEAST_DISK) return Finding.broken("disk", title, found, more);
      return free < COMFORTABLE_DISK
          ? Finding.notice("disk", title, found, more)
          : Finding.sound("disk", title, found);
    } catch (IOException unreadable) {
      return Finding.broken(
          "disk",
          title,
          String.valueOf(unreadable.getMessage()),
          new Text("检查磁盘与挂载", "check the disk and how it is mounted"));
    }
  }

  /// Whoever else may read the data directory or a key may read more than that.
  private Finding permissions() {
    Text title = new Text("数据与密钥的访问权限", "who may read data and keys");
    if (!Files.exists(data)) {
      return Finding.sound("permissions", title, "nothing there yet: `%s`".formatted(data));
    }
    List<Path> open = new ArrayList<>();
    List<Path> guarded = new ArrayList<>(List.of(data));
    try {
      for (String part : List.of("keys", "vault", "server")) {
        Path directory = data.resolve(part);
        if (Files.isDirectory(directory)) guarded.add(directory);
      }
      Path keys = data.resolve("keys");
      if (Files.isDirectory(keys)) {
        try (Stream<Path> held = Files.list(keys)) {
          held.filter(Files::isRegularFile).forEach(guarded::add);
        }
      }
      for (Path path : guarded) {
        if (!Collections.disjoint(TOO_MUCH, Files.getPosixFilePermissions(path))) open.add(path);
      }
    } catch (IOException | UnsupportedOperationException unreadable) {
      return Finding.broken(
          "permissions",
          title,
          String.valueOf(unreadable.getMessage()),
          new Text(
              "数据目录须在支持 POSIX 权限、且本账户可读的文件系统上",
              "the data directory must lie on a file system with POSIX permissions, readable by this account"));
    }
    return open.isEmpty()
        ? Finding.sound(
            "permissions", title, "%d places, closed to other accounts".formatted(guarded.size()))
        : Finding.broken(
            "permissions",
            title,
            "open to other accounts: %s".formatted(open),
            new Text("对列出的路径执行 chmod go-rwx", "run chmod go-rwx on what is listed"));
  }

  private static String size(long bytes) {
    return bytes >= 1L << 30
        ? "%.1f GiB".formatted(bytes / (double) (1L << 30))
        : "%d MiB".formatted(bytes >> 20);
  }
}
