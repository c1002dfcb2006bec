package cn.mingmian.server.pages.console;

import cn.mingmian.platform.agenda.Point;
import cn.mingmian.server.access.Caller;
import cn.mingmian.server.access.Scope;

/// What of the agenda is whose: who reads everything and does nothing sees all of it; who writes
/// does not approve; who runs the machine sees the machine.
final class Theirs {
  private Theirs() {}

  static boolean any(Caller caller) {
    return caller.allows(Scope.READ, Scope.OPERATE);
  }

  static boolean is(Point point, Caller caller) {
    if (!caller.allows(Scope.READ)) return point.kind() == Point.Kind.PROTECTION;
    boolean writes = caller.allows(Scope.SET_UP);
    boolean approves = caller.allows(Scope.APPROVE);
    if (writes == approves) return true;
    return approves == (point.kind() == Point.Kind.APPROVAL);
  }
}
