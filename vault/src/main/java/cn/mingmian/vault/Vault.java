package cn.mingmian.vault;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Predicate;
import javax.crypto.AEADBadTagException;
import org.jspecify.annotations.Nullable;

/// A directory of sealed templates, their wrapped keys, and the search over them.
///
/// Each template is sealed under two random keys: one of its own, and one shared by the templates
/// of one person and purpose ([KeyId]). Both are wrapped by an epoch key, and that by the root.
// What
/// a method has acknowledged survives a crash; what a crash interrupts is completed or undone when
/// the vault is next opened. The format is described byte by byte in `docs/formats/vault.md`.
///
/// Thread-safe. One vault holds a directory at a time, within and across processes.
public final class Vault implements AutoCloseable {
  private static final String LOCK_FILE = "lock";
  private static final String TEMPLATES = "templates";
  private static final byte[] TEMPLATE_INFO =
      "mingmian vault 1 template".getBytes(StandardCharsets.US_ASCII);

  /// A key of one person and purpose that has templates.
  private static final class Owner {
    final int index;
    final KeyTable.Slot slot;
    final Set<TemplateId> templates = new HashSet<>();

    Owner(int index, KeyTable.Slot slot) {
      this.index = index;
      this.slot = slot;
    }
  }

  /// @param index  slot in the key table, -1 if no intact slot was found
  private record Entry(
      TemplateId template, KeyId key, GalleryId gallery, int index, KeyTable.Slot slot) {
    Instant expiresAt() {
      return Instant.ofEpochMilli(slot.expiresMillis());
    }
  }

  private final Path directory;
  private final Path templatesDirectory;
  private final SecureRandom random;
  private final InstantSource clock;
  private final FileChannel lockChannel;
  private final Head head;
  private final UnlockedRoot root;
  private final ErasureLog erasures;

  /// Held by whoever changes what is on disk.
  private final ReentrantLock writing = new ReentrantLock();

  /// Read by all; written to swap the key table and to close.
  private final ReentrantReadWriteLock state = new ReentrantReadWriteLock();

  private final Map<TemplateId, Entry> entries = new ConcurrentHashMap<>();
  private final Map<GalleryId, Set<TemplateId>> galleries = new ConcurrentHashMap<>();
  private final Map<KeyId, Owner> owners = new HashMap<>();
  private final List<Integer> damagedSlots = new ArrayList<>();
  private KeyTable table;
  private boolean closed;

  /// Opens the vault in `directory`, or makes a new one if the directory is empty or missing.
  ///
  /// @throws VaultInUseException if another vault holds the directory
  /// @throws WrongRootException if `root` does not protect this vault
  /// @throws VaultDamagedException if a file the whole vault depends on is damaged
  /// @throws VaultFullException if a new vault finds no room
  public static Vault open(Path directory, RootKey root, SecureRandom random, InstantSource clock) {
    return open(directory, root, random, clock, VaultOptions.defaults());
  }

  /// As above, with options.
  public static Vault open(
      Path directory,
      RootKey root,
      SecureRandom random,
      InstantSource clock,
      VaultOptions options) {
    Opening opening = new Opening();
    boolean opened = false;
    try {
      Disk.makeDirectory(directory);
      opening.lock = lock(directory);
      Path headFile = directory.resolve(Head.FILE);
      if (!Files.exists(headFile)) create(directory, root, random, clock, options.suite());
      Head head = Head.read(headFile);
      List<Path> tables = list(directory, "keys-*.tab");
      if (tables.isEmpty()) {
        throw new VaultDamagedException(
            "vault `%s` has no key table: restore it from the key backup".formatted(directory));
      }
      // The highest number has the live keys; a lower one is an epoch whose destruction a crash
      // interrupted, and a higher epoch key without a table is a rotation that never happened.
      String live = String.valueOf(tables.getLast().getFileName());
      String number = live.substring("keys-".length(), live.length() - ".tab".length());
      Path epochFile = directory.resolve("epoch-" + number + ".key");
      if (!Files.exists(epochFile)) {
        throw new VaultDamagedException(
            "epoch key `%s` is missing: restore it from the key backup".formatted(epochFile));
      }
      EpochKey.Stored stored = EpochKey.stored(epochFile, head);
      opening.root = root.unlock(stored.rootKind(), stored.parameters());
      opening.epoch = EpochKey.unwrap(stored, head, opening.root);
      opening.table = KeyTable.open(head, opening.epoch, tables.getLast());
      opening.erasures = ErasureLog.open(head, directory.resolve(ErasureLog.FILE));
      Vault vault = new Vault(directory, head, random, clock, opening);
      vault.recover();
      opened = true;
      return vault;
    } catch (IOException e) {
      throw Disk.failure(directory, 1 << 16, "cannot open the vault", e);
    } finally {
      if (!opened) opening.close();
    }
  }

