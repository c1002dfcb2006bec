package cn.mingmian.server;

import static org.assertj.core.api.Assertions.assertThat;

import cn.mingmian.platform.staff.Role;
import cn.mingmian.server.RunningServer.Answer;
import cn.mingmian.server.access.Needs;
import cn.mingmian.server.access.Open;
import cn.mingmian.server.access.Permissions;
import cn.mingmian.server.access.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/// Walks everything that is mapped: who may, who may not, and that nothing was forgotten.
class PermissionsTest {

  private final RunningServer server = RunningServer.get();

  /// One operation or page.
  private record Mapped(String verb, String path, HandlerMethod method, String consumes) {
    boolean open() {
      return method.hasMethodAnnotation(Open.class);
    }

    List<Scope> needs() {
      Needs needs = method.getMethodAnnotation(Needs.class);
      return needs == null ? List.of() : Arrays.asList(needs.value());
    }

    boolean opensTo(Role role) {
      return Permissions.of(Set.of(role)).stream().anyMatch(needs()::contains);
    }

    @Override
    public String toString() {
      return verb + " " + path;
    }
  }

  @Test
  void everything_that_is_mapped_says_who_may() {
    assertThat(mapped())
        .hasSizeGreaterThan(100)
        .allSatisfy(
            each -> assertThat(each.open() ^ !each.needs().isEmpty()).as(each.toString()).isTrue());
  }

  @Test
  void every_role_is_refused_everything_outside_its_own() {
    Office office = Office.get();
    List<String> wrong = new ArrayList<>();
    int refused = 0;
    for (Role role : Role.values()) {
      Visitor visitor = office.as(role);
      for (Mapped each : mapped()) {
        if (each.open() || each.opensTo(role)) continue;
        String path = each.path().replaceAll("\\{[^}]+}", "none");
        Answer answer = visitor.api(each.verb(), path, each.consumes());
        refused++;
        if (answer.status() != 403 || !answer.at("/code").equals("not_permitted")) {
          wrong.add("%s as %s: %d %s".formatted(each, role, answer.status(), answer.text()));
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(refused).isGreaterThan(500);
  }

  @Test
  void without_a_login_or_a_key_nothing_answers_but_what_is_open() {
    for (Mapped each : mapped()) {
      if (each.open()) continue;
      String path = each.path().replaceAll("\\{[^}]+}", "none");
      Answer answer = new Visitor(server).api(each.verb(), path, each.consumes());
      assertThat(answer.status()).as(each.toString()).isIn(401, 302);
    }
  }

  @Test
  void nobody_holds_two_administrations_by_scope_either() {
    Set<Scope> system = Permissions.of(Set.of(Role.SYSTEM_ADMIN));
    Set<Scope> security = Permissions.of(Set.of(Role.SECURITY_ADMIN));
    Set<Scope> audit = Permissions.of(Set.of(Role.AUDIT_ADMIN));
    assertThat(security).doesNotContain(Scope.GRANTS, Scope.AUDIT, Scope.OPERATE, Scope.READ);
    assertThat(audit).doesNotContain(Scope.STAFF, Scope.KEYS, Scope.OPERATE, Scope.READ);
    assertThat(system).doesNotContain(Scope.STAFF, Scope.KEYS, Scope.GRANTS, Scope.AUDIT);
    for (Role role : List.of(Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN)) {
      assertThat(Permissions.of(Set.of(role)))
          .as("no administrator touches people")
          .doesNotContain(Scope.PEOPLE, Scope.ENROL, Scope.VERIFY, Scope.IDENTIFY, Scope.ERASE);
    }
    assertThat(Permissions.of(Set.of(Role.INSPECTOR)))
        .as("an inspector only reads, and looks at a person when the operator approves it")
        .containsExactlyInAnyOrder(Scope.CONSOLE, Scope.READ, Scope.VIEW, Scope.AUDIT);
  }

  /// Run with `-Dgolden=write` to bring the page up to date.
  @Test
  void the_page_of_permissions_shows_what_is_so_today() throws IOException {
    Path page = Path.of(System.getProperty("mingmian.root"), "docs/security/permissions.md");
    String wanted = page();
    if ("write".equals(System.getProperty("golden"))) {
      Files.createDirectories(page.getParent());
      Files.writeString(page, wanted);
      return;
    }
    assertThat(Files.readString(page))
        .as("docs/security/permissions.md is behind the code: run this test with -Dgolden=write")
        .isEqualTo(wanted);
  }

  private String page() {
    StringBuilder text =
        new StringBuilder(
            """
            # Who may do what

            Written by `PermissionsTest` from the running server, which also tries every refusal over HTTPS. What is not
            in this table answers 403. A key or a device's signature opens what its scopes say and no page; a role opens
            the scopes in the second table (`Permissions.java`).

            | operation | needs | roles |
            |---|---|---|
            """);
    for (Mapped each : mapped()) {
      String roles =
          each.open()
              ? "everybody"
              : Arrays.stream(Role.values())
                  .filter(each::opensTo)
                  .map(PermissionsTest::words)
                  .collect(Collectors.joining(", "));
      text.append(
          "| `%s` | %s | %s |\n"
              .formatted(
                  each,
                  each.open()
                      ? ""
                      : each.needs().stream().map(Scope::wire).collect(Collectors.joining(" or ")),
                  roles.isEmpty() ? "no role: keys and devices only" : roles));
    }
    text.append("\n| role | scopes |\n|---|---|\n");
    for (Role role : Role.values()) {
      text.append(
          "| %s | %s |\n"
              .formatted(
                  words(role),
                  Permissions.of(Set.of(role)).stream()
                      .sorted()
                      .map(Scope::wire)
                      .collect(Collectors.joining(", "))));
    }
    return text.toString();
  }

  private static String words(Role role) {
    return role.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
  }

  private List<Mapped> mapped() {
    TreeMap<String, Mapped> all = new TreeMap<>();
    server
        .server
        .part(RequestMappingHandlerMapping.class)
        .getHandlerMethods()
        .forEach(
            (mapping, method) -> {
              if (!method.getBeanType().getPackageName().startsWith("cn.mingmian")) return;
              String consumes =
                  mapping.getConsumesCondition().getConsumableMediaTypes().stream()
                      .map(Object::toString)
                      .findFirst()
                      .orElse("");
              for (String path : mapping.getPatternValues()) {
                mapping
                    .getMethodsCondition()
                    .getMethods()
                    .forEach(
                        verb -> {
                          Mapped each = new Mapped(verb.name(), path, method, consumes);
                          all.put(path + " " + verb, each);
                        });
              }
            });
    return List.copyOf(all.values());
  }
}
