package cn.mingmian.vault;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import javax.crypto.AEADBadTagException;
import org.jspecify.annotations.Nullable;

/// A directory of sealed templates, their wrapped keys, and the search over them.
///
/// Each template is sealed under two random keys: one of its own, and one shared by the templates
/// of one person and purpose ([KeyId]). Both are wrapped by an epoch key, and that by the root.
/// What
/// a method has acknowledged survives a crash; what a crash interrupts is completed or undone when
/// the vault is next opened. The format is described byte by byte in `docs/formats/vault.md`.
///
/// Thread-safe. One vault holds a directory at a time, within and across processes.
public final class Vault implements AutoCloseable {
  /// For a search over everybody in the gallery.
  public static final Predicate<TemplateId> EVERYONE = template -> true;

  private static final String LOCK_FILE = "lock";
  private static final String TEMPLATES = "templates";
  private static final String SUFFIX = ".tpl";
  private static final String RENEWED = ".new";
  private static final int ROTATION_BATCH = 1024;

  /// A key of one person and purpose. `templates` changes under the writing lock.
  private static final class Owner {
    final KeyId key;
    final int index;
    final List<TemplateId> templates = new ArrayList<>(1);

    Owner(KeyId key, int index) {
      this.key = key;
      this.index = index;
    }

    KeyTable.Slot slot() {
      return new KeyTable.Slot(KeyTable.OWNER, 0, key.high(), key.low(), 0, 0, 0, 0, 0);
    }
  }

  /// @param index  slot in the key table, -1 if no intact slot was found
  /// @param generation  which writing of the file the slot's key opens
  private record Entry(
      TemplateId template,
      Owner owner,
      Gallery gallery,
      int index,
      long expiresMillis,
      long generation) {
    KeyTable.Slot slot() {
      return new KeyTable.Slot(
          KeyTable.TEMPLATE,
          expiresMillis,
          template.high(),
          template.low(),
          owner.key.high(),
          owner.key.low(),
          gallery.id().high(),
          gallery.id().low(),
          generation);
    }

    Instant expiresAt() {
      return Instant.ofEpochMilli(expiresMillis);
    }
  }

  /// A template's vector as it is stored, under its transform.
  private record Stored(TemplateFile file, Vector vector) implements AutoCloseable {
    @Override
    public void close() {
      vector.close();
    }
  }

  private final Path directory;
  private final Path templatesDirectory;
  private final SecureRandom random;
  private final InstantSource clock;
  private final VaultOptions options;
  private final Kernel kernel = Kernel.best();
  private final FileChannel lockChannel;
  private final Head head;
  private final Sealing sealing;
  private final ErasureLog erasures;

  /// Held by whoever changes what is on disk.
  private final ReentrantLock writing = new ReentrantLock();

  /// Held by whoever replaces the epoch key; taken before `writing`.
  private final ReentrantLock rotating = new ReentrantLock();

  /// Read by all; written to swap the key table and to close. Taken after `writing`.
  private final ReentrantReadWriteLock state = new ReentrantReadWriteLock();

  /// Written while a renewed file takes its place and its entry changes with it; read by whoever
  /// found a file that does not fit its entry, to see whether that was why. Taken last.
  private final ReentrantReadWriteLock moving = new ReentrantReadWriteLock();

  private final Map<TemplateId, Entry> entries = new ConcurrentHashMap<>();
  private final Map<GalleryId, Gallery> galleries = new ConcurrentHashMap<>();
  private final Map<KeyId, Owner> owners = new ConcurrentHashMap<>();

  /// Erasures that a failing disk interrupted; asking again finishes them.
  private final Map<String, Doomed> unfinished = new HashMap<>();

