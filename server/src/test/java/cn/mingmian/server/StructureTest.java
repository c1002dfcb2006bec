package cn.mingmian.server;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Holds the arrows between modules and between the packages of the platform, and prints them into
/// ARCHITECTURE.md: the picture there is what the code does today, not what somebody hoped.
class StructureTest {
  private static final JavaClasses CODE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("cn.mingmian");

  /// Who may use whom. A module that is not named here may use no other.
  private static final Map<String, Set<String>> MODULE_MAY_USE =
      Map.of(
          "platform", Set.of("law", "engine", "vault", "ledger"),
          "server", Set.of("platform", "law", "ledger"));

  /// The platform from left to right: a package may use only those before it in this list.
  private static final List<String> PLATFORM_ORDER =
      List.of(
          "records",
          "documents",
          "audit",
          "purposes",
          "places",
          "people",
          "staff",
          "passes",
          "requests",
          "complaints",
          "orders",
          "notices",
          "consent",
          "assessment",
          "controls",
          "defence",
          "filing",
          "models",
          "permit",
          "keys",
          "templates",
          "viewing",
          "enrol",
          "recognise",
          "evaluation",
          "retention",
          "rights",
          "setup",
          "backup",
          "agenda");

  /// The one class at the root of the platform that joins its packages.
  private static final String WIRING = "(wiring)";

  @Test
  void modules_use_each_other_only_along_the_arrows() {
    List<String> against = new ArrayList<>();
    arrows(StructureTest::module)
        .forEach(
            (from, uses) ->
                uses.stream()
                    .filter(to -> !MODULE_MAY_USE.getOrDefault(from, Set.of()).contains(to))
                    .forEach(to -> against.add(from + " -> " + to)));
    assertThat(against).isEmpty();
  }

  @Test
  void every_package_of_the_platform_has_its_place_and_looks_only_to_its_left() {
    List<String> against = new ArrayList<>();
    arrows(StructureTest::platformPackage)
        .forEach(
            (from, uses) -> {
              if (!PLATFORM_ORDER.contains(from)) against.add(from + " has no place in the order");
              uses.stream()
                  .filter(to -> PLATFORM_ORDER.indexOf(to) >= PLATFORM_ORDER.indexOf(from))
                  .forEach(to -> against.add(from + " -> " + to));
            });
    assertThat(against).isEmpty();
  }

  @Test
  void there_is_no_cycle_between_packages() {
    slices().matching("cn.mingmian.(**)").should().beFreeOfCycles().check(CODE);
  }

  @Test
  void only_audit_writes_to_the_ledger() {
    // Receipts and checkpoints are values that audit hands out; the log and its key are not.
    List<String> writing = List.of("TransparencyLog", "Ed25519Signer", "Signer");
    assertThat(
            platformPackagesUsing(
                to -> module(to).equals("ledger") && writing.contains(to.getSimpleName())))
        .isSubsetOf("audit", WIRING);
  }

  @Test
  void only_keys_and_templates_know_the_vault() {
    assertThat(platformPackagesUsing(to -> module(to).equals("vault")))
        .isSubsetOf("keys", "templates");
  }

  @Test
  void only_what_looks_at_faces_knows_the_engine() {
    assertThat(platformPackagesUsing(to -> module(to).equals("engine")))
        .isSubsetOf("enrol", "recognise", "models", "evaluation", WIRING);
  }

  @Test
  void only_permit_asks_the_rulebook() {
    // Citations and deadlines are open to all; a decision is asked for in one place only.
    assertThat(platformPackagesUsing(to -> to.getFullName().equals("cn.mingmian.law.Rulebook")))
        .isSubsetOf("permit", WIRING);
  }

  @Test
  void spring_boot_lives_in_the_server_alone() {
    List<String> against = new ArrayList<>();
    for (JavaClass c : CODE) {
      if (module(c).equals("server")) continue;
      for (Dependency d : c.getDirectDependenciesFromSelf()) {
        String target = d.getTargetClass().getPackageName();
        if (List.of("boot", "context", "web").stream()
            .anyMatch(part -> target.startsWith("org.springframework." + part))) {
          against.add(c.getName() + " -> " + target);
        }
      }
    }
    assertThat(against).isEmpty();
  }

  @Test
  void nobody_outside_permit_can_make_a_permit() {
    JavaClass permit = CODE.get("cn.mingmian.platform.permit.Permit");
    assertThat(permit.getModifiers().toString()).contains("FINAL");
    assertThat(permit.getConstructors())
        .isNotEmpty()
        .noneMatch(c -> c.getModifiers().toString().matches(".*(PUBLIC|PROTECTED).*"));
  }

  /// The first promise: no face without a permit.
  @Test
  void faces_are_taken_out_of_photos_in_three_places_and_only_there() {
    assertThat(callers(ENGINE, "analyse"))
        .containsExactlyInAnyOrder(
            // takes a permit
            "cn.mingmian.platform.enrol.Capture",
            // two pictures of nobody, rendered
            "cn.mingmian.platform.enrol.PresentationAttackCheck");
    // And accuracy runs over a set of photos: nobody is enrolled or recognised.
    assertThat(
            platformPackagesUsing(
                to -> to.getPackageName().startsWith("cn.mingmian.engine.evaluation")))
        .containsExactly("evaluation");
  }

  @Test
  void permits_are_made_by_the_rulebook_s_only_asker_and_by_the_check_that_misuses_them() {
    assertThat(callers("cn.mingmian.platform.permit.Permit", "<init>"))
        .containsExactlyInAnyOrder(
            "cn.mingmian.platform.permit.Permits", "cn.mingmian.platform.permit.PermitCheck");
  }

