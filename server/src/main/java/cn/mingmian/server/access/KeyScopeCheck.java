package cn.mingmian.server.access;

import cn.mingmian.law.facts.Control;
import cn.mingmian.platform.controls.SelfCheck;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// Makes a key that may only report heartbeats, and tries everything else with it, which must fail;
/// so must a bent secret, another purpose, and the key itself once it is revoked.
public final class KeyScopeCheck implements SelfCheck {
  private final ApiKeys keys;

  public KeyScopeCheck(ApiKeys keys) {
    this.keys = keys;
  }

  @Override
  public Control family() {
    return Control.ACCESS_CONTROL;
  }

  @Override
  public String name() {
    return "key-scopes";
  }

  @Override
  public Outcome run() {
    ApiKeys.Issued issued =
        keys.issue(
            "self-check",
            "self-check",
            Set.of(Scope.WAYS),
            Optional.of("self-check"),
            Duration.ofMinutes(1));
    try {
      Optional<Caller> found = keys.find(issued.secret()).map(Caller.OfKey::new);
      if (found.isEmpty() || !found.get().allows(Scope.WAYS)) {
        return new Outcome(false, "a key that was just made does not work");
      }
      for (Scope scope : Scope.values()) {
        if (scope != Scope.WAYS && found.get().allows(scope)) {
          return new Outcome(false, "a key for `ways` was let through for `%s`".formatted(scope));
        }
      }
      char last = issued.secret().charAt(issued.secret().length() - 5);
      String bent =
          issued.secret().substring(0, issued.secret().length() - 5)
              + (last == 'A' ? 'B' : 'A')
              + issued.secret().substring(issued.secret().length() - 4);
      if (keys.find(bent).isPresent()) return new Outcome(false, "a bent secret was accepted");
      keys.revoke(issued.key().id());
      if (keys.find(issued.secret()).isPresent()) {
        return new Outcome(false, "a revoked key was accepted");
      }
      return new Outcome(
          true,
          "a key for one scope was refused for the %d others; a bent secret and the revoked key were refused"
              .formatted(Scope.values().length - 1));
    } finally {
      keys.remove(issued.key());
    }
  }
}
