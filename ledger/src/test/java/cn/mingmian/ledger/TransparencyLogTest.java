package cn.mingmian.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransparencyLogTest {
  private static final String ORIGIN = "log.example/gate";

  @TempDir Path home;
  private Path directory;
  private Ed25519Signer signer;
  private TransparencyLog log;

  @BeforeEach
  void open() {
    directory = home.resolve("log");
    signer = Ed25519Signer.openOrCreate(home.resolve("log.key"), ORIGIN, new SecureRandom());
    log = TransparencyLog.open(directory, signer);
  }

  @AfterEach
  void close() {
    log.close();
  }

  private void reopen() {
    log.close();
    log = TransparencyLog.open(directory, signer);
  }

  static byte[] entry(long number) {
    return ("entry " + number).getBytes(StandardCharsets.UTF_8);
  }

  static List<byte[]> entries(long from, long to) {
    List<byte[]> entries = new ArrayList<>();
    for (long i = from; i < to; i++) {
      entries.add(entry(i));
    }
    return entries;
  }

  @Test
  void an_empty_log_has_a_signed_checkpoint_over_nothing() {
    assertThat(log.checkpoint().checkpoint().root()).isEqualTo(Rfc6962.mth(List.of()));
    assertThat(log.checkpoint().note().verify(List.of(signer.verifierKey())))
        .isInstanceOf(SignedNote.Signed.class);
    reopen();
    assertThat(log.size()).isZero();
  }

  @Test
  void root_and_proofs_are_those_of_rfc6962_at_every_size() {
    List<byte[]> all = new ArrayList<>();
    int[] batches = {1, 1, 1, 2, 3, 8, 100, 139, 1, 1, 255, 256, 1, 300};
    for (int batch : batches) {
      List<byte[]> fresh = entries(all.size(), all.size() + batch);
      assertThat(log.append(fresh)).isEqualTo(all.size());
      all.addAll(fresh);
      assertThat(log.size()).isEqualTo(all.size());
      assertThat(log.checkpoint().checkpoint().root()).isEqualTo(Rfc6962.mth(all));
    }
    reopen();
    assertThat(log.checkpoint().checkpoint().root()).isEqualTo(Rfc6962.mth(all));
    for (int size : new int[] {1, 2, 3, 7, 8, 255, 256, 257, 511, 512, 513, 770, all.size()}) {
      List<byte[]> tree = all.subList(0, size);
      Hash root = Rfc6962.mth(tree);
      for (int index = 0; index < size; index += 1 + size / 37) {
        InclusionProof proof = log.inclusionProof(index, size);
        assertThat(proof.path()).isEqualTo(Rfc6962.path(index, tree));
        assertThat(proof.proves(entry(index), root)).isTrue();
        assertThat(proof.proves(entry(index + 1), root)).isFalse();
      }
      for (int old = 0; old <= size; old += 1 + size / 37) {
        ConsistencyProof proof = log.consistencyProof(old, size);
        Hash oldRoot = Rfc6962.mth(all.subList(0, old));
        assertThat(proof.path()).isEqualTo(Rfc6962.proof(old, tree));
        assertThat(proof.proves(oldRoot, root)).isTrue();
        assertThat(proof.proves(Rfc6962.mth(List.of(entry(9_999))), root)).isFalse();
      }
    }
  }

  @Test
  void entries_come_back_as_they_went_in() {
    byte[] longest = new byte[65_535];
    longest[65_534] = 7;
    log.append(List.of(new byte[0], longest));
    log.append(entries(2, 600));
    reopen();
    assertThat(log.entry(0)).isEmpty();
    assertThat(log.entry(1)).isEqualTo(longest);
    assertThat(log.entry(599)).isEqualTo(entry(599));
    assertThat(log.entries(2, 600)).containsExactlyElementsOf(entries(2, 600));
    assertThat(log.entries(255, 257)).containsExactly(entry(255), entry(256));
    assertThatThrownBy(() -> log.entry(600)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> log.append(List.of(new byte[65_536])))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void repeating_a_numbered_append_changes_nothing() {
    log.appendAt(0, entries(0, 300));
    SignedCheckpoint before = log.checkpoint();
    assertThat(log.appendAt(0, entries(0, 300))).isZero();
    assertThat(log.appendAt(250, entries(250, 300))).isEqualTo(250);
    assertThat(log.checkpoint()).isEqualTo(before);
    log.appendAt(200, entries(200, 400));
    assertThat(log.entries(0, log.size())).containsExactlyElementsOf(entries(0, 400));
  }

  @Test
  void refuses_other_bytes_where_an_entry_stands_and_a_hole_before_the_next() {
    log.appendAt(0, entries(0, 300));
    SignedCheckpoint before = log.checkpoint();
    List<byte[]> fork = entries(100, 310);
    fork.set(7, entry(0));
    assertThatThrownBy(() -> log.appendAt(100, fork))
        .isInstanceOfSatisfying(LogForkException.class, e -> assertThat(e.index()).isEqualTo(107));
    assertThatThrownBy(() -> log.appendAt(301, entries(301, 302)))
        .isInstanceOfSatisfying(
            LogGapException.class, e -> assertThat(e.expected()).isEqualTo(300));
    assertThat(log.checkpoint()).isEqualTo(before);
    log.appendAt(300, entries(300, 301));
    assertThat(log.size()).isEqualTo(301);
  }

  @Test
  void appends_of_many_threads_get_one_place_each() throws InterruptedException {
    AtomicLong failures = new AtomicLong();
    Set<Long> places = new ConcurrentSkipListSet<>();
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 8; t++) {
      int thread = t;
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int i = 0; i < 50; i++) {
                      byte[] mine = entry(thread * 1000L + i);
                      long place = log.append(List.of(mine));
                      places.add(place);
                      if (!java.util.Arrays.equals(mine, log.entry(place))) {
                        failures.incrementAndGet();
                      }
                    }
                  }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(failures).hasValue(0);
    assertThat(places).hasSize(400);
    assertThat(log.size()).isEqualTo(400);
  }

  @Test
  void an_interrupted_caller_neither_loses_its_entry_nor_hurts_others() {
    Thread.currentThread().interrupt();
    long index = log.append(List.of(entry(0)));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(log.entry(index)).isEqualTo(entry(0));
  }

  @Test
  void a_log_has_one_writer() {
    assertThatThrownBy(() -> TransparencyLog.open(directory, signer))
        .isInstanceOf(LogInUseException.class);
    log.append(entries(0, 1));
    log.close();
    assertThatThrownBy(() -> log.append(entries(1, 2))).isInstanceOf(IllegalStateException.class);
    assertThat(log.entry(0)).isEqualTo(entry(0));
  }

  @Test
  void a_receipt_proves_its_entry_and_no_other() {
    log.append(entries(0, 700));
    ReceiptVerifier verifier = new ReceiptVerifier(VerifierKey.parse(signer.verifierKey().text()));
    for (long index : new long[] {0, 255, 256, 511, 512, 698, 699}) {
      byte[] file = log.receipt(index).text().getBytes(StandardCharsets.UTF_8);
      assertThat(verifier.verify(file, entry(index)))
          .isEqualTo(new ReceiptVerifier.Proven(index, log.checkpoint().checkpoint()));
      assertThat(verifier.verify(file, entry(index + 1)))
          .isInstanceOf(ReceiptVerifier.NotProven.class);
    }
  }

  @Test
  void only_the_files_of_the_current_checkpoint_are_kept() throws Exception {
    for (int i = 0; i < 600; i++) {
      log.append(entries(i, i + 1));
    }
    log.close();
    try (var files = Files.walk(directory)) {
      assertThat(
              files.filter(Files::isRegularFile).map(file -> directory.relativize(file).toString()))
          .containsExactlyInAnyOrder(
              "lock",
              "verifier-key",
              "checkpoint",
              "tile/entries/000",
              "tile/entries/001",
              "tile/entries/002.p/88",
              "tile/0/000",
              "tile/0/001",
              "tile/0/002.p/88",
              "tile/1/000.p/2");
    }
    log = TransparencyLog.open(directory, signer);
  }

  @Test
  void serves_every_tile_of_its_size_and_none_beyond() {
    log.append(entries(0, 600));
    assertThat(log.resource("checkpoint").orElseThrow().bytes())
        .isEqualTo(log.checkpoint().bytes());
    assertThat(log.resource("tile/0/000").orElseThrow().bytes()).hasSize(8192);
    assertThat(log.resource("tile/0/001.p/3").orElseThrow().bytes()).hasSize(96);
    assertThat(log.resource("tile/0/002.p/88").orElseThrow().bytes()).hasSize(88 * 32);
    assertThat(log.resource("tile/1/000.p/2").orElseThrow().bytes())
        .startsWith(Rfc6962.mth(entries(0, 256)).bytes())
        .endsWith(Rfc6962.mth(entries(256, 512)).bytes());
    assertThat(Bundle.read(log.resource("tile/entries/002.p/9").orElseThrow().bytes(), 256))
        .satisfies(
            reading -> {
              assertThat(reading.entries()).containsExactlyElementsOf(entries(512, 521));
              assertThat(reading.rest()).isZero();
            });
    for (String absent :
        List.of(
            "tile/0/002",
            "tile/0/002.p/89",
            "tile/0/003.p/1",
            "tile/1/000.p/3",
            "tile/1/000",
            "tile/2/000.p/1",
            "tile/63/x999/x999/x999/x999/x999/999",
            "tile/entries/002.p/89",
            "lock",
            "../log.key",
            "tile/entries/../../../log.key",
            "")) {
      assertThat(log.resource(absent)).as(absent).isEmpty();
    }
  }
}
