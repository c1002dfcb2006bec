package cn.mingmian.platform.staff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cn.mingmian.platform.audit.Kind;
import cn.mingmian.platform.audit.TestBooks;
import cn.mingmian.platform.records.Actor;
import cn.mingmian.platform.records.RejectedRecordException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessException;

class StaffTest {
  private static final char[] PASSWORD = "kettle-orbit-mango-73".toCharArray();

  @TempDir Path directory;

  private TestBooks t;
  private StaffKey key;
  private Staff staff;
  private Logins logins;
  private StaffId officer;
  private StaffId deputy;
  private byte[] secret;

  @BeforeEach
  void two_people_set_up_their_accounts() {
    t = new TestBooks(directory);
    key = StaffKey.openOrCreate(directory.resolve("staff.key"), new SecureRandom());
    staff = new Staff(t.books);
    logins = new Logins(t.books, staff, key, new SecureRandom());
    List<Staff.First> first = staff.first();
    officer = first.get(0).account().id();
    deputy = first.get(1).account().id();
    setUp(first.get(1).code());
    secret = setUp(first.get(0).code());
  }

  @AfterEach
  void close() {
    key.close();
    t.close();
  }

  @Test
  void the_first_start_makes_an_officer_and_a_deputy_whose_administrations_differ() {
    assertThat(staff.require(officer).roles())
        .containsExactlyInAnyOrder(Role.PRIVACY_OFFICER, Role.SYSTEM_ADMIN);
    assertThat(staff.require(deputy).roles())
        .containsExactlyInAnyOrder(Role.APPROVER, Role.SECURITY_ADMIN);
    assertThat(staff.first()).as("later starts show no code").isEmpty();
  }

  @Test
  void system_security_and_audit_administration_are_never_in_one_hand() {
    Role[] administrators = {Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN};
    for (Role one : administrators) {
      for (Role other : administrators) {
        if (one == other) continue;
        refused(
            "administrators-in-one-hand",
            () -> staff.invite("carol", Set.of(one, other), Optional.empty(), deputy.actor()));
        assertThatExceptionOfType(DataAccessException.class)
            .as("the database holds it too")
            .isThrownBy(
                () ->
                    t.database
                        .sql()
                        .sql(
                            """
                            INSERT INTO staff_grant (id, staff, roles, author, written_at)
                            VALUES ('gra_x', :staff, ARRAY[:one, :other], 'x', now())
                            """)
                        .param("staff", officer.value())
                        .param("one", one.name())
                        .param("other", other.name())
                        .update());
      }
    }
  }

  @Test
  void a_role_counts_once_a_third_hand_approved_it_and_nobody_grants_oneself() {
    Staff.Invited invited =
        staff.invite("carol", Set.of(Role.AUDIT_ADMIN), Optional.empty(), deputy.actor());
    StaffId carol = invited.grant().staff();
    assertThat(staff.require(carol).roles()).isEmpty();
    refused("author-is-approver", () -> staff.approve(invited.grant().id(), deputy.actor()));
    refused("grants-to-oneself", () -> staff.approve(invited.grant().id(), carol.actor()));
    refused(
        "approver-is-no-person", () -> staff.approve(invited.grant().id(), Actor.system("wizard")));
    refused(
        "grants-to-oneself",
        () -> staff.change(deputy, Set.of(Role.PRIVACY_OFFICER), Optional.empty(), deputy.actor()));
    Staff.Approved approved = staff.approve(invited.grant().id(), officer.actor());
    assertThat(staff.require(carol).roles()).containsExactly(Role.AUDIT_ADMIN);
    refused("approved-already", () -> staff.approve(invited.grant().id(), officer.actor()));
    assertThat(logins.invited(invited.half())).as("the author's half alone").isEmpty();
    assertThat(logins.invited(approved.half().orElseThrow())).as("the approver's").isEmpty();
    assertThat(logins.invited(approved.half().get() + " " + invited.half())).isPresent();
    assertThatExceptionOfType(DataAccessException.class)
        .isThrownBy(
            () -> t.database.sql().sql("UPDATE staff_grant SET roles = '{AUDITOR}'").update());
  }

  @Test
  void an_inspector_is_nothing_else_and_leaves_by_themselves() {
    Instant tomorrow = t.clock.instant().plus(Duration.ofDays(1));
    refused(
        "inspector-without-end",
        () -> staff.invite("visitor", Set.of(Role.INSPECTOR), Optional.empty(), deputy.actor()));
    refused(
        "inspector-without-end",
        () ->
            staff.invite(
                "visitor",
                Set.of(Role.INSPECTOR, Role.DESK),
                Optional.of(tomorrow),
                deputy.actor()));
    Staff.Invited invited =
        staff.invite("visitor", Set.of(Role.INSPECTOR), Optional.of(tomorrow), deputy.actor());
    Staff.Approved approved = staff.approve(invited.grant().id(), officer.actor());
    String code = invited.half() + approved.half().orElseThrow();
    Logins.Setup setup = logins.begin(code, PASSWORD);
    String token = logins.complete(code, digits(setup.secret())).begun().token();
    assertThat(logins.session(token)).isPresent();
    for (int i = 0; i < 24 * 5 + 1; i++) {
      t.clock.forward(Duration.ofMinutes(12));
      logins.session(token);
    }
    assertThat(logins.session(token)).isEmpty();
    assertThat(staff.require(invited.grant().staff()).worksAt(t.clock.instant())).isFalse();
  }

