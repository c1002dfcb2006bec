package cn.mingmian.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FullDiskTest {
  @TempDir Path base;

  /// A memory disk in a mount namespace of its own: needs no root where user namespaces are
  /// allowed, and vanishes with the process.
  @Test
  void a_full_disk_refuses_by_name_loses_nothing_and_still_forgets() throws Exception {
    String mount = "mount -t tmpfs -o size=2m,mode=700 tmpfs '%s'".formatted(base);
    boolean possible = run(List.of("unshare", "-rm", "sh", "-c", mount)).code() == 0;
    if (!possible) System.out.println("SKIPPED full disk: no mount namespace on this machine");
    assumeTrue(possible, "needs `unshare -rm` to mount a small disk");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Outcome outcome =
        run(
            List.of(
                "unshare",
                "-rm",
                "sh",
                "-c",
                mount + " && exec \"$0\" \"$@\"",
                java,
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                FullDiskChild.class.getName(),
                base.toString()));
    assertThat(outcome.said()).contains("full disk: all as promised");
    assertThat(outcome.code()).isZero();
  }

  private record Outcome(int code, String said) {}

  private static Outcome run(List<String> command) throws InterruptedException {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Outcome(process.waitFor(), said);
    } catch (IOException e) {
      return new Outcome(-1, e.toString());
    }
  }
}
