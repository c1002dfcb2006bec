package cn.mingmian.platform.records;

import cn.mingmian.platform.records.DatabaseException.Reason;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.jspecify.annotations.Nullable;

/// A real PostgreSQL of our own under the data directory, from binaries on the class path.
///
/// Layout of `DATA/postgres`: `bin-VERSION-ARCH/` the unpacked program, `cluster/` the data (0700),
/// `cluster.log`, `secrets/` two random passwords (0600), `owner.lock` held while a process uses
/// it, and, only where the data directory cannot be entered by the account that the server runs as,
/// `location` with the path of the cluster.
///
/// The server listens on 127.0.0.1 at a free port, asks every connection for a scram password, and
/// writes durably (`fsync`, `synchronous_commit`, `full_page_writes`). PostgreSQL refuses to run as
/// root: started by root it runs as `mingmian`, `postgres` or `nobody`, whichever exists first. A
/// server that outlived a killed parent is adopted, after what that parent had under way has
/// ended; one that dies is started again.
///
/// One thread at a time; `close` stops the server.
final class EmbeddedPostgres implements AutoCloseable {
  static final String VERSION = "18.6.0";
  static final String OWNER = "mingmian_owner";
  static final String ROLE = "mingmian";
  static final String DATABASE = "mingmian";

  private static final Duration START_PATIENCE = Duration.ofSeconds(60);
  private static final Duration WATCH_EVERY = Duration.ofSeconds(1);
  private static final List<String> ACCOUNTS = List.of("mingmian", "postgres", "nobody");
  private static final Path FALLBACK = Path.of("/var/lib/mingmian");

  private final Path home;
  private final Path program;
  private final Path cluster;
  private final Path log;
  private final @Nullable Account account;
  private final FileChannel lock;
  private final String ownerPassword;
  private final String rolePassword;
  private final Thread watch =
      Thread.ofPlatform().daemon().name("postgres-watch").unstarted(this::watch);
  private int port;
  private boolean adopted;

  /// Its pid; 0 if it ended at once.
  private volatile long server;

  private volatile boolean closed;
  private volatile String trouble = "";

  /// The ordinary user that the server runs as when we are root.
  private record Account(String name, int uid, int gid) {}

  private EmbeddedPostgres(
      Path home, Path cluster, @Nullable Account account, FileChannel lock, SecureRandom random) {
    this.home = home;
    this.cluster = cluster;
    this.account = account;
    this.lock = lock;
    // Next to the cluster, so that the account that runs it can reach both.
    this.log = cluster.resolveSibling("cluster.log");
    this.program = cluster.resolveSibling("bin-%s-%s".formatted(VERSION, architecture()));
    this.ownerPassword = password(home.resolve("secrets").resolve("owner"), random);
    this.rolePassword = password(home.resolve("secrets").resolve("role"), random);
  }

