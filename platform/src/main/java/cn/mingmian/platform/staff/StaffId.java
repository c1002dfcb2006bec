package cn.mingmian.platform.staff;

import cn.mingmian.platform.records.Actor;
import cn.mingmian.platform.records.Ids;

/// The account of one member of staff; also the hand under which they write and approve.
public record StaffId(String value) {
  static final String PREFIX = "stf";

  public StaffId {
    Ids.check(PREFIX, value);
  }

  /// Whether a hand is a member of staff, and not a key or a part of the program.
  public static boolean isHandOfStaff(String hand) {
    return hand.startsWith(PREFIX + "_");
  }

  public Actor actor() {
    return new Actor(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
