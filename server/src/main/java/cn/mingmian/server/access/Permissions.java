package cn.mingmian.server.access;

import static cn.mingmian.server.access.Scope.*;

import cn.mingmian.platform.staff.Role;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/// What each role may do: the one table. What an operation needs stands beside the operation
/// ([Needs]); both together are printed into `docs/security/access.md`. What is not here is not
/// possible.
public final class Permissions {

  private static final Map<Role, Set<Scope>> TABLE = new EnumMap<>(Role.class);

  static {
    may(
        Role.PRIVACY_OFFICER,
        READ,
        SET_UP,
        APPROVE,
        PEOPLE,
        REVIEW,
        ERASE,
        ORDERS,
        GRANTS,
        VIEW,
        AUDIT);
    may(Role.APPROVER, READ, APPROVE);
    may(Role.SITE_OPERATOR, READ, SET_UP, WAYS);
    may(Role.DESK, PEOPLE, ENROL, VERIFY, WAYS, VIEW);
    may(Role.REVIEWER, READ, REVIEW, VIEW);
    may(Role.AUDITOR, READ, VIEW, AUDIT);
    may(Role.INSPECTOR, READ, VIEW, AUDIT);
    may(Role.SYSTEM_ADMIN, OPERATE);
    may(Role.SECURITY_ADMIN, KEYS, STAFF);
    may(Role.AUDIT_ADMIN, GRANTS, AUDIT);
  }

  private Permissions() {}

  private static void may(Role role, Scope... scopes) {
    EnumSet<Scope> all = EnumSet.of(CONSOLE);
    all.addAll(Arrays.asList(scopes));
    TABLE.put(role, Set.copyOf(all));
  }

  /// What somebody with all of `roles` may do.
  public static Set<Scope> of(Set<Role> roles) {
    EnumSet<Scope> all = EnumSet.noneOf(Scope.class);
    roles.forEach(role -> all.addAll(TABLE.getOrDefault(role, Set.of())));
    return Set.copyOf(all);
  }
}
