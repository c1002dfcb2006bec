package cn.mingmian.platform.soak;

import cn.mingmian.platform.soak.Acts.Enrolled;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Random;

/// The process that is killed: enrols, withdraws and erases from four threads, and says what it was
/// told was done. Its words, one line each:
///
/// ```
/// ready <what a start had to put in order>
/// enrolled <person> <consent> <template> <entry>
/// ending <template>                              from here on it may be gone
/// withdrawn <consent> <entry>
/// erased <person> <template> <entry>
/// failed <why>                                   the database went away; goes on
/// ```
final class KilledProcess {
  private static final int THREADS = 4;

  private KilledProcess() {}

  public static void main(String[] arguments) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Acts acts;
    try {
      acts = new Acts(Path.of(arguments[0]));
    } catch (RuntimeException | IOException e) {
      // Threads that were begun would keep a failed process alive.
      e.printStackTrace(out);
      System.exit(3);
      return;
    }
    out.println("ready " + acts.reconciled);
    for (int t = 0; t < THREADS; t++) {
      Random random = new Random(Long.parseLong(arguments[1]) * THREADS + t);
      Thread.ofPlatform().start(() -> work(acts, random, out));
    }
  }

  private static void work(Acts acts, Random random, PrintStream out) {
    ArrayDeque<Enrolled> enrolled = new ArrayDeque<>();
    while (true) {
      try {
        if (enrolled.size() < 3 || random.nextInt(5) < 3) {
          Enrolled one = acts.enrol();
          enrolled.add(one);
          out.println(
              "enrolled %s %s %s %s"
                  .formatted(one.person(), one.consent(), one.template(), one.entry()));
        } else {
          Enrolled one = enrolled.remove();
          out.println("ending %s".formatted(one.template()));
          out.println("withdrawn %s %s".formatted(one.consent(), acts.withdraw(one.consent())));
          out.println(
              "erased %s %s %s".formatted(one.person(), one.template(), acts.erase(one.person())));
        }
      } catch (RuntimeException e) {
        if (!Acts.databaseWentAway(e)) {
          e.printStackTrace(out);
          System.exit(3);
        }
        out.println("failed " + e.getClass().getSimpleName());
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
