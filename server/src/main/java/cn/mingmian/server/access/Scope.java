package cn.mingmian.server.access;

import java.util.Locale;

/// What an API key may be used for. An operation names the one scope that it needs.
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
  /// Report heartbeats and passages of the ways in: what a card controller or a desk needs.
  WAYS,
  /// Erase faces on request.
  ERASE,
  /// Record injunctions, holds and mandates.
  ORDERS,
  /// Make and revoke API keys.
  KEYS;

  /// The scope as it is written in requests.
  public String wire() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
