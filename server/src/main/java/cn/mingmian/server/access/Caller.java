package cn.mingmian.server.access;

import cn.mingmian.platform.places.Checkpoint;
import cn.mingmian.platform.staff.Session;
import cn.mingmian.server.http.ProblemCode;
import cn.mingmian.server.http.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.Set;

/// Who makes a request: the holder of an API key, a member of staff who is logged in, or a device
/// that signed it. A controller's method takes one as a parameter.
public sealed interface Caller {

  /// The hand that acts: author or approver of what is written.
  String holder();

  /// What the caller may do.
  Set<Scope> scopes();

  /// The only purpose for which the caller may act; empty means every purpose.
  default Optional<String> purpose() {
    return Optional.empty();
  }

  /// Under which name requests are counted, and repeated ones recognised.
  String counted();

  /// Whether the caller may do any of `wanted`.
  default boolean allows(Scope... wanted) {
    for (Scope scope : wanted) {
      if (scopes().contains(scope)) {
        return true;
      }
    }
    return false;
  }

  /// Whether the caller may act for `wanted`.
  default boolean mayUseFor(String wanted) {
    return purpose().isEmpty() || purpose().get().equals(wanted);
  }

  /// Refuses unless the caller may do `wanted`: for what an operation learns only from a record.
  default void needs(Scope wanted) {
    if (!allows(wanted)) {
      throw new ProblemException(
          ProblemCode.NOT_PERMITTED, "this needs `%s`".formatted(wanted.wire()));
    }
  }

  /// Refuses unless the caller may act for `wanted`.
  default void mayUse(String wanted) {
    if (!mayUseFor(wanted)) {
      throw new ProblemException(
          ProblemCode.NOT_PERMITTED, "this key is bound to one purpose, and this is another");
    }
  }

  /// Refuses unless the caller may act at this checkpoint.
  default void mayActAt(Checkpoint checkpoint) {
    mayUse(checkpoint.purpose().value());
  }

  /// Who shows an API key.
  record OfKey(ApiKey key) implements Caller {
    @Override
    public String holder() {
      return key.holder();
    }

    @Override
    public Set<Scope> scopes() {
      return key.scopes();
    }

    @Override
    public Optional<String> purpose() {
      return key.purpose();
    }

    @Override
    public String counted() {
      return key.id().toString();
    }
  }

  /// Who is logged in: acts under the account's id, never under a name that a request says.
  record OfStaff(Session session) implements Caller {
    @Override
    public String holder() {
      return session.account().id().value();
    }

    @Override
    public Set<Scope> scopes() {
      return Permissions.of(session.account().roles());
    }

    @Override
    public String counted() {
      return holder();
    }
  }

  /// A device that signed its request: acts at its own checkpoints and nowhere else.
  record OfDevice(DeviceKey key) implements Caller {
    private static final Set<Scope> SCOPES = Set.of(Scope.VERIFY, Scope.IDENTIFY, Scope.WAYS);

    @Override
    public String holder() {
      return key.device().value();
    }

    @Override
    public Set<Scope> scopes() {
      return SCOPES;
    }

    @Override
    public String counted() {
      return key.id().toString();
    }

    @Override
    public void mayActAt(Checkpoint checkpoint) {
      if (!checkpoint.device().equals(key.device())) {
        throw new ProblemException(
            ProblemCode.NOT_PERMITTED, "this is another device's checkpoint");
      }
    }
  }

  /// Who makes `request`; empty where nobody is known.
  static Optional<Caller> of(HttpServletRequest request) {
    return request.getAttribute(CallerFilter.ATTRIBUTE) instanceof Caller caller
        ? Optional.of(caller)
        : Optional.empty();
  }

  /// The member of staff who makes `request`, if it is one.
  static Optional<Session> staff(HttpServletRequest request) {
    return of(request)
        .flatMap(
            caller ->
                caller instanceof OfStaff(Session session)
                    ? Optional.of(session)
                    : Optional.empty());
  }
}