  /// Starts or adopts the server of this data directory and makes its role and database if they are
  /// missing.
  ///
  /// @param dataDirectory  Mingmian's own directory; created if absent
  /// @throws DatabaseException if another process holds it, the cluster is of another version or
  ///     the server fails
  static EmbeddedPostgres start(Path dataDirectory, SecureRandom random) {
    try {
      Path home = dataDirectory.toAbsolutePath().resolve("postgres");
      boolean root = System.getProperty("user.name").equals("root");
      createPrivate(dataDirectory.toAbsolutePath(), root);
      createPrivate(home, root);
      createPrivate(home.resolve("secrets"), false);
      FileChannel lock = hold(home.resolve("owner.lock"));
      try {
        Account account = root ? ordinaryAccount() : null;
        Path cluster = account == null ? home.resolve("cluster") : placeFor(home, account);
        EmbeddedPostgres server = new EmbeddedPostgres(home, cluster, account, lock, random);
        server.unpack();
        server.initialise();
        server.startOrAdopt();
        server.makeRoleAndDatabase();
        server.watch.start();
        return server;
      } catch (IOException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String url() {
    return urlOf(DATABASE);
  }

  String urlOf(String database) {
    return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database);
  }

  String role() {
    return ROLE;
  }

  String rolePassword() {
    return rolePassword;
  }

  int port() {
    return port;
  }

  /// Whether this server was found running, left behind by a process that was killed.
  boolean adopted() {
    return adopted;
  }

  Path cluster() {
    return cluster;
  }

  /// Runs statements as the owner of the cluster; for setting up databases only.
  void asOwner(String... statements) {
    try (Connection c = connect("postgres", OWNER, ownerPassword);
        Statement s = c.createStatement()) {
      for (String statement : statements) s.execute(statement);
    } catch (SQLException e) {
      throw failed("as owner", e);
    }
  }

  /// Why the server could not be started again after it died; empty while it runs.
  String trouble() {
    return trouble;
  }

  long serverPid() {
    return server;
  }

  /// A server that dies under us (killed, out of memory) is started again at the same address, so
  /// that what is connected to it only has to connect anew.
  private void watch() {
    while (!closed) {
      try {
        TimeUnit.MILLISECONDS.sleep(WATCH_EVERY.toMillis());
        if (ProcessHandle.of(server).isEmpty()) revive();
      } catch (InterruptedException e) {
        return;
      } catch (DatabaseException | IOException e) {
        // Tried again at the next look; until then every use of the database says that it is lost.
        trouble = String.valueOf(e.getMessage());
      }
    }
  }

  private synchronized void revive() throws IOException {
    if (closed) return;
    Optional<Running> other = running();
    if (other.isEmpty()) {
      startAt(port);
    } else {
      server = other.get().pid();
    }
    trouble = "";
  }

  @Override
  public void close() {
    end("fast");
  }

  /// Ends the server as a crash would: what was committed is replayed at the next start.
  void abandon() {
    end("immediate");
  }

  private synchronized void end(String mode) {
    closed = true;
    watch.interrupt();
    try {
      stop(mode);
    } finally {
      try {
        lock.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  // ---- the directory

  private static void createPrivate(Path directory, boolean passThrough) throws IOException {
    Files.createDirectories(directory);
    // As root, others may pass through (not list), so that the account reaches its own cluster.
    Files.setPosixFilePermissions(
        directory, PosixFilePermissions.fromString(passThrough ? "rwx--x--x" : "rwx------"));
  }

  private static FileChannel hold(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    boolean held;
    try {
      held = channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      held = false;
    }
    if (held) return channel;
    channel.close();
    throw new DatabaseException(
        Reason.IN_USE,
        "`%s` is in use by another running process: stop it, or give another data directory"
            .formatted(file.getParent()),
        null);
  }

  private static Account ordinaryAccount() throws IOException {
    List<String> users = Files.readAllLines(Path.of("/etc/passwd"));
    for (String name : ACCOUNTS) {
      for (String line : users) {
        String[] fields = line.split(":", -1);
        if (fields[0].equals(name) && fields.length > 3 && !fields[2].equals("0")) {
          return new Account(name, Integer.parseInt(fields[2]), Integer.parseInt(fields[3]));
        }
      }
    }
    throw new DatabaseException(
        Reason.NOT_STARTED,
        "started by root, and none of the accounts %s exists to run PostgreSQL as: create `mingmian`, or start as an ordinary user"
            .formatted(ACCOUNTS),
        null);
  }

  /// Where the cluster lies when it runs as another account: below the data directory if that
  /// account can get there, else below `/var/lib/mingmian`, with a note in `location`.
  private static Path placeFor(Path home, Account account) throws IOException {
    Path note = home.resolve("location");
    if (Files.exists(note)) {
      Path noted = Path.of(Files.readString(note).strip());
      if (Files.isDirectory(noted)) return noted.resolve("cluster");
      throw new DatabaseException(
          Reason.NOT_STARTED,
          "the database of `%s` is noted to be at `%s`, which does not exist: bring it back, or delete `%s` to begin anew"
              .formatted(home, noted, note),
          null);
    }
    if (Files.isDirectory(home.resolve("cluster")) || reachable(home, account)) {
      return home.resolve("cluster");
    }
    Path place =
        FALLBACK.resolve(HexFormat.of().formatHex(sha256(home.toString())).substring(0, 16));
    createPrivate(FALLBACK, true);
    createPrivate(place, true);
    Files.writeString(note, place + "\n");
    return place.resolve("cluster");
  }

  private static boolean reachable(Path directory, Account account) throws IOException {
    for (@Nullable Path p = directory; p != null; p = p.getParent()) {
      PosixFileAttributes a = Files.readAttributes(p, PosixFileAttributes.class);
      Set<PosixFilePermission> may = a.permissions();
      boolean own = a.owner().getName().equals(account.name());
      if (!may.contains(
          own ? PosixFilePermission.OWNER_EXECUTE : PosixFilePermission.OTHERS_EXECUTE)) {
        return false;
      }
    }
    return true;
  }

  private void giveToAccount(Path path) throws IOException {
    if (account == null) return;
    Files.setAttribute(path, "unix:uid", account.uid(), LinkOption.NOFOLLOW_LINKS);
    Files.setAttribute(path, "unix:gid", account.gid(), LinkOption.NOFOLLOW_LINKS);
  }

  private static String password(Path file, SecureRandom random) {
    try {
      if (Files.exists(file)) return Files.readString(file).strip();
      byte[] bytes = new byte[32];
      random.nextBytes(bytes);
      String made = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
      Path fresh = file.resolveSibling(file.getFileName() + ".new");
      Files.deleteIfExists(fresh);
      Files.createFile(
          fresh,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(fresh, made);
      force(fresh);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
      force(parent(file));
      return made;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // ---- the program

  private static String architecture() {
    String arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    return switch (arch) {
      case "amd64", "x86_64" -> "x86_64";
      case "aarch64", "arm64" -> "arm_64";
      default ->
          throw new DatabaseException(
              Reason.NOT_STARTED,
              "no embedded PostgreSQL for the processor `%s`: give --database-url".formatted(arch),
              null);
    };
  }

  /// Unpacks the program once per version: into a directory beside, which is then renamed.
  private void unpack() throws IOException {
    if (Files.isDirectory(program)) return;
    String archive = "/postgres-linux-%s.txz".formatted(architecture());
    Path fresh = program.resolveSibling(program.getFileName() + ".new");
    deleteTree(fresh);
    try (InputStream packed = EmbeddedPostgres.class.getResourceAsStream(archive)) {
      if (packed == null) {
        throw new DatabaseException(
            Reason.NOT_STARTED, "`%s` is not on the class path".formatted(archive), null);
      }
      try (TarArchiveInputStream tar =
          new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(packed)))) {
        for (TarArchiveEntry e = tar.getNextEntry(); e != null; e = tar.getNextEntry()) {
          Path to = fresh.resolve(e.getName()).normalize();
          if (!to.startsWith(fresh)) {
            throw new IOException(
                "archive entry `%s` leads out of the archive".formatted(e.getName()));
          }
          if (e.isDirectory()) {
            Files.createDirectories(to);
          } else if (e.isSymbolicLink()) {
            Files.createDirectories(parent(to));
            Files.createSymbolicLink(to, Path.of(e.getLinkName()));
          } else {
            Files.createDirectories(parent(to));
            Files.copy(tar, to);
            boolean executable = (e.getMode() & 0100) != 0;
            Files.setPosixFilePermissions(
                to, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
          }
        }
      }
    }
    forceTree(fresh);
    Files.move(fresh, program, StandardCopyOption.ATOMIC_MOVE);
    force(parent(program));
  }

  /// Survives a power cut from here on: a file or a directory.
  private static void force(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static void forceTree(Path directory) throws IOException {
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path p : paths.filter(p -> !Files.isSymbolicLink(p)).toList()) force(p);
    }
  }

  private static Path parent(Path path) {
    Path parent = path.getParent();
    return parent == null ? path : parent;
  }

  private static void deleteTree(Path directory) throws IOException {
    if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) return;
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path p : paths.sorted(Comparator.reverseOrder()).toList()) Files.delete(p);
    }
  }

  // ---- the cluster

  private void initialise() throws IOException {
    if (Files.isDirectory(cluster)) {
      String major = Files.readString(cluster.resolve("PG_VERSION")).strip();
      String ours = VERSION.substring(0, VERSION.indexOf('.'));
      if (!major.equals(ours)) {
        throw new DatabaseException(
            Reason.VERSION_MISMATCH,
            "`%s` was written by PostgreSQL %s, this program brings %s: export it with the old program and import it here"
                .formatted(cluster, major, ours),
            null);
      }
      return;
    }
    Path fresh = cluster.resolveSibling("cluster.new");
    awaitEnd(fresh);
    Path secret = cluster.resolveSibling("initial-password");
    deleteTree(fresh);
    createPrivate(fresh, false);
    giveToAccount(fresh);
    Files.deleteIfExists(secret);
    Files.createFile(
        secret, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      Files.writeString(secret, ownerPassword + "\n");
      giveToAccount(secret);
      run(
          "initdb",
          "-D",
          fresh.toString(),
          "--username=" + OWNER,
          "--pwfile=" + secret,
          "--auth=scram-sha-256",
          "--encoding=UTF8",
          "--locale=C",
          "--locale-provider=builtin",
          "--builtin-locale=C.UTF-8",
          "--data-checksums",
          "--no-instructions");
    } finally {
      Files.deleteIfExists(secret);
    }
    Files.move(fresh, cluster, StandardCopyOption.ATOMIC_MOVE);
    force(parent(cluster));
  }

  /// A killed parent may leave an `initdb` at work.
  private static void awaitEnd(Path directory) throws IOException {
    long deadline = System.nanoTime() + START_PATIENCE.toNanos();
    while (!processesOf(directory).isEmpty()) {
      if (System.nanoTime() > deadline) {
        throw new DatabaseException(
            Reason.NOT_STARTED,
            "processes %s work in `%s` and do not end: end them, then start again"
                .formatted(processesOf(directory), directory),
            null);
      }
      pause();
    }
  }

  private static String configuration(int port) {
    // Statements and details stay out of the log: they hold personal data.
    return """
    # Written at every start by Mingmian (PostgreSQL %s); changes here are lost.
    listen_addresses = '127.0.0.1'
    port = %d
    unix_socket_directories = ''
    password_encryption = 'scram-sha-256'
    max_connections = 40
    fsync = on
    synchronous_commit = on
    full_page_writes = on
    wal_level = replica
    max_wal_senders = 0
    shared_buffers = 64MB
    max_wal_size = 512MB
    jit = off
    huge_pages = off
    timezone = 'UTC'
    log_timezone = 'UTC'
    datestyle = 'iso, ymd'
    lc_messages = 'C'
    log_destination = 'stderr'
    logging_collector = off
    log_min_messages = warning
    log_checkpoints = off
    log_error_verbosity = terse
    log_min_error_statement = panic
    log_parameter_max_length = 0
    log_parameter_max_length_on_error = 0
    """
        .formatted(VERSION, port);
  }

  private void startOrAdopt() throws IOException {
    Optional<Running> running = running();
    if (running.isPresent()) {
      int found = running.get().port();
      boolean ours =
          Files.readString(cluster.resolve("postgresql.conf")).equals(configuration(found));
      if (ours && answers(found) && endSessions()) {
        server = running.get().pid();
        adopted = true;
        return;
      }
      stop("fast");
    }
    startAt(freePort());
  }

  private void startAt(int wanted) throws IOException {
    DatabaseException last = null;
    for (int attempt = 0; attempt < 3; attempt++) {
      port = attempt == 0 ? wanted : freePort();
      writeOwned(cluster.resolve("postgresql.conf"), configuration(port));
      writeOwned(
          cluster.resolve("pg_hba.conf"),
          "# TYPE DATABASE USER ADDRESS METHOD\nhost all all 127.0.0.1/32 scram-sha-256\n");
      if (!Files.exists(log)) Files.createFile(log);
      if (Files.size(log) > 10_000_000) Files.writeString(log, "");
      Files.setPosixFilePermissions(log, PosixFilePermissions.fromString("rw-------"));
      giveToAccount(log);
      long logStart = Files.size(log);
      try {
        run(
            "pg_ctl",
            "start",
            "-D",
            cluster.toString(),
            "-l",
            log.toString(),
            "-w",
            "-t",
            Long.toString(START_PATIENCE.toSeconds()),
            "-s");
        server = running().map(Running::pid).orElse(0L);
        return;
      } catch (DatabaseException e) {
        String said = logFrom(logStart);
        last =
            new DatabaseException(
                said.contains("No space left") ? Reason.DISK_FULL : Reason.NOT_STARTED,
                "PostgreSQL did not start from `%s`; its log says: %s".formatted(cluster, said),
                e);
        if (!said.contains("Address already in use")) break;
      }
    }
    throw last == null
        ? new DatabaseException(Reason.NOT_STARTED, "PostgreSQL did not start", null)
        : last;
  }

  private void writeOwned(Path file, String text) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(fresh, text);
    Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
    giveToAccount(fresh);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private String logFrom(long position) throws IOException {
    byte[] all = Files.readAllBytes(log);
    int from = (int) Math.max(Math.min(position, all.length), all.length - 2_000L);
    return new String(all, from, all.length - from, StandardCharsets.UTF_8).strip();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private record Running(long pid, int port) {}

  /// The server that holds this cluster, if there is one, once it is ready. A killed parent may
  /// leave a server that is still starting, and a killed server leaves sessions that have not yet
  /// noticed: both are waited for, because a second server beside them would destroy the data.
  private Optional<Running> running() throws IOException {
    Path file = cluster.resolve("postmaster.pid");
    long deadline = System.nanoTime() + START_PATIENCE.toNanos();
    while (true) {
      Set<Long> alive = processesOf(cluster);
      List<String> lines = Files.exists(file) ? readLines(file) : List.of();
      if (alive.isEmpty()) {
        removeForeign(file, lines);
        return Optional.empty();
      }
      // Line 1 is the server's pid, line 4 its port, line 8 its state.
      if (lines.size() >= 8
          && lines.get(0).matches("\\d{1,10}")
          && alive.contains(Long.parseLong(lines.get(0)))
          && lines.get(3).matches("\\d{1,5}")
          && lines.get(7).strip().equals("ready")) {
        return Optional.of(
            new Running(Long.parseLong(lines.get(0)), Integer.parseInt(lines.get(3))));
      }
      if (System.nanoTime() > deadline) {
        throw new DatabaseException(
            Reason.NOT_STARTED,
            "processes %s hold `%s` and neither serve nor end: end them, then start again"
                .formatted(alive, cluster),
            null);
      }
      pause();
    }
  }

  /// A file of a server that is gone is PostgreSQL's own matter, except where its pid has passed
  /// to another program: PostgreSQL would take that for a server and refuse.
  private static void removeForeign(Path file, List<String> lines) throws IOException {
    boolean pidPassedOn =
        !lines.isEmpty()
            && lines.get(0).matches("\\d{1,10}")
            && ProcessHandle.of(Long.parseLong(lines.get(0))).isPresent();
    if (pidPassedOn) Files.deleteIfExists(file);
  }

  private static List<String> readLines(Path file) throws IOException {
    try {
      return Files.readAllLines(file);
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  /// Processes that were started on a directory of PostgreSQL or work in it.
  private static Set<Long> processesOf(Path directory) throws IOException {
    byte[] path = directory.toString().getBytes(StandardCharsets.UTF_8);
    Set<Long> found = new TreeSet<>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : processes) {
        try {
          byte[] command = Files.readAllBytes(process.resolve("cmdline"));
          if (isPostgres(command) && (names(command, path) || worksIn(process, directory))) {
            found.add(Long.parseLong(process.getFileName().toString()));
          }
        } catch (IOException e) {
          // It ended while we looked, or is another user's: neither can be ours.
          continue;
        }
      }
    }
    return found;
  }

  /// Servers and sessions of ours call themselves `.../bin/postgres`, `.../bin/initdb` or
  /// `postgres: ...`.
  private static boolean isPostgres(byte[] command) {
    int end = 0;
    while (end < command.length && command[end] != 0 && command[end] != ' ') end++;
    String program = new String(command, 0, end, StandardCharsets.UTF_8);
    return program.endsWith("/postgres")
        || program.endsWith("/initdb")
        || program.equals("postgres:");
  }

  /// Whether one of the words of a command line is exactly this path.
  private static boolean names(byte[] command, byte[] path) {
    int from = 0;
    for (int i = 0; i <= command.length; i++) {
      if (i == command.length || command[i] == 0) {
        if (Arrays.equals(command, from, i, path, 0, path.length)) return true;
        from = i + 1;
      }
    }
    return false;
  }

  private static boolean worksIn(Path process, Path directory) {
    try {
      return Files.readSymbolicLink(process.resolve("cwd")).equals(directory);
    } catch (IOException e) {
      // Another user's process: not ours.
      return false;
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DatabaseException(
          Reason.NOT_STARTED, "interrupted while waiting for PostgreSQL", e);
    }
  }

  private boolean answers(int atPort) {
    int before = port;
    port = atPort;
    try (Connection c = connect("postgres", OWNER, ownerPassword)) {
      return c.isValid(5);
    } catch (SQLException e) {
      port = before;
      return false;
    }
  }

  /// Ends what the killed parent had under way, a commit included: whatever we read from here on
  /// is final.
  ///
  /// @return whether all of it has ended
  private boolean endSessions() {
    try (Connection c = connect("postgres", OWNER, ownerPassword);
        Statement s = c.createStatement()) {
      String others =
          " FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()";
      // A session that ends by itself meanwhile answers false here; the look afterwards counts.
      s.execute("SELECT pg_terminate_backend(pid, 10000)" + others);
      return !exists(s, "SELECT 1" + others);
    } catch (SQLException e) {
      return false;
    }
  }

  private void stop(String mode) {
    try {
      if (running().isEmpty()) return;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    run("pg_ctl", "stop", "-D", cluster.toString(), "-m", mode, "-w", "-t", "60", "-s");
  }

  private void makeRoleAndDatabase() {
    try (Connection c = connect(DATABASE, ROLE, rolePassword)) {
      if (c.isValid(5)) return;
    } catch (SQLException e) {
      if (!Set.of("28P01", "28000", "3D000").contains(String.valueOf(e.getSQLState()))) {
        throw failed("connecting to the embedded database", e);
      }
    }
    try (Connection c = connect("postgres", OWNER, ownerPassword);
        Statement s = c.createStatement()) {
      // law| GBT-22239/8.1.4.2: least privilege; the program works as a role that can do nothing to
      // the server.
      if (!exists(s, "SELECT 1 FROM pg_roles WHERE rolname = '%s'".formatted(ROLE))) {
        s.execute(
            "CREATE ROLE %s LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION"
                .formatted(ROLE));
      }
      s.execute("ALTER ROLE %s PASSWORD '%s'".formatted(ROLE, rolePassword));
      if (!exists(s, "SELECT 1 FROM pg_database WHERE datname = '%s'".formatted(DATABASE))) {
        s.execute("CREATE DATABASE %s OWNER %s".formatted(DATABASE, ROLE));
        s.execute("REVOKE ALL ON DATABASE %s FROM PUBLIC".formatted(DATABASE));
      }
    } catch (SQLException e) {
      throw failed("setting up role and database", e);
    }
  }

  private static boolean exists(Statement s, String query) throws SQLException {
    try (ResultSet r = s.executeQuery(query)) {
      return r.next();
    }
  }

  private Connection connect(String database, String user, String password) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    properties.setProperty("connectTimeout", "10");
    properties.setProperty("ApplicationName", "mingmian-setup");
    return DriverManager.getConnection(urlOf(database), properties);
  }

  private static DatabaseException failed(String doing, SQLException e) {
    DatabaseException known = DatabaseException.from(e);
    return known != null
        ? known
        : new DatabaseException(
            Reason.NOT_STARTED,
            "%s failed with SQL state `%s`".formatted(doing, e.getSQLState()),
            e);
  }

  /// Runs one of the server's programs, as the ordinary account when we are root, and waits for it.
  private void run(String tool, String... arguments) {
    List<String> command = new ArrayList<>();
    if (account != null) {
      command.addAll(
          List.of(
              "setpriv",
              "--reuid=" + account.uid(),
              "--regid=" + account.gid(),
              "--clear-groups",
              "--no-new-privs"));
    }
    command.add(program.resolve("bin").resolve(tool).toString());
    command.addAll(List.of(arguments));
    Path output = home.resolve(tool + ".out");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(cluster.resolveSibling(".").normalize().toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile());
      String path = builder.environment().get("PATH");
      builder.environment().clear();
      builder.environment().put("LC_ALL", "C");
      builder.environment().put("PATH", path == null ? "/usr/bin:/bin" : path);
      Process process = builder.start();
      process.getOutputStream().close();
      if (!process.waitFor(START_PATIENCE.toSeconds() + 60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new DatabaseException(
            Reason.NOT_STARTED, "`%s` did not end in time".formatted(tool), null);
      }
      String said = Files.readString(output).strip();
      if (process.exitValue() != 0) {
        throw new DatabaseException(
            said.contains("No space left") ? Reason.DISK_FULL : Reason.NOT_STARTED,
            "`%s` ended with %d: %s".formatted(tool, process.exitValue(), said),
            null);
      }
      Files.delete(output);
    } catch (IOException e) {
      throw new DatabaseException(
          Reason.NOT_STARTED,
          "`%s` could not be run: %s".formatted(command.getFirst(), e.getMessage()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DatabaseException(
          Reason.NOT_STARTED, "interrupted while `%s` ran".formatted(tool), e);
    }
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
