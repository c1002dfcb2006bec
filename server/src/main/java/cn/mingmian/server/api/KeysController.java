package cn.mingmian.server.api;

import cn.mingmian.platform.staff.StaffId;
import cn.mingmian.server.access.ApiKey;
import cn.mingmian.server.access.ApiKeys;
import cn.mingmian.server.access.Caller;
import cn.mingmian.server.access.ForPurpose;
import cn.mingmian.server.access.Needs;
import cn.mingmian.server.access.Scope;
import cn.mingmian.server.http.Cursors;
import cn.mingmian.server.http.ProblemCode;
import cn.mingmian.server.http.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// API keys: made with less power than their maker, shown once, ended at once.
@RestController
@Tag(name = "Keys 密钥")
class KeysController {

  private final ApiKeys keys;
  private final Cursors cursors;

  KeysController(ApiKeys keys, Cursors cursors) {
    this.keys = keys;
    this.cursors = cursors;
  }

  /// @param label  what the key is for; no person's name belongs here
  /// @param holder  the hand that acts with it; what one holder writes, another approves
  /// @param scopes  at least one
  /// @param purpose  binds the key to one purpose
  /// @param days  until it expires, 1 to 366
  record NewKey(
      String label, String holder, List<String> scopes, Optional<String> purpose, Integer days) {}

  /// @param secret  shown in the answer to `POST` only
  record KeyView(
      UUID id,
      String label,
      String holder,
      List<String> scopes,
      Optional<String> purpose,
      Instant createdAt,
      Instant expiresAt,
      Optional<Instant> revokedAt,
      Optional<String> secret) {

    static KeyView of(ApiKey key, Optional<String> secret) {
      return new KeyView(
          key.id(),
          key.label(),
          key.holder(),
          key.scopes().stream().sorted().map(Scope::wire).toList(),
          key.purpose(),
          key.createdAt(),
          key.expiresAt(),
          key.revokedAt(),
          secret);
    }
  }

  @Operation(
      summary = "Make an API key",
      description =
          "The secret is in this answer and nowhere else. A key gives only what it holds itself: who"
              + " sets up cannot make an approver.")
  @PostMapping("/v1/keys")
  @Needs(Scope.KEYS)
  @ForPurpose
  ResponseEntity<KeyView> createKey(@RequestBody NewKey request, Caller caller) {
    String label = Fields.text("/label", request.label(), 80);
    String holder = Fields.matching("/holder", request.holder(), "[A-Za-z0-9_.-]{1,64}");
    Set<Scope> scopes = scopes(Fields.list("/scopes", request.scopes()));
    int days = Fields.within("/days", Fields.present("/days", request.days()), 1, 366);
    if (StaffId.isHandOfStaff(holder)) {
      throw ProblemException.field("/holder", "a key is no member of staff: expected another name");
    }
    for (Scope scope : scopes) {
      if (!mayGive(caller, scope)) {
        throw new ProblemException(
            ProblemCode.NOT_PERMITTED, "you cannot give `%s` to a key".formatted(scope.wire()));
      }
    }
    if (caller.purpose().isPresent() && !caller.purpose().equals(request.purpose())) {
      throw new ProblemException(
          ProblemCode.NOT_PERMITTED, "a key bound to a purpose gives keys of that purpose only");
    }
    ApiKeys.Issued issued =
        keys.issue(label, holder, scopes, request.purpose(), Duration.ofDays(days));
    return ResponseEntity.created(URI.create("/v1/keys/" + issued.key().id()))
        .header("Cache-Control", "no-store")
        .body(KeyView.of(issued.key(), Optional.of(issued.secret())));
  }

  /// A key gives only what it holds. Staff who keep the keys give what machines need, never an
  /// approval: that takes a person.
  private static boolean mayGive(Caller caller, Scope scope) {
    return switch (caller) {
      case Caller.OfKey key -> key.allows(scope);
      case Caller.OfDevice device -> false;
      case Caller.OfStaff staff ->
          !scope.staffOnly() && scope != Scope.APPROVE && scope != Scope.KEYS;
    };
  }

  @Operation(
      summary = "List API keys",
      description = "Newest first, expired and revoked ones included; never a secret.")
  @GetMapping("/v1/keys")
  @Needs(Scope.KEYS)
  Cursors.Page<KeyView> listKeys(
      @RequestParam Optional<Integer> limit, @RequestParam Optional<String> cursor) {
    List<KeyView> all = keys.all().stream().map(key -> KeyView.of(key, Optional.empty())).toList();
    return cursors.page("keys", all, key -> key.id().toString(), limit, cursor);
  }

  @Operation(summary = "Revoke an API key", description = "It stops working at once, for good.")
  @DeleteMapping("/v1/keys/{id}")
  @Needs(Scope.KEYS)
  KeyView revokeKey(@PathVariable UUID id) {
    return keys.revoke(id)
        .map(key -> KeyView.of(key, Optional.empty()))
        .orElseThrow(
            () -> new ProblemException(ProblemCode.NOT_FOUND, "there is no key with this id"));
  }

  private static Set<Scope> scopes(List<String> names) {
    List<Scope> scopes = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      int index = i;
      scopes.add(
          Arrays.stream(Scope.values())
              .filter(scope -> !scope.staffOnly() && scope.wire().equals(name))
              .findFirst()
              .orElseThrow(
                  () ->
                      ProblemException.field(
                          "/scopes/" + index,
                          "expected one of: "
                              + Arrays.stream(Scope.values())
                                  .filter(scope -> !scope.staffOnly())
                                  .map(Scope::wire)
                                  .collect(Collectors.joining(", ")))));
    }
    return EnumSet.copyOf(scopes);
  }
}
