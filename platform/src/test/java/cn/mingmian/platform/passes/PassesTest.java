package cn.mingmian.platform.passes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import cn.mingmian.law.facts.Territory;
import cn.mingmian.platform.audit.Kind;
import cn.mingmian.platform.audit.Statements;
import cn.mingmian.platform.audit.TestBooks;
import cn.mingmian.platform.passes.Codes.Typed;
import cn.mingmian.platform.passes.Codes.Use;
import cn.mingmian.platform.passes.PassReader.Good;
import cn.mingmian.platform.passes.PassReader.NotGood;
import cn.mingmian.platform.passes.PassReader.Reading;
import cn.mingmian.platform.passes.PassReader.Why;
import cn.mingmian.platform.people.People;
import cn.mingmian.platform.people.PersonId;
import cn.mingmian.platform.places.Places;
import cn.mingmian.platform.places.SiteId;
import cn.mingmian.platform.records.Actor;
import cn.mingmian.platform.records.RejectedRecordException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init")
class PassesTest {
  private static final Actor DESK = new Actor("desk");

  @TempDir Path data;

  private TestBooks t;
  private People people;
  private Passes passes;
  private Codes codes;
  private SiteId site;
  private PersonId anna;

  @BeforeEach
  void open() {
    t = new TestBooks(data);
    SecureRandom random = new SecureRandom();
    people = new People(t.books);
    Places places = new Places(t.books, new Statements(t.books));
    passes = new Passes(t.books, people, places, data.resolve("passes.key"), random);
    codes = new Codes(t.books, people, random);
    site = places.addSite("南苑", Territory.CN, Optional.empty(), DESK);
    anna = people.register(Optional.of("M-7"), Optional.empty(), DESK).id();
  }

  @AfterEach
  void close() {
    t.close();
  }

  // ---- QR passes

  @Test
  void a_pass_opens_its_site_until_it_is_over_with_and_without_a_network() {
    Passes.Issued pass = passes.issue(Optional.of(anna), site, Duration.ofHours(20), DESK);
    PassReader offline = PassReader.of(passes.publicKey(), passes.revocations());
    Reading good = new Good(pass.number(), pass.until());
    assertThat(passes.read(pass.token(), site)).isEqualTo(good);
    assertThat(offline.read(pass.token(), site, t.books.now())).isEqualTo(good);

    SiteId elsewhere = new SiteId("sit_" + "0".repeat(26));
    assertThat(offline.read(pass.token(), elsewhere, t.books.now()))
        .isEqualTo(new NotGood(Why.OTHER_SITE));
    assertThat(offline.read(pass.token(), site, pass.from().minusSeconds(1)))
        .isEqualTo(new NotGood(Why.NOT_YET));
    assertThat(offline.read(pass.token(), site, pass.until())).isEqualTo(new NotGood(Why.EXPIRED));
  }

  @Test
  void a_revoked_pass_opens_nothing_and_a_reader_learns_it_from_the_next_list() {
    Passes.Issued pass = passes.issue(Optional.of(anna), site, Duration.ofDays(30), DESK);
    PassReader before = PassReader.of(passes.publicKey(), passes.revocations());
    passes.revoke(pass.number(), DESK);
    assertThat(passes.read(pass.token(), site)).isEqualTo(new NotGood(Why.REVOKED));
    assertThat(before.read(pass.token(), site, t.books.now())).isInstanceOf(Good.class);
    assertThat(
            PassReader.of(passes.publicKey(), passes.revocations())
                .read(pass.token(), site, t.books.now()))
        .isEqualTo(new NotGood(Why.REVOKED));
    assertThat(before.read(pass.token(), site, t.books.now().plus(Duration.ofHours(25))))
        .as("a reader that hears nothing for a day takes no pass")
        .isEqualTo(new NotGood(Why.LIST_TOO_OLD));
    assertThat(t.told(Kind.PASS_CHANGED)).isEqualTo(2);
  }

  @Test
  void no_changed_character_of_a_pass_is_taken() {
    String token = passes.issue(Optional.empty(), site, Duration.ofDays(1), DESK).token();
    for (int i = 0; i < token.length(); i++) {
      char other = token.charAt(i) == 'A' ? 'B' : 'A';
      String forged = token.substring(0, i) + other + token.substring(i + 1);
      assertThat(passes.read(forged, site))
          .isIn(new NotGood(Why.MALFORMED), new NotGood(Why.FORGED));
    }
    assertThat(passes.read("", site)).isEqualTo(new NotGood(Why.MALFORMED));
    assertThat(passes.read("MM1..", site)).isEqualTo(new NotGood(Why.MALFORMED));
  }

