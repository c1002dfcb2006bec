package cn.mingmian.platform.requests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cn.mingmian.platform.audit.Kind;
import cn.mingmian.platform.audit.TestBooks;
import cn.mingmian.platform.complaints.Authority;
import cn.mingmian.platform.complaints.Complaint;
import cn.mingmian.platform.complaints.Complaint.Matter;
import cn.mingmian.platform.complaints.Complaint.State;
import cn.mingmian.platform.complaints.Complaints;
import cn.mingmian.platform.people.People;
import cn.mingmian.platform.people.PersonId;
import cn.mingmian.platform.records.Actor;
import cn.mingmian.platform.records.Bilingual;
import cn.mingmian.platform.records.RejectedRecordException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init")
class RequestsTest {
  private static final Actor DESK = new Actor("desk");
  private static final Bilingual REASON = new Bilingual("法定保存期未满", "the statutory period runs");

  @TempDir Path data;

  private TestBooks t;
  private People people;
  private Requests requests;

  @BeforeEach
  void open() {
    t = new TestBooks(data);
    people = new People(t.books);
    requests = new Requests(t.books, people);
  }

  @AfterEach
  void close() {
    t.close();
  }

  private PersonId born(String date) {
    return people.register(Optional.empty(), Optional.of(LocalDate.parse(date)), DESK).id();
  }

  @Test
  void a_request_is_due_in_thirty_days_of_beijing_and_then_overdue() {
    Request request = requests.receive(born("1990-05-01"), Request.Kind.ACCESS, "");
    assertThat(request.due()).isEqualTo(LocalDate.of(2026, 12, 23));
    assertThat(request.minor()).isFalse();
    assertThat(request.overdue(LocalDate.of(2026, 12, 23))).isFalse();
    assertThat(request.overdue(LocalDate.of(2026, 12, 24))).isTrue();
    t.clock.forward(Duration.ofDays(31));
    assertThat(requests.figures().overdue()).isEqualTo(1);
  }

  @Test
  void the_most_urgent_stands_first_and_what_is_answered_no_more() {
    PersonId anna = born("1990-05-01");
    Request first = requests.receive(anna, Request.Kind.EXPLAIN, "为什么");
    t.clock.forward(Duration.ofDays(2));
    Request second = requests.receive(anna, Request.Kind.CORRECT, "出生日期");
    assertThat(requests.waiting()).extracting(Request::id).containsExactly(first.id(), second.id());
    requests.open(first.id(), DESK);
    requests.answer(first.id(), true, REASON, DESK);
    assertThat(requests.waiting()).extracting(Request::id).containsExactly(second.id());
    assertThat(requests.of(anna)).hasSize(2);
    assertThat(t.told(Kind.REQUEST_ANSWERED)).isEqualTo(1);
  }

  @Test
  void nobody_answers_unseen_or_twice_or_as_a_machine() {
    String id = requests.receive(born("1990-05-01"), Request.Kind.OBJECT, "不是我").id();
    refused("not-looked-at", () -> requests.answer(id, false, REASON, DESK));
    requests.open(id, DESK);
    refused(
        "approver-is-no-person", () -> requests.answer(id, false, REASON, Actor.system("auto")));
    requests.answer(id, false, REASON, DESK);
    refused("answered-already", () -> requests.answer(id, true, REASON, DESK));
    refused("text-malformed", () -> requests.receive(born("1990-05-01"), Request.Kind.OBJECT, " "));
  }

  @Test
  void a_minor_is_known_as_one_until_the_eighteenth_birthday() {
    assertThat(requests.receive(born("2008-11-24"), Request.Kind.DELETE, "").minor()).isTrue();
    assertThat(requests.receive(born("2008-11-23"), Request.Kind.DELETE, "").minor()).isFalse();
  }

  @Test
  void review_of_objections_is_measured_by_how_long_was_looked_and_how_often_turned() {
    PersonId anna = born("1990-05-01");
    for (boolean wrong : new boolean[] {true, false, false, true}) {
      String id = requests.receive(anna, Request.Kind.OBJECT, "不是我").id();
      requests.open(id, DESK);
      t.clock.forward(Duration.ofMinutes(3));
      requests.answer(id, wrong, REASON, DESK);
    }
    assertThat(requests.figures().overturned()).contains(0.5);
    assertThat(requests.figures().look()).contains(Duration.ofMinutes(3));
  }

  // ---- complaints

  @Test
  void anybody_complains_unnamed_and_follows_it_by_its_number_until_the_result_is_told() {
    Complaints complaints = new Complaints(t.books);
    Complaint lodged = complaints.lodge(Matter.NO_SIGN, "门口没有标识", Optional.empty());
    String number = lodged.number();
    assertThat(complaints.find(number)).map(Complaint::state).contains(State.RECEIVED);
    refused(
        "state-left-out", () -> complaints.advance(number, State.HANDLED, Optional.of("x"), DESK));
    complaints.advance(number, State.ACCEPTED, Optional.empty(), DESK);
    refused(
        "result-missing", () -> complaints.advance(number, State.HANDLED, Optional.empty(), DESK));
    complaints.advance(number, State.HANDLED, Optional.of("已补装标识"), DESK);
    assertThat(complaints.waiting()).hasSize(1);
    assertThat(complaints.advance(number, State.RESULT_TOLD, Optional.empty(), DESK).result())
        .contains("已补装标识");
    assertThat(complaints.waiting()).isEmpty();
    refused("text-malformed", () -> complaints.lodge(Matter.OTHER, "", Optional.empty()));
    assertThat(complaints.find("cmp_" + "0".repeat(26))).isEmpty();
  }

  @Test
  void every_matter_has_an_authority_to_turn_to() {
    for (Matter matter : Matter.values())
      assertThat(Authority.of(matter)).as("%s", matter).isNotEmpty();
  }

  private static void refused(String code, Runnable deed) {
    assertThatExceptionOfType(RejectedRecordException.class)
        .isThrownBy(deed::run)
        .satisfies(e -> assertThat(e.code()).isEqualTo(code));
  }
}
