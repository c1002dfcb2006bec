package cn.mingmian.platform.keys;

import cn.mingmian.platform.audit.Books;
import cn.mingmian.platform.audit.Entry;
import cn.mingmian.platform.audit.Kind;
import cn.mingmian.platform.people.Gallery;
import cn.mingmian.platform.records.Actor;
import cn.mingmian.vault.EpochChange;
import cn.mingmian.vault.GalleryId;
import cn.mingmian.vault.Renewal;
import cn.mingmian.vault.RootKey;
import cn.mingmian.vault.Vault;
import cn.mingmian.vault.VaultOptions;
import cn.mingmian.vault.WrongRootException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.stream.Stream;

/// Opens the vault with its root and turns keys while everything runs. Every turn becomes an entry
/// of the log. Thread-safe; whoever opens, closes.
public final class Keys implements AutoCloseable {
  private static final Actor ITSELF = Actor.system("keys");

  private final Books books;
  private final Duration window;
  private final RootDoor door;
  private final ProtectionFile file;
  private final Vault vault;

  /// Held for reading by whoever uses the root, for writing while another takes its place.
  private final ReentrantReadWriteLock turning = new ReentrantReadWriteLock();

  private Protection protection;
  private RootKey root;

  /// Opens the vault of a data directory, or makes it at the first start.
  ///
  /// @throws KeysUnavailableException if the root is lost, wrong, or another than was set up
  public static Keys open(Books books, Path dataDirectory, Unlock unlock, SecureRandom random) {
    return new Keys(
        books, dataDirectory.resolve("keys"), dataDirectory.resolve("vault"), unlock, random);
  }

  private Keys(
      Books books, Path directory, Path vaultDirectory, Unlock unlock, SecureRandom random) {
    this.books = books;
    this.window = unlock.window();
    this.door = new RootDoor(directory, random);
    this.file = new ProtectionFile(directory);
    boolean fresh = isEmpty(vaultDirectory);
    Optional<Protection> written = file.read();
    Protection chosen =
        written.orElseGet(
            () ->
                new Protection(
                    unlock.ciphers().orElse(Ciphers.AES), unlock.root().orElseGet(Root::standard)));
    chosen.requireAgrees(unlock);
    if (fresh && written.isEmpty()) file.write(chosen);
    RootKey key =
        fresh
            ? door.openOrMake(chosen.root(), unlock.secrets())
            : door.open(chosen.root(), unlock.secrets());
    Optional<Protection> next = file.readNext();
    Vault opened;
    try {
      opened = open(vaultDirectory, key, chosen, random);
    } catch (KeysUnavailableException wrong) {
      key.close();
      // A change of the root was cut short after it had taken effect.
      if (next.isEmpty() || !(wrong.getCause() instanceof WrongRootException)) throw wrong;
      chosen = next.get();
      key = door.open(chosen.root(), unlock.secrets());
      opened = open(vaultDirectory, key, chosen, random);
      file.adopt();
    }
    this.vault = opened;
    this.root = key;
    this.protection = chosen;
    boolean done = false;
    try {
      Root inUse = chosen.root();
      file.readNext()
          .map(Protection::root)
          .filter(proposed -> !proposed.equals(inUse))
          .ifPresent(door::destroy);
      file.giveUp();
      if (Ciphers.of(vault.suite()) != chosen.ciphers()) {
        throw new KeysUnavailableException(
            "the vault is of suite `%s`, its protection file says `%s`: it belongs to another vault"
                .formatted(Ciphers.of(vault.suite()).word(), chosen.ciphers().word()));
      }
      if (written.isEmpty()) file.write(chosen);
      tellEpochs(ITSELF);
      done = true;
    } finally {
      if (!done) close();
    }
  }

  private Vault open(Path directory, RootKey key, Protection chosen, SecureRandom random) {
    try {
      return Vault.open(
          directory,
          key,
          random,
          books.clock(),
          VaultOptions.defaults().with(chosen.ciphers().suite()));
    } catch (WrongRootException e) {
      String hint =
          switch (chosen.root()) {
            case Root.KeyFile key1 -> "put back the key file that this vault was kept with";
            case Root.Passphrase phrase -> "the passphrase is not the one of this vault";
            case Root.Token token -> "the token's key is not the one of this vault";
          };
      throw new KeysUnavailableException("%s: %s".formatted(e.getMessage(), hint), e);
    }
  }

