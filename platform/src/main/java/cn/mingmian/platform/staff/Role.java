package cn.mingmian.platform.staff;

import java.util.List;
import java.util.Set;

/// As what somebody works for the operator, or looks at it from outside. What each may do over HTTP
/// is one table of the server.
public enum Role {
  /// Personal information protection officer: purposes, assessments, filing, requests, incidents.
  PRIVACY_OFFICER,
  /// The officer's deputy: approves what another hand wrote.
  APPROVER,
  /// Site manager and engineer: places, signs, devices, ways in.
  SITE_OPERATOR,
  /// Desk staff: registers people, takes consents and withdrawals, offers the other way in.
  DESK,
  /// Reviews cases that a machine must not decide.
  REVIEWER,
  /// Internal auditor: reads everything that is recorded, changes nothing.
  AUDITOR,
  /// An authority's officer on a visit: reads, for a limited time.
  INSPECTOR,
  /// Runs the machine: self-checks, models, backups. Sees no personal information.
  SYSTEM_ADMIN,
  /// Accounts, keys and devices' credentials. Sees no personal information.
  SECURITY_ADMIN,
  /// Watches the two other administrators: approves accounts, reads the trail.
  AUDIT_ADMIN;

  /// law| MEASURES-2025/14.1 asks for audit, access control and authorisation as families of their
  /// own; system, security and audit administration are never in one hand.
  private static final Set<Role> ADMINISTRATORS = Set.of(SYSTEM_ADMIN, SECURITY_ADMIN, AUDIT_ADMIN);

  static List<Role> administratorsAmong(Set<Role> roles) {
    return roles.stream().filter(ADMINISTRATORS::contains).sorted().toList();
  }
}
