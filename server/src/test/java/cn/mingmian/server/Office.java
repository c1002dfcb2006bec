package cn.mingmian.server;

import static org.assertj.core.api.Assertions.assertThat;

import cn.mingmian.platform.Platform;
import cn.mingmian.platform.staff.Role;
import cn.mingmian.platform.staff.Staff;
import cn.mingmian.platform.staff.StaffId;
import cn.mingmian.server.Visitor.Page;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The staff of the one test server: set up once, over the login pages, as people do it. Each login
/// uses one recovery code, so that tests need not wait for the next digits.
final class Office {

  static final String PASSWORD = "kettle-orbit-mango-73";

  private static final Pattern SECRET = Pattern.compile("class=\"secret\">([A-Z2-7]{32})<");
  private static final Pattern CODE = Pattern.compile("<code>([0-9a-z-]{19})</code>");

  private static final class Holder {
    static final Office ONE = new Office();
  }

  private final RunningServer server = RunningServer.get();
  private final Map<String, Visitor> logged = new HashMap<>();
  private final Map<String, ArrayDeque<String>> codes = new HashMap<>();
  private final StaffId officer;
  private final StaffId deputy;

  static Office get() {
    return Holder.ONE;
  }

  private Office() {
    List<Staff.First> first = server.server.firstLogins();
    assertThat(first).hasSize(2);
    officer = first.get(0).account().id();
    deputy = first.get(1).account().id();
    for (Staff.First each : first) setUp(each.account().name(), each.code());
  }

  Visitor officer() {
    return in("officer");
  }

  Visitor deputy() {
    return in("deputy");
  }

  Visitor watcher() {
    return as(Role.AUDIT_ADMIN);
  }

  /// Somebody with this role alone, logged in.
  synchronized Visitor as(Role role) {
    String name =
        role == Role.AUDIT_ADMIN
            ? "watcher"
            : role.name().toLowerCase(Locale.ROOT).replace('_', '-');
    if (!codes.containsKey(name)) {
      Staff staff = server.server.part(Platform.class).staff();
      Optional<Instant> until =
          role == Role.INSPECTOR
              ? Optional.of(Instant.now().plus(Duration.ofHours(4)))
              : Optional.empty();
      Staff.Invited invited = staff.invite(name, Set.of(role), until, deputy.actor());
      Staff.Approved approved = staff.approve(invited.grant().id(), officer.actor());
      setUp(name, invited.half() + approved.half().orElseThrow());
    }
    return in(name);
  }

  /// A visitor who is logged in; each test gets its own session where the last one ended.
  private synchronized Visitor in(String name) {
    Visitor present = logged.get(name);
    if (present == null || present.get("/console").status() != 200) {
      present = new Visitor(server);
      assertThat(login(present, name, "/console").status()).isEqualTo(302);
      assertThat(present.get("/console").status()).isEqualTo(200);
      logged.put(name, present);
    }
    return present;
  }

  Page login(String name) {
    return login(new Visitor(server), name, "/console");
  }

  Page login(String name, String then) {
    return login(new Visitor(server), name, then);
  }

  private synchronized Page login(Visitor visitor, String name, String then) {
    var left = Objects.requireNonNull(codes.get(name));
    if (left.size() == 1) {
      visitor.form(
          "/login", Map.of("name", name, "password", PASSWORD, "code", left.pop(), "then", then));
      visitor.get("/console");
      left.addAll(codesOf(visitor.ownForm("/console/recovery-codes", Map.of())));
      visitor.ownForm("/logout", Map.of());
    }
    return visitor.form(
        "/login", Map.of("name", name, "password", PASSWORD, "code", left.pop(), "then", then));
  }

  private void setUp(String name, String code) {
    Visitor visitor = new Visitor(server);
    Page factor = visitor.form("/login/first", Map.of("code", code, "password", PASSWORD));
    Matcher secret = SECRET.matcher(factor.text());
    assertThat(secret.find()).as(factor.text()).isTrue();
    assertThat(factor.text()).contains("<svg");
    Page done =
        visitor.form(
            "/login/first/factor", Map.of("code", code, "digits", digits(secret.group(1))));
    assertThat(done.status()).isEqualTo(200);
    codes.put(name, new ArrayDeque<>(codesOf(done)));
    assertThat(codes.get(name)).hasSize(10);
    logged.put(name, visitor);
  }

  private static List<String> codesOf(Page page) {
    return CODE.matcher(page.text()).results().map(found -> found.group(1)).toList();
  }

  /// What the person's authenticator app shows now.
  private static String digits(String base32) {
    try {
      byte[] secret =
          new BigInteger(base32.chars().mapToObj(Office::fiveBits).collect(Collectors.joining()), 2)
              .toByteArray();
      byte[] twenty = new byte[20];
      int extra = Math.max(0, secret.length - 20);
      System.arraycopy(secret, extra, twenty, 20 - (secret.length - extra), secret.length - extra);
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(twenty, "HmacSHA1"));
      byte[] hash =
          mac.doFinal(ByteBuffer.allocate(8).putLong(Instant.now().getEpochSecond() / 30).array());
      int number = ByteBuffer.wrap(hash, hash[19] & 15, 4).getInt() & 0x7fff_ffff;
      return "%06d".formatted(number % 1_000_000);
    } catch (GeneralSecurityException absent) {
      throw new IllegalStateException(absent);
    }
  }

  private static String fiveBits(int letter) {
    int value = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter);
    return String.format("%5s", Integer.toBinaryString(value)).replace(' ', '0');
  }
}