  private final List<Integer> damagedSlots = new ArrayList<>();
  private UnlockedRoot root;
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
      Path erasuresFile = directory.resolve(ErasureLog.FILE);
      if (!Files.exists(erasuresFile)) {
        throw new VaultDamagedException(
            "erasure log `%s` is missing: without it an interrupted erasure could be forgotten;"
                    .formatted(erasuresFile)
                + " restore it from the key backup");
      }
      opening.erasures = ErasureLog.open(head, erasuresFile);
      Vault vault = new Vault(directory, head, random, clock, options, opening);
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
      Path directory,
      Head head,
      SecureRandom random,
      InstantSource clock,
      VaultOptions options,
      Opening opening) {
    this.directory = directory;
    this.templatesDirectory = directory.resolve(TEMPLATES);
    this.random = random;
    this.clock = clock;
    this.options = options;
    this.head = head;
    this.sealing = new Sealing(head, random);
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
    Path templates = directory.resolve(TEMPLATES);
    boolean lost = Files.isDirectory(templates) && !list(templates, "*" + SUFFIX).isEmpty();
    for (Path keys : list(directory, "keys-*.tab")) lost |= Files.size(keys) > KeyTable.SLOT;
    if (lost) {
      throw new VaultDamagedException(
          "vault `%s` has lost its head file `%s`: restore it from the key backup"
              .formatted(directory, Head.FILE));
    }
    // What is there holds nothing: a crash came before the head was written.
    for (Path left : list(directory, "{keys-*.tab,epoch-*.key}")) Disk.destroy(left);
    Head head = Head.create(suite, random, clock.instant());
    Disk.makeDirectory(templates);
    try (UnlockedRoot unlocked = root.unlock(random);
        EpochKey epoch = EpochKey.create(head, 1, random, clock.instant())) {
      Disk.replace(directory.resolve(EpochKey.fileName(1)), epoch.encode(unlocked, random));
    }
    Disk.replace(directory.resolve(ErasureLog.FILE), ErasureLog.header(head));
    // The head comes last: a vault is there once it has one, and complete by then.
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
    finishEpochChange();
    for (Path part : list(directory, "*" + Disk.UNFINISHED)) Disk.destroy(part);
    for (Path part : list(templatesDirectory, "*" + Disk.UNFINISHED)) Disk.destroy(part);

    List<Integer> dead = new ArrayList<>();
    damagedSlots.addAll(table.damaged());
    holdOwners(dead);
    holdTemplates(dead);
    for (Owner owner : List.copyOf(owners.values())) {
      if (owner.templates.isEmpty() && damagedSlots.isEmpty()) {
        dead.add(owner.index);
        owners.remove(owner.key);
      }
    }
    holdSeeds(dead);
    table.destroy(dead);
    for (Path file : list(templatesDirectory, "*" + SUFFIX)) {
      @Nullable TemplateId template = named(file);
      if (template == null || entries.containsKey(template)) continue;
      // Sealed but never acknowledged, or erased but not yet unlinked. With a damaged key slot it
      // may be neither: then it stays, is listed, and reads as damaged until its owner decides.
      boolean kept = !damagedSlots.isEmpty() && holdUnkeyed(template, file);
      if (!kept) Disk.destroy(file);
    }
    for (ErasureLog.Entry erasure : erasures.all()) {
      if (!erasure.finished()) erasures.append(erasure.finishedAt(clock.millis()));
    }
  }

  /// Destroys what an interrupted change of epochs left: an older epoch whose keys are all wrapped
  /// anew, or a newer one that never came to have a table.
  private void finishEpochChange() throws IOException {
    long live = table.epoch().number();
    for (Path key : list(directory, "epoch-*.key")) {
      String name = String.valueOf(key.getFileName());
      if (name.equals(EpochKey.fileName(live))) continue;
      Disk.destroy(key);
      if (name.compareTo(EpochKey.fileName(live)) < 0) {
        long number = Long.parseUnsignedLong(name.substring(6, 22), 16);
        erasures.append(epochEntry(number, clock.millis()));
      }
    }
    for (Path old : list(directory, "keys-*.tab")) {
      if (!String.valueOf(old.getFileName()).equals(KeyTable.fileName(live))) Disk.destroy(old);
    }
  }

  private static ErasureLog.Entry epochEntry(long number, long millis) {
    return new ErasureLog.Entry(ErasureLog.EPOCH, 0, number, 0, 1, 0, number, millis, millis);
  }

  private boolean erased(TemplateId template) {
    return erasures.find(ErasureLog.TEMPLATE, template.high(), template.low()) != null;
  }

  private boolean erased(KeyId key) {
    return erasures.find(ErasureLog.KEY, key.high(), key.low()) != null;
  }

  private void holdOwners(List<Integer> dead) {
    for (KeyTable.Found found : table.found()) {
      KeyTable.Slot slot = found.slot();
      if (slot.kind() != KeyTable.OWNER) continue;
      KeyId key = new KeyId(slot.idHigh(), slot.idLow());
      if (erased(key)) dead.add(found.index());
      else owners.put(key, new Owner(key, found.index()));
    }
  }

  private void holdTemplates(List<Integer> dead) throws IOException {
    for (KeyTable.Found found : table.found()) {
      KeyTable.Slot slot = found.slot();
      if (slot.kind() != KeyTable.TEMPLATE) continue;
      TemplateId template = new TemplateId(slot.idHigh(), slot.idLow());
      KeyId key = new KeyId(slot.ownerHigh(), slot.ownerLow());
      Owner owner = owners.get(key);
      // Without an owner key it is unreadable: an erasure had destroyed that first.
      if (erased(template) || erased(key) || (owner == null && damagedSlots.isEmpty())) {
        dead.add(found.index());
        continue;
      }
      Entry entry =
          new Entry(
              template,
              owner == null ? new Owner(key, -1) : owner,
              gallery(new GalleryId(slot.galleryHigh(), slot.galleryLow())),
              found.index(),
              slot.expiresMillis(),
              slot.generation());
      Entry earlier = entries.get(template);
      if (earlier == null) {
        entry.owner().templates.add(template);
        hold(entry);
      } else {
        // A renewal wrote a second key and was interrupted: the renewed file decides.
        Entry renewed = renewedOf(earlier, entry);
        hold(renewed);
        dead.add(renewed == entry ? earlier.index() : entry.index());
      }
    }
    for (Path made : list(templatesDirectory, "*" + RENEWED)) {
      @Nullable TemplateId template = named(made);
      Entry entry = template == null ? null : entries.get(template);
      if (entry != null && generation(made) == entry.generation()) {
        Path file = file(entry.template());
        Disk.wipe(file);
        Disk.moveInto(made, file);
      } else {
        Disk.destroy(made);
      }
    }
  }

  private Entry renewedOf(Entry one, Entry other) throws IOException {
    long renewed = generation(renewedFile(one.template()));
    long counts = renewed >= 0 ? renewed : generation(file(one.template()));
    return counts == one.generation() ? one : other;
  }

  /// The generation a file's header names, -1 if it has none.
  private long generation(Path file) throws IOException {
    try {
      return TemplateFile.parse(head, bytes(file)).generation();
    } catch (NoSuchFileException | TemplateFile.Unreadable e) {
      return -1;
    }
  }

  private void holdSeeds(List<Integer> dead) {
    for (KeyTable.Found found : table.found()) {
      KeyTable.Slot slot = found.slot();
      if (slot.kind() != KeyTable.TRANSFORM) continue;
      Gallery gallery = galleries.get(new GalleryId(slot.ownerHigh(), slot.ownerLow()));
      if (gallery == null && damagedSlots.isEmpty()) {
        dead.add(found.index());
      } else {
        addSeed(
            gallery(new GalleryId(slot.ownerHigh(), slot.ownerLow())),
            new Gallery.Seed(new TransformId(slot.idHigh(), slot.idLow()), found.index(), slot));
      }
    }
  }

  private static void addSeed(Gallery gallery, Gallery.Seed seed) {
    List<Gallery.Seed> seeds = new ArrayList<>(gallery.seeds);
    seeds.add(seed);
    seeds.sort(Comparator.comparingLong(Gallery.Seed::createdMillis));
    gallery.seeds = List.copyOf(seeds);
  }

  private boolean holdUnkeyed(TemplateId template, Path file) throws IOException {
    try {
      TemplateFile read = TemplateFile.parse(head, bytes(file));
      if (erased(template) || erased(read.key()) || !read.template().equals(template)) return false;
      hold(
          new Entry(
              template,
              new Owner(read.key(), -1),
              gallery(read.binding().gallery()),
              -1,
              Math.clamp(read.expiresMillis(), 0, KeyTable.MAX_EXPIRY_MILLIS),
              read.generation()));
      return true;
    } catch (TemplateFile.Unreadable e) {
      return false;
    }
  }

  private void hold(Entry entry) {
    entry.gallery().members.add(entry.template());
    entries.put(entry.template(), entry);
  }

  private Gallery gallery(GalleryId id) {
    return galleries.computeIfAbsent(
        id, g -> new Gallery(g, options.scan() == VaultOptions.Scan.FLOATS, kernel));
  }

  private Path file(TemplateId template) {
    return templatesDirectory.resolve(template + SUFFIX);
  }

  private Path renewedFile(TemplateId template) {
    return templatesDirectory.resolve(template + RENEWED);
  }

  /// The id in a file's name, null if the file is none of ours.
  private static @Nullable TemplateId named(Path file) {
    String name = String.valueOf(file.getFileName());
    boolean ours = name.matches("[0-9a-f]{32}\\.[a-z]{3}");
    return ours ? TemplateId.of(name.substring(0, 32)) : null;
  }

  private static byte[] bytes(Path file) throws IOException, TemplateFile.Unreadable {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = channel.size();
      if (size > TemplateFile.MAX_BYTES) {
        throw new TemplateFile.Unreadable(
            Reading.Damage.WRONG_LENGTH,
            "%d bytes, a template has at most %d".formatted(size, TemplateFile.MAX_BYTES));
      }
      return Disk.readFully(channel, 0, (int) size);
    }
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
    writing.lock();
    state.readLock().lock();
    byte[] ownerKey = new byte[0];
    byte[] templateKey = new byte[Secret.BYTES];
    byte[] seed = new byte[0];
    byte[] plain = new byte[0];
    try (Vector vector = Vector.of(floats);
        Vector stored = new Vector(dimensions)) {
      refuseIfClosed();
      if (erased(key)) {
        throw new KeyErasedException("key `%s` was erased: make a new one".formatted(key));
      }
      if (entries.containsKey(template) || erased(template)) {
        throw new TemplateExistsException(
            "template `%s` is held or was erased: ids are used once".formatted(template));
      }
      Gallery gallery = gallery(binding.gallery());
      List<byte[]> slots = new ArrayList<>();
      @Nullable Owner known = owners.get(key);
      if (known != null) {
        ownerKey = table.key(known.index, known.slot());
      } else {
        ownerKey = fresh();
        slots.add(table.encode(new Owner(key, -1).slot(), ownerKey, random));
      }
      KeyTable.Slot seedSlot;
      boolean newSeed = gallery.seeds.isEmpty();
      if (newSeed) {
        seed = fresh();
        seedSlot = seedSlot(gallery.id(), now.toEpochMilli());
        slots.add(table.encode(seedSlot, seed, random));
      } else {
        seedSlot = gallery.seeds.getLast().slot();
        seed = table.key(gallery.seeds.getLast().index(), seedSlot);
      }
      TransformId transform = new TransformId(seedSlot.idHigh(), seedSlot.idLow());
      byte[] lent = seed;
      gallery.apply(
          transform,
          dimensions,
          () -> new KeyedTransform(head.suite(), lent, dimensions, kernel),
          matrix -> matrix.apply(vector.values(), stored.values()));

      random.nextBytes(templateKey);
      Entry draft =
          new Entry(
              template,
              known != null ? known : new Owner(key, -1),
              gallery,
              -1,
              millis(expiresAt),
              Integer.toUnsignedLong(random.nextInt()));
      slots.add(table.encode(draft.slot(), templateKey, random));
      plain = stored.toLittleEndian();
      byte[] header =
          TemplateFile.header(
              head,
              template,
              key,
              binding,
              transform,
              draft.generation(),
              draft.expiresMillis(),
              dimensions);
      byte[] sealed = sealing.seal(header, template, ownerKey, templateKey, plain);
      // A file without a key is nothing: the key slots, written second, are the moment of truth.
      Disk.createSecret(file(template), sealed);
      int[] where = addOrUndo(slots, file(template));
      int at = 0;
      Owner owner = known != null ? known : new Owner(key, where[at++]);
      owners.put(key, owner);
      owner.templates.add(template);
      if (newSeed) addSeed(gallery, new Gallery.Seed(transform, where[at++], seedSlot));
      Entry entry =
          new Entry(template, owner, gallery, where[at], draft.expiresMillis(), draft.generation());
      hold(entry);
      gallery.put(
          new Rows.Kind(binding.model(), dimensions, transform),
          template,
          entry.expiresMillis(),
          stored.normalise(kernel).values(),
          () -> entries.get(template) == entry);
      return new Sealed(template, key, sealed.length, table.epoch().number(), now);
    } catch (AEADBadTagException e) {
      throw new VaultDamagedException(
          "a stored key that `%s` needs was altered: restore the key table, or use a new gallery"
              .formatted(template));
    } catch (IOException e) {
      throw Disk.failure(templatesDirectory, TemplateFile.MAX_BYTES, "template was not sealed", e);
    } finally {
      Arrays.fill(ownerKey, (byte) 0);
      Arrays.fill(templateKey, (byte) 0);
      Arrays.fill(seed, (byte) 0);
      Arrays.fill(plain, (byte) 0);
      state.readLock().unlock();
      writing.unlock();
    }
  }

  private byte[] fresh() {
    byte[] secret = new byte[Secret.BYTES];
    random.nextBytes(secret);
    return secret;
  }

  private KeyTable.Slot seedSlot(GalleryId gallery, long createdMillis) {
    return new KeyTable.Slot(
        KeyTable.TRANSFORM,
        createdMillis,
        random.nextLong(),
        random.nextLong(),
        gallery.high(),
        gallery.low(),
        0,
        0,
        0);
  }

  private int[] addOrUndo(List<byte[]> slots, Path file) throws IOException {
    boolean added = false;
    try {
      int[] where = table.add(slots, random);
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
      double value = floats.get(ValueLayout.JAVA_FLOAT_UNALIGNED, i * Float.BYTES);
      squares += value * value;
    }
    if (!(squares > 1e-30) || !(squares < 1e30)) {
      throw new IllegalArgumentException(
          "template has no direction: all zero, not finite, or of a length beyond 1e-15 to 1e15");
    }
    return (int) dimensions;
  }

  private static long millis(Instant expiresAt) {
    return expiresAt.isAfter(Instant.ofEpochMilli(KeyTable.MAX_EXPIRY_MILLIS))
        ? KeyTable.MAX_EXPIRY_MILLIS
        : expiresAt.toEpochMilli();
  }

  /// Opens a template; the caller closes it, which zeroes it.
  ///
  /// @param expected  what the caller believes it is for
  /// @return the floats as they were sealed, to within 1e-6 of their length
  public Reading<OpenTemplate> open(TemplateId template, Binding expected) {
    return reading(
        template,
        expected,
        (entry, stored) -> {
          int dimensions = stored.vector().dimensions();
          OpenTemplate opened = new OpenTemplate(template, expected, entry.expiresAt(), dimensions);
          try (Vector plain = new Vector(dimensions)) {
            transform(
                entry.gallery(),
                stored.file().transform(),
                dimensions,
                matrix -> matrix.undo(stored.vector().values(), plain.values()));
            for (int i = 0; i < dimensions; i++) {
              double value = plain.values().getAtIndex(ValueLayout.JAVA_DOUBLE, i);
              opened.floats().setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) value);
            }
          }
          return opened;
        });
  }

  /// Compares a probe with one template.
  ///
  /// @param probe  floats of the model that `expected` names, native byte order, as many as the
  ///     template has
  /// @return the cosine, -1 to 1
  public Reading<Double> compare(TemplateId template, Binding expected, MemorySegment probe) {
    checkFloats(probe);
    return reading(
        template,
        expected,
        (entry, stored) -> {
          try (Vector plain = Vector.of(probe)) {
            return cosine(entry, stored, plain);
          }
        });
  }

  private double cosine(Entry entry, Stored stored, Vector probe) throws AEADBadTagException {
    int dimensions = stored.vector().dimensions();
    if (probe.dimensions() != dimensions) {
      throw new IllegalArgumentException(
          "probe has %d values, model `%s` made %d"
              .formatted(probe.dimensions(), stored.file().binding().model(), dimensions));
    }
    try (Vector turned = new Vector(dimensions)) {
      transform(
          entry.gallery(),
          stored.file().transform(),
          dimensions,
          matrix -> matrix.apply(probe.values(), turned.values()));
      return turned.cosine(stored.vector(), kernel);
    }
  }

  private interface Use<T> {
    T of(Entry entry, Stored stored) throws AEADBadTagException;
  }

  private <T> Reading<T> reading(TemplateId template, Binding expected, Use<T> use) {
    state.readLock().lock();
    try {
      refuseIfClosed();
      return read(template, expected, use);
    } finally {
      state.readLock().unlock();
    }
  }

  /// @param expected  null if any binding will do, as for a search, which compares models itself
  private <T> Reading<T> read(TemplateId template, @Nullable Binding expected, Use<T> use) {
    while (true) {
      Entry entry = entries.get(template);
      if (entry == null) return new Reading.NotHeld<>(template);
      if (!clock.instant().isBefore(entry.expiresAt())) {
        return new Reading.Expired<>(template, entry.expiresAt());
      }
      Reading<T> reading = readHeld(entry, expected, use);
      // Erased or renewed while it was being read: what was found then is no damage.
      if (!(reading instanceof Reading.Damaged)) return reading;
      moving.readLock().lock();
      try {
        if (entries.get(template) == entry) return reading;
      } finally {
        moving.readLock().unlock();
      }
    }
  }

  private <T> Reading<T> readHeld(Entry entry, @Nullable Binding expected, Use<T> use) {
    TemplateId template = entry.template();
    byte[] ownerKey = new byte[0];
    byte[] templateKey = new byte[0];
    byte[] plain = new byte[0];
    try {
      TemplateFile file = TemplateFile.parse(head, bytes(file(template)));
      if (!file.template().equals(template)
          || !file.key().equals(entry.owner().key)
          || !file.binding().gallery().equals(entry.gallery().id())
          || file.generation() != entry.generation()
          || file.expiresMillis() != entry.expiresMillis()) {
        return new Reading.Damaged<>(
            template, Reading.Damage.MISPLACED, "its header does not fit its key slot");
      }
      if (entry.owner().index < 0 || entry.index() < 0) {
        return new Reading.Damaged<>(
            template, Reading.Damage.KEY_ALTERED, "its key slot is damaged");
      }
      try {
        ownerKey = table.key(entry.owner().index, entry.owner().slot());
        templateKey = table.key(entry.index(), entry.slot());
      } catch (AEADBadTagException e) {
        return new Reading.Damaged<>(
            template, Reading.Damage.KEY_ALTERED, "its key slot does not unwrap");
      }
      plain = sealing.open(file, ownerKey, templateKey);
      if (expected != null && !file.binding().equals(expected)) {
        return new Reading.OtherBinding<>(template, expected, file.binding());
      }
      try (Stored stored = new Stored(file, Vector.ofLittleEndian(plain))) {
        return new Reading.Read<>(use.of(entry, stored));
      } catch (AEADBadTagException e) {
        return new Reading.Damaged<>(
            template, Reading.Damage.KEY_ALTERED, "the seed of its gallery does not unwrap");
      }
    } catch (NoSuchFileException e) {
      return new Reading.Damaged<>(template, Reading.Damage.MISSING, "its file is gone");
    } catch (TemplateFile.Unreadable e) {
      return new Reading.Damaged<>(template, e.damage(), String.valueOf(e.getMessage()));
    } catch (AEADBadTagException e) {
      return new Reading.Damaged<>(
          template, Reading.Damage.ALTERED, "its authentication tag does not fit");
    } catch (IOException e) {
      throw new VaultIoException("cannot read template `%s`".formatted(template), e);
    } finally {
      Arrays.fill(ownerKey, (byte) 0);
      Arrays.fill(templateKey, (byte) 0);
      Arrays.fill(plain, (byte) 0);
    }
  }

  /// Runs `use` with the matrix of a gallery's transform, making it if it is not in memory.
  private void transform(
      Gallery gallery, TransformId transform, int dimensions, Consumer<KeyedTransform> use)
      throws AEADBadTagException {
    if (gallery.applyMade(transform, dimensions, use)) return;
    byte[] seed = seed(gallery, transform);
    try {
      gallery.apply(
          transform,
          dimensions,
          () -> new KeyedTransform(head.suite(), seed, dimensions, kernel),
          use);
    } finally {
      Arrays.fill(seed, (byte) 0);
    }
  }

  private byte[] seed(Gallery gallery, TransformId transform) throws AEADBadTagException {
    for (Gallery.Seed seed : gallery.seeds) {
      if (!seed.transform().equals(transform)) continue;
      try {
        return table.key(seed.index(), seed.slot());
      } catch (IOException e) {
        throw new VaultIoException("cannot read the key table", e);
      }
    }
    throw new AEADBadTagException("no seed of transform " + transform);
  }

  /// Reads a gallery into memory; the first search does it otherwise. Others are not held up.
  ///
  /// @param progress  told now and then how many of [#size] are read
  /// @return how many can be searched
  public int load(GalleryId id, IntConsumer progress) {
    state.readLock().lock();
    try {
      refuseIfClosed();
      Gallery gallery = galleries.get(id);
      if (gallery == null) return 0;
      load(gallery, progress);
      return gallery.members.size() - gallery.damaged.size();
    } finally {
      state.readLock().unlock();
    }
  }

  private void load(Gallery gallery, IntConsumer progress) {
    if (gallery.loaded) return;
    gallery.loading.lock();
    try {
      if (gallery.loaded) return;
      int done = 0;
      for (TemplateId template : gallery.members) {
        if (!gallery.contains(template)) loadOne(gallery, template);
        if (++done % 1000 == 0) progress.accept(done);
      }
      progress.accept(done);
      gallery.loaded = true;
    } finally {
      gallery.loading.unlock();
    }
  }

  private void loadOne(Gallery gallery, TemplateId template) {
    Reading<Entry> reading =
        read(
            template,
            null,
            (entry, stored) -> {
              TemplateFile file = stored.file();
              gallery.put(
                  new Rows.Kind(file.binding().model(), file.dimensions(), file.transform()),
                  template,
                  entry.expiresMillis(),
                  stored.vector().normalise(kernel).values(),
                  () -> entries.get(template) == entry);
              return entry;
            });
    if (reading instanceof Reading.Damaged && entries.containsKey(template)) {
      gallery.damaged.add(template);
    }
  }

  /// Searches one gallery exactly: the hits are those that comparing with everyone would give.
  ///
  /// @param model  the model that made `probe`; templates of other models are not compared
  /// @param k  at most so many hits, 1 to 10,000
  /// @param minimumCosine  hits have at least this
  /// @param eligible  asked before a template is compared, and those it refuses are not looked at;
  ///     must be quick and must not call the vault. [#EVERYONE] costs nothing
  public SearchResult search(
      GalleryId gallery,
      ModelId model,
      MemorySegment probe,
      int k,
      double minimumCosine,
      Predicate<TemplateId> eligible) {
    int dimensions = checkFloats(probe);
    if (k < 1 || k > 10_000) {
      throw new IllegalArgumentException("k is %d, expected 1 to 10,000".formatted(k));
    }
    if (!(minimumCosine >= -1 && minimumCosine <= 1)) {
      throw new IllegalArgumentException(
          "minimum cosine is %s, expected -1 to 1".formatted(minimumCosine));
    }
    state.readLock().lock();
    try (Vector plain = Vector.of(probe);
        Vector unit = Vector.of(probe).normalise(kernel);
        Vector turned = new Vector(dimensions)) {
      refuseIfClosed();
      Gallery found = galleries.get(gallery);
      if (found == null) return new SearchResult(List.of(), List.of());
      load(found, done -> {});
      Set<TemplateId> unreadable = new HashSet<>();
      while (true) {
        Candidates candidates = new Candidates(k, minimumCosine);
        found.scan(
            model,
            rows -> {
              if (rows.kind().dimensions() != dimensions) {
                throw new IllegalArgumentException(
                    "probe has %d values, model `%s` makes %d"
                        .formatted(dimensions, model, rows.kind().dimensions()));
              }
              transformUnchecked(
                  found,
                  rows.kind().transform(),
                  dimensions,
                  matrix -> matrix.apply(unit.values(), turned.values()));
              rows.scan(turned.values(), clock.millis(), eligible, unreadable, candidates);
            });
        int before = unreadable.size();
        List<Hit> hits = confirm(candidates.best(), k, minimumCosine, plain, found, unreadable);
        // Somebody who could not be read may have kept another one below the floor: look again.
        boolean complete = unreadable.size() == before || candidates.floor() <= minimumCosine;
        if (complete) return new SearchResult(hits, List.copyOf(found.damaged));
      }
    } finally {
      state.readLock().unlock();
    }
  }

  private void transformUnchecked(
      Gallery gallery, TransformId transform, int dimensions, Consumer<KeyedTransform> use) {
    try {
      transform(gallery, transform, dimensions, use);
    } catch (AEADBadTagException e) {
      throw new VaultDamagedException(
          "the stored seed of gallery `%s` was altered: restore the key table"
              .formatted(gallery.id()));
    }
  }

  /// Compares candidates in full, best bound first, until no other can be among the best `k`.
  private List<Hit> confirm(
      List<Candidates.Candidate> candidates,
      int k,
      double minimum,
      Vector probe,
      Gallery gallery,
      Set<TemplateId> unreadable) {
    PriorityQueue<Hit> best = new PriorityQueue<>(Comparator.comparingDouble(Hit::cosine));
    for (Candidates.Candidate candidate : candidates) {
      if (best.size() == k && candidate.bound() < best.element().cosine()) break;
      TemplateId template = candidate.template();
      Reading<Double> reading =
          read(template, null, (entry, stored) -> cosine(entry, stored, probe));
      if (reading instanceof Reading.Read<Double>(Double cosine)) {
        if (cosine < minimum) continue;
        best.add(new Hit(template, cosine));
        if (best.size() > k) best.poll();
      } else {
        unreadable.add(template);
        if (reading instanceof Reading.Damaged) gallery.damaged.add(template);
      }
    }
    return best.stream().sorted(Comparator.comparingDouble(Hit::cosine).reversed()).toList();
  }

  /// How many templates a gallery holds, expired and damaged ones included.
  public int size(GalleryId id) {
    Gallery gallery = galleries.get(id);
    return gallery == null ? 0 : gallery.members.size();
  }

  /// The inner loops in use: `vector, 512 bits`, or `scalar` if Java was started without
  /// `--add-modules jdk.incubator.vector`.
  public String kernel() {
    return kernel.name();
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

  private Erasure erase(int kind, long high, long low) {
    writing.lock();
    state.readLock().lock();
    try {
      refuseIfClosed();
      String target = kind + Hex.text(high, low);
      Doomed doomed = unfinished.get(target);
      if (doomed == null) {
        ErasureLog.Entry earlier = erasures.find(kind, high, low);
        if (earlier != null) return done(earlier);
        List<Entry> held = doomedEntries(kind, high, low);
        if (held.isEmpty()) return new Erasure.NotHeld(Hex.text(high, low));
        doomed = doom(kind, high, low, held);
        unfinished.put(target, doomed);
      }
      Erasure.Done done = destroy(doomed);
      unfinished.remove(target);
      return done;
    } catch (IOException e) {
      throw Disk.failure(directory, ErasureLog.RECORD, "erasure is not finished, ask again", e);
    } finally {
      state.readLock().unlock();
      writing.unlock();
    }
  }

  private List<Entry> doomedEntries(int kind, long high, long low) {
    if (kind == ErasureLog.TEMPLATE) {
      Entry entry = entries.get(new TemplateId(high, low));
      return entry == null ? List.of() : List.of(entry);
    }
    KeyId key = new KeyId(high, low);
    Owner owner = owners.get(key);
    // With a damaged key slot somebody may be held whose owner is not known by its key.
    if (owner == null || !damagedSlots.isEmpty()) {
      if (damagedSlots.isEmpty()) return List.of();
      return entries.values().stream().filter(entry -> entry.owner().key.equals(key)).toList();
    }
    return owner.templates.stream().map(entries::get).filter(Objects::nonNull).toList();
  }

  /// Takes everything out of sight and lists what is to be destroyed, the shared key first.
  private Doomed doom(int kind, long high, long low, List<Entry> held) throws IOException {
    long now = clock.millis();
    List<Integer> slots = new ArrayList<>();
    List<Path> files = new ArrayList<>();
    long bytes = 0;
    for (Entry entry : held) {
      entries.remove(entry.template());
      entry.gallery().remove(entry.template());
      if (entry.index() >= 0) slots.add(entry.index());
      Path file = file(entry.template());
      if (Files.exists(file)) bytes += Files.size(file);
      files.add(file);
      Owner owner = entry.owner();
      owner.templates.remove(entry.template());
      if (owner.index >= 0 && owner.templates.isEmpty()) {
        slots.addFirst(owner.index);
        owners.remove(owner.key);
      }
    }
    // Damaged slots belong to someone unreadable; with the last of those they go too.
    if (!damagedSlots.isEmpty()
        && entries.values().stream().allMatch(e -> e.index() >= 0 && e.owner().index >= 0)) {
      slots.addAll(damagedSlots);
      damagedSlots.clear();
    }
    return new Doomed(
        new ErasureLog.Entry(
            kind, high, low, held.size(), slots.size(), bytes, table.epoch().number(), now, 0),
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
          .map(e -> new Held(e.template(), e.owner().key, e.gallery().id(), e.expiresAt()))
          .toList();
    } finally {
      state.readLock().unlock();
    }
  }

  /// The galleries that hold a template.
  public List<GalleryId> galleries() {
    return galleries.values().stream()
        .filter(gallery -> !gallery.members.isEmpty())
        .map(Gallery::id)
        .toList();
  }

  /// The suite this vault was made with.
  public Suite suite() {
    return head.suite();
  }

  /// Random, and the same for as long as the vault lives: tells vaults apart, reveals nothing.
  public String id() {
    return HexFormat.of().formatHex(head.vault());
  }

  /// Copies sealed templates, wrapped keys and the erasures so far into an empty directory, and not
  /// the epoch key: the copy is dead once that key is. Reading and searching go on meanwhile.
  ///
  /// @return how many templates
  /// @throws VaultFullException if there is no room
  public int copySealed(Path target) {
    writing.lock();
    try {
      refuseIfClosed();
      Disk.makeDirectory(target);
      Disk.makeDirectory(target.resolve(TEMPLATES));
      int copied = 0;
      for (Path file : list(templatesDirectory, "*" + SUFFIX)) {
        Path to = target.resolve(TEMPLATES).resolve(String.valueOf(file.getFileName()));
        Files.copy(file, to, StandardCopyOption.COPY_ATTRIBUTES);
        copied++;
      }
      for (String name :
          List.of(Head.FILE, ErasureLog.FILE, KeyTable.fileName(table.epoch().number()))) {
        Files.copy(directory.resolve(name), target.resolve(name));
      }
      return copied;
    } catch (IOException e) {
      throw Disk.failure(target, TemplateFile.MAX_BYTES, "cannot copy the vault to", e);
    } finally {
      writing.unlock();
    }
  }

  /// Copies the epoch key, wrapped by the root, into a directory: whoever has it and the root opens
  /// every copy that [#copySealed] made in this epoch, until they are destroyed.
  public Path copyEpochKey(Path target) {
    writing.lock();
    try {
      refuseIfClosed();
      String name = EpochKey.fileName(table.epoch().number());
      return Files.copy(directory.resolve(name), target.resolve(name));
    } catch (IOException e) {
      throw Disk.failure(target, 1 << 12, "cannot copy the epoch key to", e);
    } finally {
      writing.unlock();
    }
  }

  /// The epoch whose key wraps everything now.
  public Epoch epoch() {
    state.readLock().lock();
    try {
      refuseIfClosed();
      return new Epoch(table.epoch().number(), table.epoch().createdAt());
    } finally {
      state.readLock().unlock();
    }
  }

  /// When the key of an epoch was destroyed; empty while it lives, or if no such epoch was.
  public Optional<Instant> epochDestroyedAt(long number) {
    writing.lock();
    try {
      refuseIfClosed();
      return Optional.ofNullable(erasures.find(ErasureLog.EPOCH, 0, number))
          .map(entry -> Instant.ofEpochMilli(entry.finishedMillis()));
    } finally {
      writing.unlock();
    }
  }

  /// Wraps all keys under a new epoch key and destroys the old one. Reading, sealing and erasing go
  /// on meanwhile.
  public EpochChange changeEpoch() {
    rotating.lock();
    try {
      return changeEpoch(root);
    } catch (IOException e) {
      throw Disk.failure(directory, table.capacity() * 128L, "the epoch key was not changed", e);
    } finally {
      rotating.unlock();
    }
  }

  /// Puts the vault under another root, with a new epoch key; the old root opens nothing
  /// afterwards.
  ///
  /// @param next  closed by the caller, as ever
  public EpochChange changeRoot(RootKey next) {
    rotating.lock();
    UnlockedRoot unlocked = next.unlock(random);
    UnlockedRoot before = root;
    try {
      return changeEpoch(unlocked);
    } catch (IOException e) {
      throw Disk.failure(directory, table.capacity() * 128L, "the root key was not changed", e);
    } finally {
      // Also when the change took effect and only the old epoch's destruction failed.
      if (root == unlocked) before.close();
      else unlocked.close();
      rotating.unlock();
    }
  }

  private EpochChange changeEpoch(UnlockedRoot under) throws IOException {
    EpochKey next;
    KeyTable filled;
    EpochKey last;
    writing.lock();
    try {
      refuseIfClosed();
      last = table.epoch();
      next = EpochKey.create(head, last.number() + 1, random, clock.instant());
      Path key = directory.resolve(EpochKey.fileName(next.number()));
      Disk.replace(key, next.encode(under, random));
      Path name = directory.resolve(KeyTable.fileName(next.number()));
      filled = table.beginSuccessor(next, name.resolveSibling(name.getFileName() + ".part"));
    } finally {
      writing.unlock();
    }
    boolean live = false;
    try {
      int keys = 0;
      for (int from = 1, end = 2; from < end; from += ROTATION_BATCH) {
        writing.lock();
        try {
          refuseIfClosed();
          end = table.capacity();
          keys += table.copyTo(filled, from, from + ROTATION_BATCH, random);
        } finally {
          writing.unlock();
        }
      }
      writing.lock();
      try {
        refuseIfClosed();
        // The moment of truth: from this rename on the new table is the one that opens.
        filled.succeed(directory.resolve(KeyTable.fileName(next.number())));
        live = true;
        KeyTable old = table;
        state.writeLock().lock();
        try {
          table = filled;
          root = under;
        } finally {
          state.writeLock().unlock();
        }
        last.close();
        old.close();
        Disk.destroy(directory.resolve(EpochKey.fileName(last.number())));
        Disk.destroy(directory.resolve(KeyTable.fileName(last.number())));
        ErasureLog.Entry destroyed = epochEntry(last.number(), clock.millis());
        erasures.append(destroyed);
        return new EpochChange(
            last.number(), Instant.ofEpochMilli(destroyed.finishedMillis()), epoch(), keys);
      } finally {
        writing.unlock();
      }
    } finally {
      if (!live) abandon(next);
    }
  }

  private void abandon(EpochKey next) throws IOException {
    writing.lock();
    try {
      if (!closed) table.abandonSuccessor();
      Disk.destroy(directory.resolve(EpochKey.fileName(next.number())));
      next.close();
    } finally {
      writing.unlock();
    }
  }

  /// Gives a gallery a new keyed transform: what was known about the old one is worth nothing
  /// afterwards, and nobody is captured again. Searching goes on meanwhile; a renewal that a crash
  /// or a full disk interrupts is continued by asking again.
  ///
  /// @return what was done; a gallery that does not exist has nothing renewed
  public Renewal renewTransform(GalleryId id) {
    rotating.lock();
    try {
      Gallery gallery = galleries.get(id);
      if (gallery == null) return new Renewal(id, 0, List.of(), 0);
      TransformId next = nextTransform(gallery);
      int renewed = 0;
      List<TemplateId> left = new ArrayList<>();
      for (TemplateId template : List.copyOf(gallery.members)) {
        switch (renew(gallery, template, next)) {
          case RENEWED -> renewed++;
          case UNREADABLE -> left.add(template);
          case NOTHING_TO_DO -> {}
        }
      }
      return new Renewal(id, renewed, left, left.isEmpty() ? dropOld(gallery, next) : 0);
    } catch (IOException e) {
      throw Disk.failure(
          templatesDirectory, TemplateFile.MAX_BYTES, "the renewal is not finished, ask again", e);
    } finally {
      rotating.unlock();
    }
  }

  /// The seed to renew to: a new one, or the newest if an earlier renewal was interrupted.
  private TransformId nextTransform(Gallery gallery) throws IOException {
    writing.lock();
    state.readLock().lock();
    byte[] seed = fresh();
    try {
      refuseIfClosed();
      if (gallery.seeds.size() > 1) return gallery.seeds.getLast().transform();
      // Later than the one before even if the clock stood still: the newest is the one in use.
      long after = gallery.seeds.isEmpty() ? 0 : gallery.seeds.getLast().createdMillis() + 1;
      KeyTable.Slot slot = seedSlot(gallery.id(), Math.max(after, clock.millis()));
      int[] where = table.add(List.of(table.encode(slot, seed, random)), random);
      TransformId made = new TransformId(slot.idHigh(), slot.idLow());
      addSeed(gallery, new Gallery.Seed(made, where[0], slot));
      return made;
    } finally {
      Arrays.fill(seed, (byte) 0);
      state.readLock().unlock();
      writing.unlock();
    }
  }

  private enum Renewed {
    RENEWED,
    UNREADABLE,
    NOTHING_TO_DO
  }

  /// One template: `y' = Q'Qᵀy`, sealed anew under a key of its own, then the old key destroyed.
  private Renewed renew(Gallery gallery, TemplateId template, TransformId next) throws IOException {
    writing.lock();
    state.readLock().lock();
    byte[] templateKey = fresh();
    byte[] ownerKey = new byte[0];
    byte[] plain = new byte[0];
    try (Turned turned = turned(gallery, template, next)) {
      refuseIfClosed();
      if (turned.result() != Renewed.RENEWED) return turned.result();
      Entry before = turned.entry();
      ownerKey = table.key(before.owner().index, before.owner().slot());
      plain = turned.vector().toLittleEndian();
      long generation = (before.generation() + 1 + random.nextInt(1 << 30)) & 0xffffffffL;
      TemplateFile file = turned.file();
      byte[] header =
          TemplateFile.header(
              head,
              template,
              file.key(),
              file.binding(),
              next,
              generation,
              file.expiresMillis(),
              file.dimensions());
      Path made = renewedFile(template);
      Disk.destroy(made);
      Disk.createSecret(made, sealing.seal(header, template, ownerKey, templateKey, plain));
      Entry draft =
          new Entry(template, before.owner(), gallery, -1, before.expiresMillis(), generation);
      int at = addOrUndo(List.of(table.encode(draft.slot(), templateKey, random)), made)[0];
      Entry after =
          new Entry(template, before.owner(), gallery, at, before.expiresMillis(), generation);
      try (FileChannel old = FileChannel.open(file(template), StandardOpenOption.WRITE)) {
        moving.writeLock().lock();
        try {
          moveOrUndo(made, file(template), at);
          entries.put(template, after);
        } finally {
          moving.writeLock().unlock();
        }
        gallery.put(
            new Rows.Kind(file.binding().model(), file.dimensions(), next),
            template,
            after.expiresMillis(),
            turned.vector().normalise(kernel).values(),
            () -> entries.get(template) == after);
        table.destroy(List.of(before.index()));
        Disk.zero(old);
      }
      return Renewed.RENEWED;
    } catch (AEADBadTagException e) {
      return Renewed.UNREADABLE;
    } finally {
      Arrays.fill(templateKey, (byte) 0);
      Arrays.fill(ownerKey, (byte) 0);
      Arrays.fill(plain, (byte) 0);
      state.readLock().unlock();
      writing.unlock();
    }
  }

  /// A template's vector under the next transform.
  private record Turned(
      Renewed result, @Nullable Entry was, @Nullable TemplateFile stored, @Nullable Vector made)
      implements AutoCloseable {
    Entry entry() {
      return opened(was);
    }

    TemplateFile file() {
      return opened(stored);
    }

    Vector vector() {
      return opened(made);
    }

    @Override
    public void close() {
      if (made != null) made.close();
    }
  }

  private Turned turned(Gallery gallery, TemplateId template, TransformId next) {
    Reading<Turned> reading =
        read(
            template,
            null,
            (entry, stored) -> {
              TemplateFile file = stored.file();
              if (file.transform().equals(next)) {
                return new Turned(Renewed.NOTHING_TO_DO, null, null, null);
              }
              int n = file.dimensions();
              Vector made = new Vector(n);
              try (Vector plain = new Vector(n)) {
                transform(
                    gallery,
                    file.transform(),
                    n,
                    matrix -> matrix.undo(stored.vector().values(), plain.values()));
                transform(gallery, next, n, matrix -> matrix.apply(plain.values(), made.values()));
              } catch (AEADBadTagException e) {
                made.close();
                throw e;
              }
              return new Turned(Renewed.RENEWED, entry, file, made);
            });
    return switch (reading) {
      case Reading.Read<Turned>(Turned turned) -> turned;
      case Reading.Damaged<Turned> damaged -> new Turned(Renewed.UNREADABLE, null, null, null);
      // Its old seed is needed as long as its file is there: it has to be erased first.
      case Reading.Expired<Turned> expired -> new Turned(Renewed.UNREADABLE, null, null, null);
      case Reading.NotHeld<Turned> gone -> new Turned(Renewed.NOTHING_TO_DO, null, null, null);
      case Reading.OtherBinding<Turned> other ->
          new Turned(Renewed.NOTHING_TO_DO, null, null, null);
    };
  }

  private void moveOrUndo(Path made, Path file, int slot) throws IOException {
    try {
      Disk.moveInto(made, file);
    } finally {
      if (Files.exists(made)) {
        table.destroy(List.of(slot));
        Disk.destroy(made);
      }
    }
  }

  private int dropOld(Gallery gallery, TransformId next) throws IOException {
    writing.lock();
    state.readLock().lock();
    try {
      refuseIfClosed();
      List<Gallery.Seed> old =
          gallery.seeds.stream().filter(seed -> !seed.transform().equals(next)).toList();
      table.destroy(old.stream().map(Gallery.Seed::index).toList());
      gallery.seeds = gallery.seeds.stream().filter(seed -> seed.transform().equals(next)).toList();
      for (Gallery.Seed seed : old) gallery.forget(seed.transform());
      return old.size();
    } finally {
      state.readLock().unlock();
      writing.unlock();
    }
  }

  /// Tries the protection for real, on a canary in memory, under the live epoch key: for a health
  /// page
  /// and for whoever must know that encryption works before a face is taken. Under a millisecond.
  public SelfCheck checkProtection() {
    state.readLock().lock();
    byte[] ownerKey = fresh();
    byte[] templateKey = fresh();
    byte[] canary = new byte[64];
    random.nextBytes(canary);
    try {
      refuseIfClosed();
      TemplateId id = TemplateId.random(random);
      KeyId key = KeyId.random(random);
      Binding binding =
          new Binding(new ModelId("canary", "1"), "self-check", GalleryId.random(random));
      byte[] header =
          TemplateFile.header(
              head, id, key, binding, TransformId.NONE, 0, 0, canary.length / Float.BYTES);
      byte[] file = sealing.seal(header, id, ownerKey, templateKey, canary);
      boolean opens = Arrays.equals(canary, opens(file, ownerKey, templateKey));
      boolean refuses = true;
      for (int at : new int[] {100, header.length + Suite.NONCE_BYTES, file.length - 1}) {
        byte[] altered = file.clone();
        altered[at] ^= 1;
        refuses &= opens(altered, ownerKey, templateKey).length == 0;
      }
      KeyTable.Slot slot = new Owner(key, -1).slot();
      KeyTable.Slot other = new Owner(KeyId.random(random), -1).slot();
      byte[] wrapped = table.encode(slot, ownerKey, random);
      boolean wraps =
          Arrays.equals(ownerKey, unwraps(wrapped)) && unwraps(swapped(wrapped, other)).length == 0;
      return new SelfCheck(head.suite(), clock.instant(), opens, refuses, wraps);
    } finally {
      Arrays.fill(ownerKey, (byte) 0);
      Arrays.fill(templateKey, (byte) 0);
      Arrays.fill(canary, (byte) 0);
      state.readLock().unlock();
    }
  }

  private static byte[] swapped(byte[] slot, KeyTable.Slot other) {
    byte[] bytes = slot.clone();
    byte[] clear = other.clear();
    System.arraycopy(clear, 0, bytes, 0, clear.length);
    return bytes;
  }

  private byte[] unwraps(byte[] slot) {
    try {
      return table.unwrap(slot);
    } catch (AEADBadTagException refused) {
      return new byte[0];
    }
  }

  /// What a file opens to, nothing if it is refused.
  private byte[] opens(byte[] file, byte[] ownerKey, byte[] templateKey) {
    try {
      return sealing.open(TemplateFile.parse(head, file), ownerKey, templateKey);
    } catch (TemplateFile.Unreadable | AEADBadTagException refused) {
      return new byte[0];
    }
  }

  private void refuseIfClosed() {
    if (closed) throw new IllegalStateException("vault `%s` is closed".formatted(directory));
  }

  /// Zeroes keys and vectors in memory and lets the directory go. Waits for running calls.
  @Override
  public void close() {
    rotating.lock();
    writing.lock();
    state.writeLock().lock();
    try {
      if (closed) return;
      closed = true;
      entries.clear();
      owners.clear();
      for (Gallery gallery : galleries.values()) gallery.close();
      galleries.clear();
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
      rotating.unlock();
    }
  }
}
