package cn.mingmian.platform;

import cn.mingmian.platform.Acts.Enrolment;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Random;

/// The process that is killed: enrols and withdraws from several threads, and says what it was told
/// was done. Its words, one line each:
///
/// ```
/// ready <what a start had to put in order>
/// enrolled <person> <consent> <photo or -1> <entry>
/// ending <person>                                     from here on nothing may be found
/// withdrawn <person> <consent> <entry> <entry>        the withdrawal's and the erasure's
/// failed <why>                                        the database went away; goes on
/// ```
final class KilledProcess {
  private KilledProcess() {}

  /// @param arguments data directory, seed, whether it enrols from photos, when the test began
  public static void main(String[] arguments) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    boolean faces = Boolean.parseBoolean(arguments[2]);
    Acts acts;
    try {
      acts = new Acts(Path.of(arguments[0]), faces, Instant.parse(arguments[3]));
    } catch (RuntimeException | IOException e) {
      // Threads that were begun would keep a failed process alive.
      e.printStackTrace(out);
      System.exit(3);
      return;
    }
    out.println("ready " + acts.platform.reconciled());
    for (int t = 0; t < (faces ? 2 : 4); t++) {
      Random random = new Random(Long.parseLong(arguments[1]) * 4 + t);
      Thread.ofPlatform().start(() -> work(acts, random, out));
    }
  }

  private static void work(Acts acts, Random random, PrintStream out) {
    ArrayDeque<Enrolment> enrolled = new ArrayDeque<>();
    while (true) {
      try {
        if (enrolled.isEmpty() || random.nextInt(5) < 3) {
          int photo = random.nextInt(3);
          Enrolment one = acts.enrol(photo);
          enrolled.add(one);
          out.println(
              "enrolled %s %s %d %s"
                  .formatted(one.person(), one.consent(), one.photo() ? photo : -1, one.entry()));
        } else {
          Enrolment one = enrolled.remove();
          out.println("ending %s".formatted(one.person()));
          var entries = acts.withdraw(one.consent());
          out.println(
              "withdrawn %s %s %s %s"
                  .formatted(one.person(), one.consent(), entries.getFirst(), entries.getLast()));
        }
      } catch (RuntimeException e) {
        if (!Acts.databaseWentAway(e)) {
          e.printStackTrace(out);
          System.exit(3);
        }
        out.println("failed " + e.toString().lines().findFirst().orElse(""));
        pause();
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(200);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
