package cn.mingmian.server.access;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/// What a key or a role opens. An operation names the one scope that it needs.
public enum Scope {
  /// Read records: places, notices, assessments, people, holdings, orders, controls.
  READ,
  /// Write purposes, places, devices, notices, assessments, and switch devices on.
  SET_UP,
  /// Approve what another hand wrote.
  APPROVE,
  /// Register people, take and withdraw their consents.
  PEOPLE,
  /// Open sessions and enrol faces.
  ENROL,
  /// Open sessions and verify 1:1.
  VERIFY,
  /// Open sessions and identify 1:N.
  IDENTIFY,
  /// Be told scores as they were computed; without it they come in steps of .05, which says whether
  /// somebody matched and not which way is up.
  SCORES,
  /// Report heartbeats and passages of the ways in: what a card controller or a desk needs.
  WAYS,
  /// Decide about objections to what a machine answered.
  REVIEW,
  /// Erase faces on request.
  ERASE,
  /// Record injunctions, holds and mandates.
  ORDERS,
  /// Make and revoke API keys.
  KEYS,
  /// Staff only: see one's own pages.
  CONSOLE,
  /// Staff only: invite people, write their roles, end accounts.
  STAFF,
  /// Staff only: approve roles that another hand wrote.
  GRANTS,
  /// Staff only: ask to see one person's records, and look once that is approved.
  VIEW,
  /// Staff only: read who did what.
  AUDIT,
  /// Staff only: run the machine.
  OPERATE;

  private static final Set<Scope> STAFF_ONLY =
      EnumSet.of(CONSOLE, STAFF, GRANTS, VIEW, AUDIT, OPERATE);

  private static final Set<Scope> DANGEROUS =
      EnumSet.of(KEYS, STAFF, GRANTS, APPROVE, ERASE, ORDERS);

  /// No key holds it: it takes a person who is logged in.
  public boolean staffOnly() {
    return STAFF_ONLY.contains(this);
  }

  /// Changing something with it asks a member of staff for both factors again.
  boolean dangerous() {
    return DANGEROUS.contains(this);
  }

  /// The scope as it is written in requests.
  public String wire() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