  @Test
  void a_pass_or_a_list_of_another_operator_is_taken_nowhere() {
    Places places = new Places(t.books, new Statements(t.books));
    Passes others =
        new Passes(t.books, people, places, data.resolve("other.key"), new SecureRandom());
    String foreign = others.issue(Optional.empty(), site, Duration.ofDays(1), DESK).token();
    assertThat(passes.read(foreign, site)).isEqualTo(new NotGood(Why.FORGED));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PassReader.of(passes.publicKey(), others.revocations()));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                PassReader.of(
                    passes.publicKey(),
                    passes.revocations().replaceFirst("\n\\d+\n", "\n9999999999\n")));
  }

  @Test
  void a_pass_says_nothing_of_its_holder() {
    String token = passes.issue(Optional.of(anna), site, Duration.ofDays(1), DESK).token();
    String again = passes.issue(Optional.of(anna), site, Duration.ofDays(1), DESK).token();
    assertThat(token).doesNotContain(anna.value()).doesNotContain("M-7");
    assertThat(token.substring(0, 20)).isNotEqualTo(again.substring(0, 20));
  }

  // ---- codes

  @Test
  void a_code_opens_once_for_its_own_use_and_within_its_time() {
    String code = codes.issue(Optional.of(anna), Use.PORTAL, DESK);
    assertThat(code).matches("[2-9A-Z]{3}-[2-9A-Z]{3}-[2-9A-Z]{3}");
    assertThat(codes.use(code, Use.PASSAGE)).isEqualTo(Typed.WRONG);
    assertThat(codes.use(" " + code.toLowerCase(java.util.Locale.ROOT), Use.PORTAL))
        .isEqualTo(new Typed(true, Optional.of(anna)));
    assertThat(codes.use(code, Use.PORTAL)).as("used").isEqualTo(Typed.WRONG);

    String late = codes.issue(Optional.empty(), Use.PASSAGE, DESK);
    t.clock.forward(Codes.CODE_LASTS);
    assertThat(codes.use(late, Use.PASSAGE)).as("expired").isEqualTo(Typed.WRONG);
    assertThat(codes.use("AAA-AAA-AAA", Use.PASSAGE)).isEqualTo(Typed.WRONG);
    assertThatExceptionOfType(RejectedRecordException.class)
        .isThrownBy(() -> codes.issue(Optional.empty(), Use.PORTAL, DESK));
  }

  // ---- PINs

  @Test
  void a_pin_opens_for_its_reference_only() {
    codes.setPin(anna, "402917");
    people.register(Optional.of("M-8"), Optional.empty(), DESK);
    assertThat(codes.pin("M-7", "402917")).isEqualTo(new Typed(true, Optional.of(anna)));
    assertThat(codes.pin("M-8", "402917")).isEqualTo(Typed.WRONG);
    assertThat(codes.pin("M-9", "402917")).isEqualTo(Typed.WRONG);
    assertThat(codes.pin("M-7", "")).isEqualTo(Typed.WRONG);
    codes.removePin(anna);
    assertThat(codes.pin("M-7", "402917")).isEqualTo(Typed.WRONG);
  }

  @Test
  void after_five_wrong_pins_the_right_one_rests_too() {
    codes.setPin(anna, "402917");
    for (int i = 0; i < Codes.WRONG_AT_MOST; i++) codes.pin("M-7", "000001");
    assertThat(codes.pin("M-7", "402917")).isEqualTo(Typed.WRONG);
    t.clock.forward(Codes.PIN_RESTS.plusSeconds(1));
    assertThat(codes.pin("M-7", "402917").good()).isTrue();
  }

  @Test
  void pins_that_everybody_tries_first_are_not_taken() {
    for (String weak : new String[] {"123456", "654321", "111111", "121212", "12345", "12a456"}) {
      assertThatExceptionOfType(RejectedRecordException.class)
          .as(weak)
          .isThrownBy(() -> codes.setPin(anna, weak));
    }
  }
}
