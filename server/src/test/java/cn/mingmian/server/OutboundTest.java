package cn.mingmian.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Nothing leaves the machine by default: what this process has open is read from the kernel.
class OutboundTest {

  private final RunningServer server = RunningServer.get();

  @Test
  void after_a_days_pages_the_process_talks_to_this_machine_alone() throws IOException {
    Path table = Path.of("/proc/self/net/tcp6");
    assumeTrue(Files.isReadable(table), "no /proc here: what is connected cannot be read");
    for (String page : List.of("/", "/login", "/what-if", "/v1/docs", "/v1/openapi.json")) {
      server.get(page).expect(200);
    }
    Office.get().officer().get("/console");
    server.get("/v1/controls", server.officer).expect(200);
    List<String> elsewhere = new ArrayList<>();
    List<String> ours = sockets();
    int seen = 0;
    for (String file : List.of("/proc/self/net/tcp", "/proc/self/net/tcp6")) {
      for (String line : Files.readAllLines(Path.of(file))) {
        String[] columns = line.strip().split("\\s+");
        if (columns.length < 10 || !ours.contains(columns[9])) continue;
        seen++;
        String remote = columns[2].split(":")[0];
        if (!isLoopbackOrNone(remote)) elsewhere.add(columns[2]);
      }
    }
    assertThat(seen).as("the server's own sockets are in the table").isPositive();
    assertThat(elsewhere).isEmpty();
  }

  private static List<String> sockets() throws IOException {
    List<String> inodes = new ArrayList<>();
    try (var open = Files.list(Path.of("/proc/self/fd"))) {
      for (Path file : open.toList()) {
        String target;
        try {
          target = Files.readSymbolicLink(file).toString();
        } catch (IOException closedMeanwhile) {
          continue;
        }
        if (target.startsWith("socket:[")) inodes.add(target.substring(8, target.length() - 1));
      }
    }
    return inodes;
  }

  /// The kernel writes addresses as little-endian words: 127.0.0.1 is `0100007F`, ::1 ends in
  /// `01000000`, and an IPv4 address in IPv6 has `FFFF0000` before it.
  private static boolean isLoopbackOrNone(String hex) {
    return hex.matches("0+")
        || hex.matches("[0-9A-F]{6}7F")
        || hex.equals("00000000000000000000000001000000")
        || hex.matches("0000000000000000FFFF0000[0-9A-F]{6}7F");
  }
}