  private static boolean isEmpty(Path directory) {
    if (!Files.exists(directory)) return true;
    try (Stream<Path> held = Files.list(directory)) {
      return held.findAny().isEmpty();
    } catch (IOException e) {
      throw new UncheckedIOException("directory `%s`".formatted(directory), e);
    }
  }

  /// The open vault; closed with this.
  public Vault vault() {
    return vault;
  }

  /// Uses the root for a moment, such as for a self-check; it does not change meanwhile.
  public <T> T withRoot(Function<RootKey, T> use) {
    turning.readLock().lock();
    try {
      return use.apply(root);
    } finally {
      turning.readLock().unlock();
    }
  }

  public KeyStatus status() {
    turning.readLock().lock();
    try {
      var epoch = vault.epoch();
      return new KeyStatus(
          vault.suite().name(),
          protection.root().kind(),
          vault.id(),
          epoch.number(),
          epoch.createdAt(),
          epoch.createdAt().plus(window),
          fate(epoch.number()).map(EpochFate::copies).orElse(0),
          vault.galleries().size(),
          vault.list().size());
    } finally {
      turning.readLock().unlock();
    }
  }

  // ---- epochs

  /// Copies of what is erased now are unreadable after this at the latest.
  public Duration window() {
    return window;
  }

  /// What became of an epoch's key.
  ///
  /// @param copies  backups that were made of it
  public record EpochFate(Instant begunAt, Optional<Instant> destroyedAt, int copies) {}

  /// @return empty if this vault's records know no such epoch
  public Optional<EpochFate> fate(long epoch) {
    return books
        .database()
        .sql()
        .sql("SELECT * FROM epoch_key WHERE vault = :vault AND number = :number")
        .param("vault", vault.id())
        .param("number", epoch)
        .query(Keys::readFate)
        .optional();
  }

  private static EpochFate readFate(ResultSet r, int row) throws SQLException {
    return new EpochFate(
        r.getObject("begun_at", OffsetDateTime.class).toInstant(),
        Optional.ofNullable(r.getObject("destroyed_at", OffsetDateTime.class))
            .map(OffsetDateTime::toInstant),
        r.getInt("copies"));
  }

  /// An epoch that ended.
  ///
  /// @param destroyed  its number; its key is gone, and every copy under it dead
  /// @param current  the number of the epoch that began
  /// @param keys  live keys that were wrapped anew
  public record EpochTurned(long destroyed, Instant destroyedAt, long current, int keys) {
    static EpochTurned of(EpochChange change) {
      return new EpochTurned(
          change.destroyed(), change.destroyedAt(), change.current().number(), change.keys());
    }
  }

  /// Wraps all keys under a new epoch key and destroys the old one: every copy of what was erased
  /// under it is dead. Enrolling, comparing and erasing go on meanwhile.
  public EpochTurned rotateEpoch(Actor by) {
    EpochTurned turned = EpochTurned.of(vault.changeEpoch());
    tellEpochs(by);
    return turned;
  }

  /// Rotates if the epoch would else outlive the window; asked every minute, and at start.
  ///
  /// @return whether it was time
  public boolean rotateEpochIfDue() {
    // An hour of margin in a day, in proportion else: a sweep may be late.
    Instant due = vault.epoch().createdAt().plus(window.multipliedBy(23).dividedBy(24));
    if (books.now().isBefore(due)) return false;
    rotateEpoch(ITSELF);
    return true;
  }

  /// Brings the records up to the vault and tells each change once, also one that a crash kept from
  /// being told.
  private void tellEpochs(Actor by) {
    var current = vault.epoch();
    books
        .database()
        .transact(
            () -> {
              boolean begun =
                  books
                          .database()
                          .sql()
                          .sql(
                              """
                              INSERT INTO epoch_key (vault, number, begun_at)
                              VALUES (:vault, :number, :at) ON CONFLICT DO NOTHING
                              """)
                          .param("vault", vault.id())
                          .param("number", current.number())
                          .param("at", Books.utc(current.createdAt()))
                          .update()
                      == 1;
              int destroyed =
                  books
                      .database()
                      .sql()
                      .sql(
                          """
                          UPDATE epoch_key SET destroyed_at = :at
                          WHERE vault = :vault AND number < :number AND destroyed_at IS NULL
                          """)
                      .param("vault", vault.id())
                      .param("number", current.number())
                      .param(
                          "at",
                          Books.utc(
                              vault
                                  .epochDestroyedAt(current.number() - 1)
                                  .orElseGet(current::createdAt)))
                      .update();
              if (!begun) return;
              books.tell(
                  Entry.of(Kind.EPOCH_CHANGED)
                      .fact("epoch", current.number())
                      .fact("destroyed", destroyed)
                      .sealed("by", by.id()));
            });
  }