  @Test
  void the_vault_is_asked_by_templates_and_by_the_checks_that_attack_a_scratch_one() {
    assertThat(callers("cn.mingmian.vault.Vault", null))
        .containsExactlyInAnyOrder(
            "cn.mingmian.platform.keys.Keys",
            "cn.mingmian.platform.templates.SealingCheck",
            "cn.mingmian.platform.templates.Templates",
            "cn.mingmian.platform.templates.VaultAccessCheck");
  }

  /// What hands out, takes in or destroys a template takes a permit; what only forgets, counts or
  /// tells what was destroyed does nothing with a face.
  @Test
  void whoever_does_something_with_a_template_shows_a_permit() {
    Set<String> without =
        Set.of(
            "hide",
            "narrow",
            "searchable",
            "erasures",
            "epochDestroyedAt",
            "changeEpochOlderThan",
            "enrolledAt",
            "reconcile");
    List<String> against = new ArrayList<>();
    for (JavaMethod method : CODE.get("cn.mingmian.platform.templates.Templates").getMethods()) {
      if (!method.getModifiers().contains(JavaModifier.PUBLIC)) continue;
      boolean permitted =
          !method.getRawParameterTypes().isEmpty()
              && method
                  .getRawParameterTypes()
                  .getFirst()
                  .getName()
                  .equals("cn.mingmian.platform.permit.Permit");
      if (permitted == without.contains(method.getName())) against.add(method.getFullName());
      boolean face =
          method.getRawParameterTypes().stream()
              .anyMatch(t -> t.getName().equals("java.lang.foreign.MemorySegment"));
      if (face && !permitted) against.add(method.getFullName() + " takes a face");
    }
    assertThat(against).isEmpty();
  }

  private static final String ENGINE = "cn.mingmian.engine.FaceEngine";

  /// Classes of the product, outside the owner's module, that call a method or constructor, also by
  /// a method reference.
  ///
  /// @param member null for any
  private static SortedSet<String> callers(String owner, @Nullable String member) {
    SortedSet<String> callers = new TreeSet<>();
    for (JavaClass c : CODE) {
      if (module(c).equals(module(CODE.get(owner))) && !module(c).equals("platform")) continue;
      c.getCodeUnitAccessesFromSelf().stream()
          .filter(access -> access.getTargetOwner().getName().equals(owner))
          .filter(access -> member == null || access.getTarget().getName().equals(member))
          .forEach(access -> callers.add(outermost(c)));
    }
    return callers;
  }

  private static String outermost(JavaClass c) {
    return c.getName().replaceAll("\\$.*", "");
  }

  /// Run with `-Dgolden=write` to bring ARCHITECTURE.md up to date.
  @Test
  void architecture_md_shows_the_arrows_of_today() throws IOException {
    Path page = Path.of(System.getProperty("mingmian.root"), "ARCHITECTURE.md");
    String text = Files.readString(page);
    String begin = "<!-- arrows: written by StructureTest -->\n";
    String end = "<!-- end of arrows -->";
    assertThat(text).contains(begin, end);
    String wanted =
        text.substring(0, text.indexOf(begin) + begin.length())
            + diagram()
            + text.substring(text.indexOf(end));
    if ("write".equals(System.getProperty("golden"))) {
      Files.writeString(page, wanted);
      return;
    }
    assertThat(text)
        .as("ARCHITECTURE.md is behind the code: run this test with -Dgolden=write")
        .isEqualTo(wanted);
  }

  private static String diagram() {
    StringBuilder page = new StringBuilder("```\nmodules\n");
    arrows(StructureTest::module).forEach((from, to) -> page.append(line(from, to)));
    page.append("\ninside platform\n");
    arrows(StructureTest::platformPackage).forEach((from, to) -> page.append(line(from, to)));
    return page.append("```\n").toString();
  }

  private static String line(String from, SortedSet<String> to) {
    return "  %-10s -> %s\n".formatted(from, String.join(", ", to));
  }

  /// From each slice to the slices it uses, both sorted; the empty name means "not a slice".
  private static SortedMap<String, SortedSet<String>> arrows(Function<JavaClass, String> slice) {
    SortedMap<String, SortedSet<String>> arrows = new TreeMap<>();
    for (JavaClass c : CODE) {
      String from = slice.apply(c);
      if (from.isEmpty() || from.equals(WIRING)) continue;
      for (Dependency d : c.getDirectDependenciesFromSelf()) {
        String to = slice.apply(d.getTargetClass());
        if (to.isEmpty() || to.equals(from) || to.equals(WIRING)) continue;
        arrows.computeIfAbsent(from, f -> new TreeSet<>()).add(to);
      }
    }
    return arrows;
  }

  private static SortedSet<String> platformPackagesUsing(Predicate<JavaClass> target) {
    SortedSet<String> users = new TreeSet<>();
    for (JavaClass c : CODE) {
      if (!module(c).equals("platform")) continue;
      for (Dependency d : c.getDirectDependenciesFromSelf()) {
        if (target.test(d.getTargetClass())) users.add(platformPackage(c));
      }
    }
    return users;
  }

  private static String module(JavaClass c) {
    return c.getPackageName().startsWith("cn.mingmian.") ? c.getPackageName().split("\\.")[2] : "";
  }

  private static String platformPackage(JavaClass c) {
    String name = c.getPackageName();
    if (name.equals("cn.mingmian.platform")) return WIRING;
    return name.startsWith("cn.mingmian.platform.") ? name.split("\\.")[3] : "";
  }
}