  @Test
  void password_and_second_factor_are_both_needed_and_no_digits_open_twice() {
    t.clock.forward(Duration.ofMinutes(1));
    String now = Totp.at(secret, Totp.step(t.clock.instant()));
    assertThat(login("officer", PASSWORD, "000000")).isEmpty();
    assertThat(login("officer", "wrong-wrong-wrong".toCharArray(), now)).isEmpty();
    assertThat(login("nobody", PASSWORD, now)).isEmpty();
    assertThat(login("officer", PASSWORD, "")).isEmpty();
    assertThat(login("officer", PASSWORD, now)).isPresent();
    assertThat(login("officer", PASSWORD, now)).as("replayed").isEmpty();
    t.clock.forward(Duration.ofSeconds(90));
    assertThat(login("officer", PASSWORD, now)).as("too old").isEmpty();
    assertThat(t.told(Kind.STAFF_LOGIN)).isPositive();
  }

  @Test
  void guessing_locks_the_account_for_longer_each_time_and_the_right_password_does_not_open_it() {
    for (int i = 0; i < Logins.FREE_FAILURES; i++) {
      assertThat(login("officer", "guess-guess-guess".toCharArray(), "123456")).isEmpty();
    }
    assertThat(login("officer", PASSWORD, digits())).as("locked").isEmpty();
    t.clock.forward(Duration.ofSeconds(31));
    assertThat(login("officer", "guess-guess-guess".toCharArray(), "123456")).isEmpty();
    t.clock.forward(Duration.ofSeconds(31));
    assertThat(login("officer", PASSWORD, digits())).as("locked for twice as long").isEmpty();
    t.clock.forward(Duration.ofSeconds(31));
    assertThat(login("officer", PASSWORD, digits())).isPresent();
    t.clock.forward(Duration.ofSeconds(31));
    assertThat(login("officer", PASSWORD, digits())).as("the count is forgiven").isPresent();
  }

  @Test
  void a_session_ends_when_idle_when_old_when_crowded_out_and_when_logged_out() {
    String idle = begin().token();
    t.clock.forward(Logins.IDLE.minusSeconds(1));
    assertThat(logins.session(idle)).isPresent();
    t.clock.forward(Logins.IDLE);
    assertThat(logins.session(idle)).isEmpty();

    String old = begin().token();
    for (int i = 0; i < 8 * 6; i++) {
      t.clock.forward(Duration.ofMinutes(10));
      if (i < 8 * 6 - 1) assertThat(logins.session(old)).isPresent();
    }
    assertThat(logins.session(old)).isEmpty();

    String first = begin().token();
    t.clock.forward(Duration.ofMinutes(1));
    String second = begin().token();
    t.clock.forward(Duration.ofMinutes(1));
    String third = begin().token();
    assertThat(logins.session(first)).as("only two at a time").isEmpty();
    logins.end(logins.session(second).orElseThrow());
    assertThat(logins.session(second)).isEmpty();
    assertThat(logins.session(third)).isPresent();
    staff.end(officer, deputy.actor());
    assertThat(logins.session(third)).as("the account has ended").isEmpty();
  }

  @Test
  void dangerous_acts_ask_for_both_factors_again_after_ten_minutes() {
    Logins.Begun begun = begin();
    assertThat(begun.session().freshAt(t.clock.instant())).isTrue();
    t.clock.forward(Logins.FRESH_FOR);
    Session stale = logins.session(begun.token()).orElseThrow();
    assertThat(stale.freshAt(t.clock.instant())).isFalse();
    assertThat(logins.prove(stale, PASSWORD, "111111")).isFalse();
    assertThat(logins.prove(stale, PASSWORD, digits())).isTrue();
    assertThat(logins.session(begun.token()).orElseThrow().freshAt(t.clock.instant())).isTrue();
  }

  @Test
  void a_recovery_code_opens_once() {
    List<String> codes = logins.renewRecoveryCodes(begin().session());
    assertThat(new HashSet<>(codes)).hasSize(10);
    assertThat(login("officer", PASSWORD, codes.getFirst())).isPresent();
    assertThat(login("officer", PASSWORD, codes.getFirst())).isEmpty();
    assertThat(login("officer", PASSWORD, codes.get(1).toUpperCase(java.util.Locale.ROOT)))
        .isPresent();
  }