  // ---- backups of keys

  /// Copies the directory of the keys and the epoch key: with the root, what opens the vault. While
  // such a copy exists, copies of this epoch's templates can be
  /// read with it; the records say how many were made.
  public void copyKeys(Path target) {
    turning.readLock().lock();
    try {
      vault.copyEpochKey(target);
      try (Stream<Path> files = Files.list(door.directory())) {
        for (Path key : files.filter(Files::isRegularFile).toList()) {
          Files.copy(
              key,
              target.resolve(String.valueOf(key.getFileName())),
              StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
      long epoch = vault.epoch().number();
      books
          .database()
          .sql()
          .sql("UPDATE epoch_key SET copies = copies + 1 WHERE vault = :vault AND number = :number")
          .param("vault", vault.id())
          .param("number", epoch)
          .update();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot copy the keys to `%s`".formatted(target), e);
    } finally {
      turning.readLock().unlock();
    }
  }

  /// Copies sealed templates and wrapped keys, without the epoch key.
  ///
  /// @return how many templates
  public int copySealed(Path target) {
    return vault.copySealed(target);
  }

  /// Whether a file of a backup of keys is the epoch key, which belongs into the vault.
  public static boolean isEpochKey(String fileName) {
    return fileName.matches("epoch-[0-9a-f]{16}\\.key");
  }

  // ---- the root

  /// What a change of the root did.
  ///
  /// @param destroyed  whether the old root's key file was destroyed; one that is kept outside the
  ///     data directory is left to the operator
  public record RootChange(String from, String to, EpochTurned epoch, boolean destroyed) {}

  /// Puts the vault under another root and a new epoch key; the old root opens nothing afterwards,
  /// old copies included.
  ///
  /// @param next  a key file must not be there yet, a token's key neither
  /// @throws KeysUnavailableException if the new root cannot be made; the old one stays
  public RootChange rotateRoot(Root next, Secrets secrets, Actor by) {
    turning.writeLock().lock();
    try {
      Root before = protection.root();
      Root to = next.equals(Root.standard()) ? door.unused() : next;
      Protection after = new Protection(protection.ciphers(), to);
      RootKey key = door.make(to, secrets);
      // If this breaks off, the next start tries both roots.
      file.propose(after);
      EpochTurned turned = EpochTurned.of(vault.changeRoot(key));
      file.adopt();
      root.close();
      root = key;
      protection = after;
      boolean destroyed = !to.equals(before) && door.destroy(before);
      tellEpochs(by);
      books
          .database()
          .transact(
              () ->
                  books.tell(
                      Entry.of(Kind.ROOT_CHANGED)
                          .fact("from", before.kind())
                          .fact("to", to.kind())
                          .sealed("by", by.id())));
      return new RootChange(before.kind(), to.kind(), turned, destroyed);
    } finally {
      turning.writeLock().unlock();
    }
  }

  // ---- galleries

  /// What a renewal did.
  ///
  /// @param left  templates that could not be opened and stay under the old seed
  public record Renewed(int renewed, int left, int oldSeedsDestroyed) {}

  /// Gives a gallery a new keyed transform without capturing anyone again; searching goes on. What
  /// a crash interrupts is continued by asking again.
  public Renewed renew(Gallery gallery, Actor by) {
    Renewal renewal = vault.renewTransform(GalleryId.of(gallery.vaultId()));
    books
        .database()
        .transact(
            () ->
                books.tell(
                    Entry.of(Kind.GALLERY_RENEWED)
                        .fact("purpose", gallery.purpose())
                        .fact("site", gallery.site())
                        .fact("renewed", renewal.renewed())
                        .fact("left", renewal.left().size())
                        .sealed("by", by.id())));
    return new Renewed(renewal.renewed(), renewal.left().size(), renewal.oldSeedsDestroyed());
  }

  @Override
  public void close() {
    vault.close();
    root.close();
  }
}
