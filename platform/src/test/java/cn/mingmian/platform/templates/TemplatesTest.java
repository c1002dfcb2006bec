package cn.mingmian.platform.templates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.mingmian.platform.Gate;
import cn.mingmian.platform.people.PersonId;
import cn.mingmian.platform.recognise.Verified;
import cn.mingmian.platform.records.Database;
import cn.mingmian.platform.records.DatabaseException;
import cn.mingmian.platform.records.TestDatabases;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemplatesTest {
  private static final String P01 = "images/p01/enrol.jpg";

  @TempDir Path directory;

  // ---- a commit whose outcome nobody heard

  @Test
  void keeps_the_template_when_only_the_answer_to_the_commit_was_lost() throws IOException {
    try (Gate gate = Gate.lawful(directory);
        CutWire wire = rewire(gate)) {
      PersonId person = lose(gate, wire, CutWire.Cut.AFTER_COMMIT);
      assertThat(gate.platform.people().storedPersons()).isEqualTo(1);
      assertThat(gate.verify(person, "images/p01/day1.jpg")).isInstanceOf(Verified.Answered.class);
    }
  }

  @Test
  void erases_the_template_when_the_commit_never_arrived() throws IOException {
    try (Gate gate = Gate.lawful(directory);
        CutWire wire = rewire(gate)) {
      String records = TestDatabases.nameOf(gate.platform.database());
      lose(gate, wire, CutWire.Cut.BEFORE_COMMIT);
      assertThat(gate.platform.people().storedPersons()).isZero();
      gate.platform.close();
      gate.platform = gate.open(() -> TestDatabases.reopen(records));
      assertThat(gate.platform.reconciled()).isEqualTo(new Templates.Reconciled(0, 0, 0, 0));
    }
  }

  @Test
  void leaves_it_to_the_next_start_when_the_records_cannot_be_asked() throws IOException {
    try (Gate gate = Gate.lawful(directory);
        CutWire wire = rewire(gate)) {
      String records = TestDatabases.nameOf(gate.platform.database());
      lose(gate, wire, CutWire.Cut.AFTER_COMMIT_FOR_GOOD);
      gate.platform.close();
      gate.platform = gate.open(() -> TestDatabases.reopen(records));
      assertThat(gate.platform.reconciled()).isEqualTo(new Templates.Reconciled(1, 0, 0, 0));
    }
  }

  // ---- the token that ties vault and records together

  @Test
  void a_token_that_a_power_cut_emptied_is_written_again_only_for_the_records_it_was_kept_with()
      throws IOException {
    try (Gate gate = Gate.lawful(directory)) {
      gate.enrolled(P01);
      String records = TestDatabases.nameOf(gate.platform.database());
      gate.platform.close();
      Path link = link();
      String token = Files.readString(link);
      Files.writeString(link, "");

      assertThatThrownBy(() -> gate.open(TestDatabases::fresh))
          .isInstanceOf(StoresDoNotMatchException.class)
          .hasMessageContaining("`records.link` is empty");
      assertThat(link).isEmptyFile();

      gate.platform = gate.open(() -> TestDatabases.reopen(records));
      assertThat(gate.platform.reconciled()).isEqualTo(new Templates.Reconciled(1, 0, 0, 0));
      assertThat(link).hasContent(token.strip());
    }
  }

  private Path link() throws IOException {
    try (var all = Files.walk(directory)) {
      return all.filter(p -> p.endsWith("records.link")).findFirst().orElseThrow();
    }
  }

  /// The same records, reached over a wire that can be cut.
  private static CutWire rewire(Gate gate) throws IOException {
    TestDatabases.Address address = TestDatabases.addressOf(gate.platform.database());
    URI straight = URI.create(address.url().substring("jdbc:".length()));
    CutWire wire = new CutWire(straight.getPort());
    gate.platform.close();
    String url = "jdbc:postgresql://127.0.0.1:%d%s".formatted(wire.port(), straight.getPath());
    gate.platform = gate.open(() -> Database.at(url, address.user(), address.password()));
    gate.platform.controls().runAll();
    return wire;
  }

  private static PersonId lose(Gate gate, CutWire wire, CutWire.Cut cut) {
    PersonId person = gate.consenting();
    wire.cut = cut;
    assertThatThrownBy(() -> gate.enrol(person, P01)).isInstanceOf(DatabaseException.class);
    assertThat(wire.happened).isTrue();
    return person;
  }
}