  /// What is open while a vault is being opened; closed again if that fails.
  private static final class Opening {
    @Nullable FileChannel lock;
    @Nullable UnlockedRoot root;
    @Nullable EpochKey epoch;
    @Nullable KeyTable table;
    @Nullable ErasureLog erasures;

    void close() {
      try {
        if (erasures != null) erasures.close();
        if (table != null) table.close();
        if (epoch != null) epoch.close();
        if (root != null) root.close();
        if (lock != null) lock.close();
      } catch (IOException e) {
        throw new VaultIoException("cannot close the vault after a failed opening", e);
      }
    }
  }

  private static <T> T opened(@Nullable T part) {
    if (part == null) throw new IllegalStateException("vault is not open");
    return part;
  }

  private Vault(
      Path directory, Head head, SecureRandom random, InstantSource clock, Opening opening) {
    this.directory = directory;
    this.templatesDirectory = directory.resolve(TEMPLATES);
    this.random = random;
    this.clock = clock;
    this.head = head;
    this.lockChannel = opened(opening.lock);
    this.root = opened(opening.root);
    this.table = opened(opening.table);
    this.erasures = opened(opening.erasures);
  }

  private static FileChannel lock(Path directory) throws IOException {
    FileChannel channel =
        FileChannel.open(
            directory.resolve(LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = null;
    try {
      lock = channel.tryLock();
      if (lock != null) return channel;
    } catch (OverlappingFileLockException e) {
      throw new VaultInUseException(
          "vault `%s` is already open in this process".formatted(directory));
    } finally {
      if (lock == null) channel.close();
    }
    throw new VaultInUseException(
        "vault `%s` is open in another process: stop that one first".formatted(directory));
  }

  private static void create(
      Path directory, RootKey root, SecureRandom random, InstantSource clock, Suite suite)
      throws IOException {
    List<Path> strangers = new ArrayList<>(list(directory, "*.{tab,log,key}"));
    Path templates = directory.resolve(TEMPLATES);
    if (Files.isDirectory(templates)) strangers.addAll(list(templates, "*.tpl"));
    if (!strangers.isEmpty()
        && Files.exists(directory.resolve("keys-" + "0".repeat(15) + "1.tab"))) {
      throw new VaultDamagedException(
          "vault `%s` has lost its head file `%s`: restore it from the key backup"
              .formatted(directory, Head.FILE));
    }
    Head head = Head.create(suite, random, clock.instant());
    Disk.makeDirectory(templates);
    try (UnlockedRoot unlocked = root.unlock(random);
        EpochKey epoch = EpochKey.create(head, 1, random, clock.instant())) {
      Disk.replace(directory.resolve(EpochKey.fileName(1)), epoch.encode(unlocked, random));
    }
    Disk.replace(directory.resolve(ErasureLog.FILE), ErasureLog.header(head));
    // The head comes last but one: a vault is there once it has a head, and complete by then.
    Disk.replace(directory.resolve(KeyTable.fileName(1)), KeyTable.header(head, 1));
    Disk.replace(directory.resolve(Head.FILE), head.encode());
  }

  private static List<Path> list(Path directory, String pattern) throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory, pattern)) {
      stream.forEach(files::add);
    }
    files.sort(Comparator.naturalOrder());
    return files;
  }

  /// Completes what a crash interrupted, and fills the maps.
  private void recover() throws IOException {
    for (Path old : list(directory, "{epoch-*.key,keys-*.tab}")) {
      String name = String.valueOf(old.getFileName());
      long number = table.epoch().number();
      if (!name.equals(EpochKey.fileName(number)) && !name.equals(KeyTable.fileName(number))) {
        Disk.destroy(old);
      }
    }
    for (Path part : list(directory, "*" + Disk.UNFINISHED)) Disk.destroy(part);
    for (Path part : list(templatesDirectory, "*" + Disk.UNFINISHED)) Disk.destroy(part);

    Map<TemplateId, Path> files = new HashMap<>();
    for (Path file : list(templatesDirectory, "*.tpl")) {
      String name = String.valueOf(file.getFileName());
      files.put(TemplateId.of(name.substring(0, name.length() - ".tpl".length())), file);
    }

    List<Integer> dead = new ArrayList<>();
    damagedSlots.addAll(table.damaged());
    for (KeyTable.Found found : table.found()) {
      KeyTable.Slot slot = found.slot();
      if (slot.kind() != KeyTable.OWNER) continue;
      KeyId key = new KeyId(slot.idHigh(), slot.idLow());
      if (erasures.find(ErasureLog.KEY, key.high(), key.low()) != null) dead.add(found.index());
      else owners.put(key, new Owner(found.index(), slot));
    }
    for (KeyTable.Found found : table.found()) {
      KeyTable.Slot slot = found.slot();
      if (slot.kind() != KeyTable.TEMPLATE) continue;
      TemplateId template = new TemplateId(slot.idHigh(), slot.idLow());
      KeyId key = new KeyId(slot.ownerHigh(), slot.ownerLow());
      GalleryId gallery = new GalleryId(slot.galleryHigh(), slot.galleryLow());
      boolean erased =
          erasures.find(ErasureLog.TEMPLATE, template.high(), template.low()) != null
              || erasures.find(ErasureLog.KEY, key.high(), key.low()) != null;
      Owner owner = owners.get(key);
      // Without an owner key it is unreadable: an erasure had destroyed that first.
      if (erased || (owner == null && damagedSlots.isEmpty())) {
        dead.add(found.index());
      } else {
        if (owner != null) owner.templates.add(template);
        hold(new Entry(template, key, gallery, found.index(), slot));
      }
    }
    owners
        .values()
        .removeIf(
            owner -> {
              boolean empty = owner.templates.isEmpty() && damagedSlots.isEmpty();
              if (empty) dead.add(owner.index);
              return empty;
            });
    table.destroy(dead);

    for (Map.Entry<TemplateId, Path> file : files.entrySet()) {
      if (entries.containsKey(file.getKey())) continue;
      // Sealed but never acknowledged, or erased but not yet unlinked. With a damaged key slot it
      // may be neither: then it stays, is listed, and reads as damaged until its owner decides.
      boolean kept = !damagedSlots.isEmpty() && holdUnkeyed(file.getKey(), file.getValue());
      if (!kept) Disk.destroy(file.getValue());
    }
    for (ErasureLog.Entry erasure : erasures.all()) {
      if (!erasure.finished()) erasures.append(erasure.finishedAt(clock.millis()));
    }
  }

  private boolean holdUnkeyed(TemplateId template, Path file) throws IOException {
    try {
      TemplateFile read = TemplateFile.parse(head, Files.readAllBytes(file));
      boolean erased =
          erasures.find(ErasureLog.TEMPLATE, template.high(), template.low()) != null
              || erasures.find(ErasureLog.KEY, read.key().high(), read.key().low()) != null;
      if (erased || !read.template().equals(template)) return false;
      hold(
          new Entry(
              template,
              read.key(),
              read.binding().gallery(),
              -1,
              templateSlot(
                  template,
                  read.key(),
                  read.binding().gallery(),
                  read.generation(),
                  Math.clamp(read.expiresMillis(), 0, KeyTable.MAX_EXPIRY_MILLIS))));
      return true;
    } catch (TemplateFile.Unreadable e) {
      return false;
    }
  }

  private void hold(Entry entry) {
    entries.put(entry.template(), entry);
    galleries
        .computeIfAbsent(entry.gallery(), g -> ConcurrentHashMap.newKeySet())
        .add(entry.template());
  }

  private static KeyTable.Slot templateSlot(
      TemplateId template, KeyId key, GalleryId gallery, long generation, long expiresMillis) {
    return new KeyTable.Slot(
        KeyTable.TEMPLATE,
        expiresMillis,
        template.high(),
        template.low(),
        key.high(),
        key.low(),
        gallery.high(),
        gallery.low(),
        generation);
  }

  /// Seals a template and returns when it is on disk; it can then be found.
  ///
  /// @param key  the key of this person and purpose; made if it has no template yet
  /// @param floats  2 to 16,384 finite values in native byte order, not all zero; copied
  /// @param expiresAt  in the future; kept to the millisecond, rounded down
  /// @throws TemplateExistsException if `template` is held or was erased
  /// @throws KeyErasedException if `key` was erased
  /// @throws VaultFullException if there is no room; nothing is kept then
  public Sealed seal(
      TemplateId template, KeyId key, Binding binding, MemorySegment floats, Instant expiresAt) {
    int dimensions = checkFloats(floats);
    Instant now = clock.instant();
    if (!now.isBefore(expiresAt)) {
      throw new IllegalArgumentException(
          "template would expire at %s, it is %s already".formatted(expiresAt, now));
    }
    long expiresMillis = millis(expiresAt);
    writing.lock();
    state.readLock().lock();
    byte[] ownerKey = new byte[0];
    byte[] templateKey = new byte[Secret.BYTES];
    byte[] plain = new byte[dimensions * Float.BYTES];
    try {
      refuseIfClosed();
      if (erasures.find(ErasureLog.KEY, key.high(), key.low()) != null) {
        throw new KeyErasedException("key `%s` was erased: make a new one".formatted(key));
      }
      if (entries.containsKey(template)
          || erasures.find(ErasureLog.TEMPLATE, template.high(), template.low()) != null) {
        throw new TemplateExistsException(
            "template `%s` is held or was erased: ids are used once".formatted(template));
      }
      Owner owner = owners.get(key);
      KeyTable.Slot ownerSlot =
          owner != null
              ? owner.slot
              : new KeyTable.Slot(KeyTable.OWNER, 0, key.high(), key.low(), 0, 0, 0, 0, 0);
      if (owner != null) {
        ownerKey = table.key(owner.index, ownerSlot);
      } else {
        ownerKey = new byte[Secret.BYTES];
        random.nextBytes(ownerKey);
      }
      random.nextBytes(templateKey);
      long generation = Integer.toUnsignedLong(random.nextInt());
      byte[] header =
          TemplateFile.header(
              head,
              template,
              key,
              binding,
              TransformId.NONE,
              generation,
              expiresMillis,
              dimensions);
      toLittleEndian(floats, plain);
      byte[] file = sealFile(header, ownerKey, templateKey, plain);
      Path path = templatesDirectory.resolve(TemplateFile.fileName(template));
      // A file without a key is nothing: the key slot, written second, is the moment of truth.
      Disk.createSecret(path, file);
      KeyTable.Slot slot =
          templateSlot(template, key, binding.gallery(), generation, expiresMillis);
      List<byte[]> slots = new ArrayList<>();
      if (owner == null) slots.add(table.encode(ownerSlot, ownerKey, random));
      slots.add(table.encode(slot, templateKey, random));
      int[] where = addOrUndo(slots, path);
      if (owner == null) {
        owner = new Owner(where[0], ownerSlot);
        owners.put(key, owner);
      }
      owner.templates.add(template);
      hold(new Entry(template, key, binding.gallery(), where[where.length - 1], slot));
      return new Sealed(template, key, file.length, table.epoch().number(), now);
    } catch (AEADBadTagException e) {
      throw new VaultDamagedException(
          "the stored key `%s` was altered; its templates cannot be read either".formatted(key));
    } catch (IOException e) {
      throw Disk.failure(templatesDirectory, TemplateFile.MAX_BYTES, "template was not sealed", e);
    } finally {
      Arrays.fill(ownerKey, (byte) 0);
      Arrays.fill(templateKey, (byte) 0);
      Arrays.fill(plain, (byte) 0);
      state.readLock().unlock();
      writing.unlock();
    }
  }

  private int[] addOrUndo(List<byte[]> slots, Path file) throws IOException {
    boolean added = false;
    try {
      int[] where = table.add(slots);
      added = true;
      return where;
    } finally {
      if (!added) Disk.destroy(file);
    }
  }

  private static int checkFloats(MemorySegment floats) {
    long dimensions = floats.byteSize() / Float.BYTES;
    if (floats.byteSize() % Float.BYTES != 0
        || dimensions < 2
        || dimensions > TemplateFile.MAX_DIMENSIONS) {
      throw new IllegalArgumentException(
          "template has %d bytes, expected 2 to %d floats"
              .formatted(floats.byteSize(), TemplateFile.MAX_DIMENSIONS));
    }
    double squares = 0;
    for (long i = 0; i < dimensions; i++) {
      float value = floats.get(ValueLayout.JAVA_FLOAT_UNALIGNED, i * Float.BYTES);
      squares += (double) value * value;
    }
    if (!(squares > 0) || Double.isInfinite(squares)) {
      throw new IllegalArgumentException("template has no direction: all zero, or not finite");
    }
    return (int) dimensions;
  }

  private static long millis(Instant expiresAt) {
    return expiresAt.isAfter(Instant.ofEpochMilli(KeyTable.MAX_EXPIRY_MILLIS))
        ? KeyTable.MAX_EXPIRY_MILLIS
        : expiresAt.toEpochMilli();
  }

  private static void toLittleEndian(MemorySegment floats, byte[] out) {
    ByteBuffer bytes = ByteBuffer.wrap(out).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < out.length / Float.BYTES; i++) {
      bytes.putFloat(floats.get(ValueLayout.JAVA_FLOAT_UNALIGNED, (long) i * Float.BYTES));
    }
  }

  private byte[] dataKey(TemplateId template, byte[] ownerKey, byte[] templateKey) {
    byte[] both = Arrays.copyOf(ownerKey, ownerKey.length + templateKey.length);
    System.arraycopy(templateKey, 0, both, ownerKey.length, templateKey.length);
    byte[] info = Arrays.copyOf(TEMPLATE_INFO, TEMPLATE_INFO.length + 16);
    ByteBuffer.wrap(info)
        .position(TEMPLATE_INFO.length)
        .putLong(template.high())
        .putLong(template.low());
    try {
      return head.suite().derive(both, head.vault(), info, head.suite().keyBytes());
    } finally {
      Arrays.fill(both, (byte) 0);
    }
  }

  private byte[] sealFile(byte[] header, byte[] ownerKey, byte[] templateKey, byte[] plain) {
    byte[] nonce = new byte[Suite.NONCE_BYTES];
    random.nextBytes(nonce);
    ByteBuffer in = ByteBuffer.wrap(header).position(32);
    byte[] key = dataKey(new TemplateId(in.getLong(), in.getLong()), ownerKey, templateKey);
    try {
      byte[] sealed = head.suite().seal(key, nonce, header, plain);
      byte[] file = Arrays.copyOf(header, header.length + nonce.length + sealed.length);
      ByteBuffer.wrap(file).position(header.length).put(nonce).put(sealed);
      return file;
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  /// Opens a template; the caller closes it, which zeroes it.
  ///
  /// @param expected  what the caller believes it is for
  public Reading<OpenTemplate> open(TemplateId template, Binding expected) {
    state.readLock().lock();
    try {
      refuseIfClosed();
      return read(template, expected);
    } finally {
      state.readLock().unlock();
    }
  }

  /// Compares a probe with one template.
  ///
  /// @param probe  floats of the model that `expected` names, native byte order, as many as the
  ///     template has
  /// @return the cosine, -1 to 1
  public Reading<Double> compare(TemplateId template, Binding expected, MemorySegment probe) {
    checkFloats(probe);
    return switch (open(template, expected)) {
      case Reading.Read<OpenTemplate>(OpenTemplate opened) -> {
        try (opened) {
          yield new Reading.Read<>(cosine(opened.floats(), probe));
        }
      }
      case Reading.NotHeld<OpenTemplate>(TemplateId id) -> new Reading.NotHeld<>(id);
      case Reading.Expired<OpenTemplate>(TemplateId id, Instant at) ->
          new Reading.Expired<>(id, at);
      case Reading.OtherBinding<OpenTemplate>(TemplateId id, Binding wanted, Binding found) ->
          new Reading.OtherBinding<>(id, wanted, found);
      case Reading.Damaged<OpenTemplate>(TemplateId id, Reading.Damage damage, String detail) ->
          new Reading.Damaged<>(id, damage, detail);
    };
  }

  private static double cosine(MemorySegment a, MemorySegment b) {
    if (a.byteSize() != b.byteSize()) {
      throw new IllegalArgumentException(
          "probe has %d values, the template has %d"
              .formatted(b.byteSize() / Float.BYTES, a.byteSize() / Float.BYTES));
    }
    double dot = 0;
    double aa = 0;
    double bb = 0;
    for (long at = 0; at < a.byteSize(); at += Float.BYTES) {
      double x = a.get(ValueLayout.JAVA_FLOAT_UNALIGNED, at);
      double y = b.get(ValueLayout.JAVA_FLOAT_UNALIGNED, at);
      dot += x * y;
      aa += x * x;
      bb += y * y;
    }
    return Math.clamp(dot / Math.sqrt(aa * bb), -1, 1);
  }

  private Reading<OpenTemplate> read(TemplateId template, Binding expected) {
    Entry entry = entries.get(template);
    if (entry == null) return new Reading.NotHeld<>(template);
    if (!clock.instant().isBefore(entry.expiresAt())) {
      return new Reading.Expired<>(template, entry.expiresAt());
    }
    Reading<OpenTemplate> reading = readHeld(entry, expected);
    // Erased while it was being read: the destroyed bytes are no damage.
    if (!(reading instanceof Reading.Read) && entries.get(template) == null) {
      return new Reading.NotHeld<>(template);
    }
    return reading;
  }

  private Reading<OpenTemplate> readHeld(Entry entry, Binding expected) {
    TemplateId template = entry.template();
    Path path = templatesDirectory.resolve(TemplateFile.fileName(template));
    byte[] ownerKey = new byte[0];
    byte[] templateKey = new byte[0];
    byte[] key = new byte[0];
    byte[] plain = new byte[0];
    try {
      TemplateFile file = TemplateFile.parse(head, Files.readAllBytes(path));
      if (!file.template().equals(template)
          || !file.key().equals(entry.key())
          || !file.binding().gallery().equals(entry.gallery())
          || file.generation() != entry.slot().generation()
          || file.expiresMillis() != entry.slot().expiresMillis()) {
        return new Reading.Damaged<>(
            template, Reading.Damage.MISPLACED, "its header does not fit its key slot");
      }
      Owner owner = owner(entry.key());
      if (owner == null || entry.index() < 0) {
        return new Reading.Damaged<>(
            template, Reading.Damage.KEY_ALTERED, "its key slot is damaged");
      }
      try {
        ownerKey = table.key(owner.index, owner.slot);
        templateKey = table.key(entry.index(), entry.slot());
      } catch (AEADBadTagException e) {
        return new Reading.Damaged<>(
            template, Reading.Damage.KEY_ALTERED, "its key slot does not unwrap");
      }
      key = dataKey(template, ownerKey, templateKey);
      plain = head.suite().open(key, file.nonce(), file.header(), file.sealed());
      if (!file.binding().equals(expected)) {
        return new Reading.OtherBinding<>(template, expected, file.binding());
      }
      OpenTemplate opened =
          new OpenTemplate(template, file.binding(), entry.expiresAt(), file.dimensions());
      ByteBuffer floats = ByteBuffer.wrap(plain).order(ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < file.dimensions(); i++) {
        opened.floats().setAtIndex(ValueLayout.JAVA_FLOAT, i, floats.getFloat());
      }
      return new Reading.Read<>(opened);
    } catch (NoSuchFileException e) {
      return new Reading.Damaged<>(template, Reading.Damage.MISSING, "its file is gone");
    } catch (TemplateFile.Unreadable e) {
      return new Reading.Damaged<>(template, e.damage(), String.valueOf(e.getMessage()));
    } catch (AEADBadTagException e) {
      return new Reading.Damaged<>(
          template, Reading.Damage.ALTERED, "its authentication tag does not fit");
    } catch (IOException e) {
      throw new VaultIoException("cannot read template `%s`".formatted(path), e);
    } finally {
      Arrays.fill(ownerKey, (byte) 0);
      Arrays.fill(templateKey, (byte) 0);
      Arrays.fill(key, (byte) 0);
      Arrays.fill(plain, (byte) 0);
    }
  }

  private @Nullable Owner owner(KeyId key) {
    synchronized (owners) {
      return owners.get(key);
    }
  }

  /// Searches one gallery exactly.
  ///
  /// @param model  the model that made `probe`; templates of other models are not compared
  /// @param k  at most so many hits
  /// @param minimumCosine  hits have at least this
  /// @param eligible  asked before a template is compared; those it refuses are not looked at
  public SearchResult search(
      GalleryId gallery,
      ModelId model,
      MemorySegment probe,
      int k,
      double minimumCosine,
      Predicate<TemplateId> eligible) {
    checkFloats(probe);
    List<Hit> hits = new ArrayList<>();
    List<TemplateId> damaged = new ArrayList<>();
    state.readLock().lock();
    try {
      refuseIfClosed();
      for (TemplateId template : galleries.getOrDefault(gallery, Set.of())) {
        if (!eligible.test(template)) continue;
        Entry entry = entries.get(template);
        if (entry == null) continue;
        compareAny(template, model, probe, minimumCosine, hits, damaged);
      }
    } finally {
      state.readLock().unlock();
    }
    hits.sort(Comparator.comparingDouble(Hit::cosine).reversed());
    return new SearchResult(hits.subList(0, Math.min(k, hits.size())), damaged);
  }

  private void compareAny(
      TemplateId template,
      ModelId model,
      MemorySegment probe,
      double minimum,
      List<Hit> hits,
      List<TemplateId> damaged) {
    try {
      byte[] bytes =
          Files.readAllBytes(templatesDirectory.resolve(TemplateFile.fileName(template)));
      Binding binding = TemplateFile.parse(head, bytes).binding();
      if (!binding.model().equals(model)) return;
      switch (read(template, binding)) {
        case Reading.Read<OpenTemplate>(OpenTemplate opened) -> {
          try (opened) {
            double cosine = cosine(opened.floats(), probe);
            if (cosine >= minimum) hits.add(new Hit(template, cosine));
          }
        }
        case Reading.Damaged<OpenTemplate> d -> damaged.add(d.template());
        case Reading.NotHeld<OpenTemplate> gone -> {}
        case Reading.Expired<OpenTemplate> over -> {}
        case Reading.OtherBinding<OpenTemplate> other -> {}
      }
    } catch (TemplateFile.Unreadable | NoSuchFileException e) {
      if (entries.containsKey(template)) damaged.add(template);
    } catch (IOException e) {
      throw new VaultIoException("cannot read template `%s`".formatted(template), e);
    }
  }

  /// Destroys the key of one person and purpose, then all that is sealed under it.
  ///
  /// From the first moment nothing of it can be found. If the disk fails in between, the exception
  /// says so, and asking again, or opening the vault again, goes on where it stopped.
  public Erasure erase(KeyId key) {
    return erase(ErasureLog.KEY, key.high(), key.low());
  }

  /// Destroys one template and its own key; the last one of a [KeyId] takes that key along.
  public Erasure erase(TemplateId template) {
    return erase(ErasureLog.TEMPLATE, template.high(), template.low());
  }

  /// What an erasure has to destroy.
  private record Doomed(ErasureLog.Entry entry, List<Integer> slots, List<Path> files) {}

  /// Erasures that a failing disk interrupted; asking again finishes them.
  private final Map<String, Doomed> unfinished = new HashMap<>();

  private Erasure erase(int kind, long high, long low) {
    writing.lock();
    state.readLock().lock();
    try {
      refuseIfClosed();
      Doomed doomed = unfinished.get(kind + Hex.text(high, low));
      if (doomed == null) {
        ErasureLog.Entry earlier = erasures.find(kind, high, low);
        if (earlier != null) return done(earlier);
        List<TemplateId> templates = doomedTemplates(kind, high, low);
        if (templates.isEmpty()) return new Erasure.NotHeld(Hex.text(high, low));
        doomed = doom(kind, high, low, templates);
        unfinished.put(kind + Hex.text(high, low), doomed);
      }
      Erasure.Done done = destroy(doomed);
      unfinished.remove(kind + Hex.text(high, low));
      return done;
    } catch (IOException e) {
      throw Disk.failure(directory, ErasureLog.RECORD, "erasure is not finished, ask again", e);
    } finally {
      state.readLock().unlock();
      writing.unlock();
    }
  }

  private List<TemplateId> doomedTemplates(int kind, long high, long low) {
    if (kind == ErasureLog.TEMPLATE) {
      TemplateId template = new TemplateId(high, low);
      return entries.containsKey(template) ? List.of(template) : List.of();
    }
    KeyId key = new KeyId(high, low);
    return entries.values().stream()
        .filter(entry -> entry.key().equals(key))
        .map(Entry::template)
        .toList();
  }

  /// Takes everything out of sight and lists what is to be destroyed, the shared key first.
  private Doomed doom(int kind, long high, long low, List<TemplateId> templates)
      throws IOException {
    long now = clock.millis();
    List<Integer> slots = new ArrayList<>();
    List<Path> files = new ArrayList<>();
    long bytes = 0;
    for (TemplateId template : templates) {
      Entry entry = entries.remove(template);
      if (entry == null) continue;
      Set<TemplateId> gallery = galleries.get(entry.gallery());
      if (gallery != null) gallery.remove(template);
      if (entry.index() >= 0) slots.add(entry.index());
      Path file = templatesDirectory.resolve(TemplateFile.fileName(template));
      if (Files.exists(file)) bytes += Files.size(file);
      files.add(file);
      Owner owner = owner(entry.key());
      if (owner != null) {
        owner.templates.remove(template);
        if (owner.templates.isEmpty()) {
          slots.addFirst(owner.index);
          synchronized (owners) {
            owners.remove(entry.key());
          }
        }
      }
    }
    return new Doomed(
        new ErasureLog.Entry(
            kind, high, low, templates.size(), slots.size(), bytes, table.epoch().number(), now, 0),
        slots,
        files);
  }

  private Erasure.Done destroy(Doomed doomed) throws IOException {
    try {
      erasures.append(doomed.entry());
    } catch (IOException full) {
      // Forgetting goes on without the note: destroying a key needs no room, and makes some.
      erasures.remember(doomed.entry());
    }
    table.destroy(doomed.slots());
    for (Path file : doomed.files()) Disk.wipe(file);
    for (Path file : doomed.files()) Files.deleteIfExists(file);
    Disk.syncDirectory(templatesDirectory);
    ErasureLog.Entry finished = doomed.entry().finishedAt(clock.millis());
    erasures.append(finished);
    return done(finished);
  }

  private static Erasure.Done done(ErasureLog.Entry entry) {
    return new Erasure.Done(
        entry.target(),
        entry.templates(),
        entry.keys(),
        entry.bytes(),
        Instant.ofEpochMilli(entry.begunMillis()),
        Instant.ofEpochMilli(entry.finishedMillis()),
        entry.epoch());
  }

  /// Every template held, expired or damaged ones included, so that those without an owner in the
  /// records can be erased.
  public List<Held> list() {
    state.readLock().lock();
    try {
      refuseIfClosed();
      return entries.values().stream()
          .map(e -> new Held(e.template(), e.key(), e.gallery(), e.expiresAt()))
          .toList();
    } finally {
      state.readLock().unlock();
    }
  }

  /// How old the current epoch key is.
  public Duration epochAge() {
    state.readLock().lock();
    try {
      refuseIfClosed();
      return Duration.between(table.epoch().createdAt(), clock.instant());
    } finally {
      state.readLock().unlock();
    }
  }

  private void refuseIfClosed() {
    if (closed) throw new IllegalStateException("vault `%s` is closed".formatted(directory));
  }

  /// Zeroes keys and vectors in memory and lets the directory go. Waits for running calls.
  @Override
  public void close() {
    writing.lock();
    state.writeLock().lock();
    try {
      if (closed) return;
      closed = true;
      entries.clear();
      table.epoch().close();
      root.close();
      erasures.close();
      table.close();
      lockChannel.close();
    } catch (IOException e) {
      throw new VaultIoException("cannot close vault `%s`".formatted(directory), e);
    } finally {
      state.writeLock().unlock();
      writing.unlock();
    }
  }
}