  @Test
  void who_lost_everything_is_invited_anew_by_two_and_the_old_password_dies() {
    String token = begin().token();
    Staff.Invited renewed = staff.renew(officer, deputy.actor());
    assertThat(logins.session(token)).as("not approved yet").isPresent();
    Staff.Invited third =
        staff.invite("carol", Set.of(Role.AUDIT_ADMIN), Optional.empty(), deputy.actor());
    staff.approve(third.grant().id(), officer.actor());
    Staff.Approved approved = staff.approve(renewed.grant().id(), third.grant().staff().actor());
    assertThat(logins.session(token)).isEmpty();
    t.clock.forward(Duration.ofMinutes(1));
    assertThat(login("officer", PASSWORD, digits())).isEmpty();
    secret = setUp(renewed.half() + approved.half().orElseThrow());
    t.clock.forward(Duration.ofMinutes(1));
    assertThat(login("officer", PASSWORD, digits())).isPresent();
  }

  @Test
  void an_invitation_is_good_once_and_for_seven_days() {
    Staff.Invited invited =
        staff.invite("carol", Set.of(Role.DESK), Optional.empty(), deputy.actor());
    String code =
        invited.half() + staff.approve(invited.grant().id(), officer.actor()).half().orElseThrow();
    t.clock.forward(Invitations.GOOD_FOR);
    refused("invitation-unknown", () -> logins.begin(code, PASSWORD));
    Staff.Invited again = staff.renew(invited.grant().staff(), deputy.actor());
    String fresh =
        again.half() + staff.approve(again.grant().id(), officer.actor()).half().orElseThrow();
    setUp(fresh);
    refused("invitation-unknown", () -> logins.begin(fresh, PASSWORD));
  }

  @Test
  void passwords_that_somebody_would_guess_are_refused_and_none_is_kept_in_clear() {
    Staff.Invited invited =
        staff.invite("carolina", Set.of(Role.DESK), Optional.empty(), deputy.actor());
    String code =
        invited.half() + staff.approve(invited.grant().id(), officer.actor()).half().orElseThrow();
    refused("password-too-short", () -> logins.begin(code, "x7!kQ-9vLp2".toCharArray()));
    refused("password-too-long", () -> logins.begin(code, "a".repeat(129).toCharArray()));
    for (String weak :
        List.of(
            "password1234", "aaaaaaaaaaaaaaaa", "qwertyuiop12", "carolina2026", "123456789012")) {
      refused("password-guessable", () -> logins.begin(code, weak.toCharArray()));
    }
    String kept =
        t.database
            .sql()
            .sql("SELECT string_agg(password || encode(totp, 'hex'), ' ') FROM staff_credential")
            .query(String.class)
            .single();
    assertThat(kept)
        .contains("$argon2id$v=19$m=19456,t=2,p=1$")
        .doesNotContain(new String(PASSWORD))
        .doesNotContain(java.util.HexFormat.of().formatHex(secret));
  }

  @Test
  void one_time_passwords_match_rfc_6238() {
    byte[] rfc = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);
    // RFC 6238, appendix B, SHA-1; its eight digits cut to six.
    assertThat(Totp.at(rfc, Totp.step(Instant.ofEpochSecond(59)))).isEqualTo("287082");
    assertThat(Totp.at(rfc, Totp.step(Instant.ofEpochSecond(1111111109)))).isEqualTo("081804");
    assertThat(Totp.at(rfc, Totp.step(Instant.ofEpochSecond(1234567890)))).isEqualTo("005924");
    assertThat(Totp.at(rfc, Totp.step(Instant.ofEpochSecond(20000000000L)))).isEqualTo("353130");
    assertThat(Totp.base32(rfc)).isEqualTo("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
  }

  private Logins.Begun begin() {
    t.clock.forward(Duration.ofSeconds(61));
    return login("officer", PASSWORD, digits()).orElseThrow();
  }

  private String digits() {
    return Totp.at(secret, Totp.step(t.clock.instant()));
  }

  private String digits(String base32) {
    return Totp.at(unBase32(base32), Totp.step(t.clock.instant()));
  }

  private byte[] setUp(String code) {
    Logins.Setup setup = logins.begin(code, PASSWORD);
    assertThat(logins.complete(code, digits(setup.secret())).recoveryCodes()).hasSize(10);
    return unBase32(setup.secret());
  }

  private Optional<Logins.Begun> login(String name, char[] password, String code) {
    return logins.login(name, password, code);
  }

  private static byte[] unBase32(String text) {
    byte[] bytes = new byte[text.length() * 5 / 8];
    int bits = 0;
    int buffer = 0;
    int at = 0;
    for (char c : text.toCharArray()) {
      buffer = buffer << 5 | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(c);
      bits += 5;
      if (bits >= 8) {
        bits -= 8;
        bytes[at++] = (byte) (buffer >> bits);
      }
    }
    return bytes;
  }

  private static void refused(String code, Runnable act) {
    assertThatExceptionOfType(RejectedRecordException.class)
        .isThrownBy(act::run)
        .satisfies(e -> assertThat(e.code()).isEqualTo(code));
  }
}
