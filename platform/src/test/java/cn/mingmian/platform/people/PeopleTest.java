package cn.mingmian.platform.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cn.mingmian.law.facts.LifeState;
import cn.mingmian.law.facts.Territory;
import cn.mingmian.platform.audit.Kind;
import cn.mingmian.platform.audit.Statements;
import cn.mingmian.platform.audit.TestBooks;
import cn.mingmian.platform.places.Places;
import cn.mingmian.platform.places.SiteId;
import cn.mingmian.platform.purposes.PurposeId;
import cn.mingmian.platform.purposes.Purposes;
import cn.mingmian.platform.purposes.Rung;
import cn.mingmian.platform.purposes.SomeTerms;
import cn.mingmian.platform.records.Actor;
import cn.mingmian.platform.records.Database;
import cn.mingmian.platform.records.RejectedRecordException;
import cn.mingmian.platform.records.StaleVersionException;
import cn.mingmian.platform.records.TestDatabases;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;

class PeopleTest {
  private static final Actor ANNA = new Actor("anna");

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "11010519491231002X",
        "110105 19491231 002x",
        "1101-0519-4912-3100-2X",
        "member 11010519491231002X",
        "１１０１０５１９４９１２３１００２Ｘ",
        "110105491231002",
        "13812345678",
        "E12345678",
        "EA1234567",
        "中山路12号3单元",
        "上海市浦东新区世纪大道100号",
        "3栋1201室",
        "Room 1201",
        "12 Nanjing Road"
      })
  void a_reference_that_is_an_identity_number_or_an_address_is_refused(String reference) {
    assertThatExceptionOfType(RejectedRecordException.class)
        .isThrownBy(() -> IdentityFree.check(reference))
        .satisfies(
            e -> assertThat(e.code()).isIn("reference-is-identity-number", "reference-is-address"))
        .satisfies(
            e ->
                assertThat(e.getMessage()).as("the number is not repeated").doesNotContain("1949"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"M-10423", "staff 77", "S1234567", "会员20260001", "张三", "k9-4f"})
  void a_number_of_the_operators_own_is_accepted(String reference) {
    IdentityFree.check(reference);
    assertThat(reference).isNotBlank();
  }

  @Test
  void people_have_random_ids_and_two_writers_do_not_overwrite_each_other() {
    try (TestBooks t = new TestBooks(directory)) {
      People people = new People(t.books);
      Person p = people.register(Optional.of("M-1"), Optional.empty(), ANNA);
      assertThat(p.id().value()).matches("per_[0-9a-z]{26}");
      assertThatExceptionOfType(RejectedRecordException.class)
          .isThrownBy(() -> people.register(Optional.of("M-1"), Optional.empty(), ANNA))
          .satisfies(e -> assertThat(e.code()).isEqualTo("reference-taken"));
      assertThatExceptionOfType(RejectedRecordException.class)
          .isThrownBy(
              () -> people.register(Optional.empty(), Optional.of(LocalDate.of(2027, 1, 1)), ANNA));
      LocalDate birth = LocalDate.of(2012, 2, 29);
      Person changed =
          people.change(p.id(), 1, Optional.of("M-1"), Optional.of(birth), LifeState.LIVING, ANNA);
      assertThat(changed.birthDate()).contains(birth);
      assertThatExceptionOfType(StaleVersionException.class)
          .isThrownBy(
              () ->
                  people.change(
                      p.id(), 1, Optional.empty(), Optional.empty(), LifeState.DECEASED, ANNA));
      assertThatExceptionOfType(DataAccessException.class)
          .isThrownBy(
              () ->
                  t.database
                      .sql()
                      .sql("UPDATE person SET reference = '11010519491231002X'")
                      .update());
    }
  }

  @Test
  void a_person_counts_as_stored_until_the_destruction_is_recorded() {
    try (TestBooks t = new TestBooks(directory)) {
      People people = new People(t.books);
      List<Long> seen = new ArrayList<>();
      people.watch(seen::add);
      Gallery south = gallery(t, people);
      Gallery north = gallery(t, people);
      Person p = people.register(Optional.empty(), Optional.empty(), ANNA);
      Holding first = store(t, people, p, south);
      Holding second = store(t, people, p, north);
      assertThat(seen).as("distinct persons, not templates").containsExactly(1L, 1L);
      assertThatExceptionOfType(RejectedRecordException.class)
          .isThrownBy(() -> store(t, people, p, south))
          .satisfies(e -> assertThat(e.code()).isEqualTo("already-enrolled"));

      t.database.transact(() -> people.beginErasure(first.id(), "withdrawn"));
      t.database.transact(() -> people.beginErasure(second.id(), "withdrawn"));
      assertThat(people.byTemplate(first.template())).as("unfindable at once").isEmpty();
      assertThat(people.members(south)).isEmpty();
      assertThat(people.ownedTemplates()).contains(first.template());
      assertThat(people.storedPersons()).isEqualTo(1);
      assertThat(people.unfinishedErasures()).hasSize(2);
      assertThat(
              t.database.<Boolean>inTransaction(
                  () -> people.beginErasure(first.id(), "withdrawn").isEmpty()))
          .as("begun already")
          .isTrue();

      t.database.transact(() -> people.destroyed(first.id()));
      assertThat(people.storedPersons()).isEqualTo(1);
      t.database.transact(() -> people.destroyed(second.id()));
      assertThat(people.storedPersons()).isZero();
      assertThat(seen).containsExactly(1L, 1L, 1L, 0L);
      assertThat(people.ownedTemplates()).isEmpty();
      assertThat(t.told(Kind.ERASED)).isEqualTo(2);
      store(t, people, p, south);
      assertThat(people.storedPersons()).isEqualTo(1);
    }
  }

  @Test
  void nobody_lengthens_a_templates_time_or_brings_it_back() {
    try (TestBooks t = new TestBooks(directory)) {
      People people = new People(t.books);
      Person p = people.register(Optional.empty(), Optional.empty(), ANNA);
      Holding h = store(t, people, p, gallery(t, people));
      Instant expiry = h.expiresAt();
      assertThat(people.expired(expiry.minusSeconds(1), 10)).isEmpty();
      assertThat(people.expired(expiry, 10)).hasSize(1);
      for (String attack :
          List.of(
              "UPDATE holding SET expires_at = expires_at + interval '1 day'",
              "DELETE FROM holding")) {
        assertThatExceptionOfType(DataAccessException.class)
            .as(attack)
            .isThrownBy(() -> t.database.sql().sql(attack).update());
      }
      t.database.transact(() -> people.beginErasure(h.id(), "expired"));
      assertThatExceptionOfType(DataAccessException.class)
          .isThrownBy(
              () ->
                  t.database
                      .sql()
                      .sql("UPDATE holding SET state = 'STORED', erasing_at = NULL")
                      .update());
    }
  }

  @Test
  void an_erasure_that_a_restored_backup_forgot_is_begun_again() {
    String name;
    Holding h;
    try (TestBooks t = new TestBooks(directory)) {
      People people = new People(t.books);
      Person p = people.register(Optional.empty(), Optional.empty(), ANNA);
      Person other = people.register(Optional.empty(), Optional.empty(), ANNA);
      Gallery g = gallery(t, people);
      h = store(t, people, p, g);
      store(t, people, other, g);
      name = TestDatabases.nameOf(t.database);
    }
    Database backup = TestDatabases.copyOf(name);
    try (TestBooks t = new TestBooks(TestDatabases.reopen(name), directory)) {
      People people = new People(t.books);
      t.database.transact(() -> people.beginErasure(h.id(), "withdrawn"));
      t.database.transact(() -> people.destroyed(h.id()));
    }
    try (TestBooks t = new TestBooks(backup, directory)) {
      People people = new People(t.books);
      assertThat(people.byTemplate(h.template())).as("the backup has it back").isPresent();
      assertThat(t.trail.status().working()).isFalse();
      assertThat(t.trail.recover(List.of(people.reapplyErasures()), ANNA).reapplied()).isEqualTo(1);
      assertThat(people.byTemplate(h.template())).isEmpty();
      assertThat(people.unfinishedErasures())
          .singleElement()
          .satisfies(u -> assertThat(u.id()).isEqualTo(h.id()));
      assertThat(t.trail.status().working()).isTrue();
    }
  }

  private static Holding store(TestBooks t, People people, Person p, Gallery gallery) {
    String template = HexFormat.of().formatHex(t.books.ids().secret()).substring(0, 32);
    return t.database.inTransaction(
        () ->
            people.stored(
                p.id(),
                gallery,
                template,
                "arcface-r50 1",
                t.clock.instant().plus(Duration.ofDays(30))));
  }

  private static Gallery gallery(TestBooks t, People people) {
    PurposeId purpose = new Purposes(t.books).draft(SomeTerms.gate(Rung.CLOSED_GROUP), ANNA);
    SiteId site =
        new Places(t.books, new Statements(t.books))
            .addSite("a site", Territory.CN, Optional.empty(), ANNA);
    Gallery gallery = people.gallery(purpose, site);
    assertThat(people.gallery(purpose, site)).isEqualTo(gallery);
    return gallery;
  }
}
