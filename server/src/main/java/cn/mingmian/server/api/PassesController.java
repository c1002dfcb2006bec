package cn.mingmian.server.api;

import cn.mingmian.platform.Platform;
import cn.mingmian.platform.audit.Books;
import cn.mingmian.platform.passes.Codes;
import cn.mingmian.platform.passes.PassReader;
import cn.mingmian.platform.passes.Passes;
import cn.mingmian.platform.people.PersonId;
import cn.mingmian.platform.places.SiteId;
import cn.mingmian.server.access.Caller;
import cn.mingmian.server.access.Needs;
import cn.mingmian.server.access.Open;
import cn.mingmian.server.access.Scope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// The ways in without a face that this server runs itself.
@RestController
@Tag(name = "Ways in 其他方式")
class PassesController {

  private final Passes passes;
  private final Codes codes;
  private final Books books;

  PassesController(Platform platform) {
    this.passes = platform.passes();
    this.codes = platform.codes();
    this.books = platform.books();
  }

  /// @param person  empty for a visitor
  /// @param lasts  1 minute to 366 days, such as `P30D`
  record NewPass(Optional<PersonId> person, SiteId site, Duration lasts) {}

  /// @param token  what the QR code says; handed out this once
  record IssuedPass(String number, SiteId site, Instant from, Instant until, String token) {}

  record RevokedPass(String number, boolean revoked) {}

  record Key(String algorithm, String publicKey) {}

  record NewReading(String token, SiteId site) {}

  /// @param why  in capitals, where it does not open
  record Reading(boolean good, Optional<Instant> until, Optional<String> why) {}

  /// @param person  empty for a visitor; a code for the portal has one
  record NewCode(Optional<PersonId> person, Codes.Use opens) {}

  /// @param code  to be read out; good once
  record IssuedCode(String code, Codes.Use opens, Instant goodUntil) {}

  /// @param pin  six to twelve digits
  record NewPin(String pin) {
    @Override
    public String toString() {
      return "a PIN";
    }
  }

  record PinSet(PersonId person, boolean set) {}

  /// What somebody typed at a pad: a code for once, or a reference and a PIN.
  record NewCheck(Optional<String> code, Optional<String> reference, Optional<String> pin) {
    @Override
    public String toString() {
      return "something typed";
    }
  }

  record Check(boolean good) {}

  @Operation(
      summary = "Issue a QR pass",
      description = "Signed, for one site and a time. It names nobody; readers check it offline.")
  @PostMapping("/v1/passes")
  @Needs(Scope.PEOPLE)
  ResponseEntity<IssuedPass> issuePass(@RequestBody NewPass request, Caller caller) {
    Passes.Issued pass =
        passes.issue(request.person(), request.site(), request.lasts(), Records.hand(caller));
    return Records.created(
        "/v1/passes/" + pass.number(),
        new IssuedPass(pass.number(), pass.site(), pass.from(), pass.until(), pass.token()));
  }

  @Operation(
      summary = "Revoke a QR pass",
      description = "At once here; at a reader without a network with its next list.")
  @DeleteMapping("/v1/passes/{number}")
  @Needs(Scope.PEOPLE)
  RevokedPass revokePass(@PathVariable String number, Caller caller) {
    passes.revoke(number, Records.hand(caller));
    return new RevokedPass(number, true);
  }

  @Operation(summary = "The key that passes are signed with", description = "X.509, base64.")
  @GetMapping("/v1/passes/key")
  @Open
  Key showPassKey() {
    return new Key("Ed25519", passes.publicKey());
  }

  @Operation(
      summary = "The list of revoked passes",
      description = "Signed, for readers without a network; format in docs/formats/pass.md.")
  @GetMapping(path = "/v1/passes/revocations", produces = MediaType.TEXT_PLAIN_VALUE)
  @Open
  String listRevokedPasses() {
    return passes.revocations();
  }

  @Operation(summary = "Read a QR pass", description = "For readers that have a network.")
  @PostMapping("/v1/passes/readings")
  @Needs(Scope.WAYS)
  Reading readPass(@RequestBody NewReading request) {
    return switch (passes.read(request.token(), request.site())) {
      case PassReader.Good good -> new Reading(true, Optional.of(good.until()), Optional.empty());
      case PassReader.NotGood not ->
          new Reading(false, Optional.empty(), Optional.of(not.why().name()));
    };
  }

  @Operation(
      summary = "Make a code for once",
      description = "At the desk: for one passage, or for a person's own pages. Fifteen minutes.")
  @PostMapping("/v1/codes")
  @Needs(Scope.PEOPLE)
  IssuedCode issueCode(@RequestBody NewCode request, Caller caller) {
    return new IssuedCode(
        codes.issue(request.person(), request.opens(), Records.hand(caller)),
        request.opens(),
        books.now().plus(Codes.CODE_LASTS));
  }

  @Operation(summary = "Set a person's PIN", description = "Whoever sets it has made sure of them.")
  @PutMapping("/v1/people/{id}/pin")
  @Needs(Scope.PEOPLE)
  PinSet setPin(@PathVariable PersonId id, @RequestBody NewPin request) {
    codes.setPin(id, request.pin());
    return new PinSet(id, true);
  }

  @Operation(
      summary = "Check what was typed at a pad",
      description =
          "A code for once, or a reference and a PIN. Wrong, used, expired and locked are answered"
              + " alike; after five wrong PINs it rests for fifteen minutes.")
  @PostMapping("/v1/codes/checks")
  @Needs(Scope.WAYS)
  Check checkCode(@RequestBody NewCheck request) {
    Codes.Typed typed =
        request
            .code()
            .map(code -> codes.use(code, Codes.Use.PASSAGE))
            .orElseGet(() -> codes.pin(request.reference().orElse(""), request.pin().orElse("")));
    return new Check(typed.good());
  }
}
