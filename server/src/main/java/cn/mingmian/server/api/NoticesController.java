package cn.mingmian.server.api;

import cn.mingmian.platform.Platform;
import cn.mingmian.platform.notices.Notice;
import cn.mingmian.platform.notices.Notices;
import cn.mingmian.platform.notices.Rules;
import cn.mingmian.platform.notices.RulesKind;
import cn.mingmian.platform.notices.Shown;
import cn.mingmian.platform.notices.Standing;
import cn.mingmian.platform.people.PersonId;
import cn.mingmian.platform.places.SiteId;
import cn.mingmian.platform.purposes.PurposeId;
import cn.mingmian.platform.records.Bilingual;
import cn.mingmian.server.access.Caller;
import cn.mingmian.server.access.ForPurpose;
import cn.mingmian.server.access.Needs;
import cn.mingmian.server.access.Open;
import cn.mingmian.server.access.Scope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// What people are told: composed from what is configured, published by another hand.
@RestController
@Tag(name = "Notices 告知")
class NoticesController {

  private final Notices notices;

  NoticesController(Platform platform) {
    this.notices = platform.notices();
  }

  record NoticeOf(PurposeId purpose, SiteId site) {}

  record NoticeVersion(PurposeId purpose, SiteId site, int version) {}

  /// @param matches  whether composing it now would give the same text
  record StandingNotice(Notice notice, boolean matches) {}

  record History(List<Notice> items) {}

  record NewShowing(
      PurposeId purpose, SiteId site, Shown.Channel channel, Optional<PersonId> person) {}

  record NewRules(RulesKind kind, Bilingual text) {}

  record RulesVersion(RulesKind kind, int version) {}

  @Operation(
      summary = "The notice in force",
      description = "Open: a notice is for everybody. `matches` tells whether it is still true.")
  @GetMapping("/v1/notices")
  @Open
  StandingNotice showNotice(@RequestParam PurposeId purpose, @RequestParam SiteId site) {
    Standing standing = Records.found(notices.standing(purpose, site), "notice", purpose);
    return new StandingNotice(standing.notice(), standing.matches());
  }

  @Operation(summary = "All versions of a notice", description = "Newest first.")
  @GetMapping("/v1/notices/history")
  @Needs(Scope.READ)
  @ForPurpose
  History listNotices(@RequestParam PurposeId purpose, @RequestParam SiteId site, Caller caller) {
    caller.mayUse(purpose.value());
    return new History(notices.history(purpose, site));
  }

  @Operation(
      summary = "Write a notice",
      description =
          "Composed from operator, purpose and site as they are now: a text cannot drift from what is"
              + " done.")
  @PostMapping("/v1/notices")
  @Needs(Scope.SET_UP)
  @ForPurpose
  ResponseEntity<Notice> writeNotice(@RequestBody NoticeOf request, Caller caller) {
    caller.mayUse(request.purpose().value());
    int version = notices.write(request.purpose(), request.site(), Records.hand(caller));
    return Records.created(
        "/v1/notices?purpose=" + request.purpose() + "&site=" + request.site(),
        version(request.purpose(), request.site(), version));
  }

  @Operation(
      summary = "Publish a notice",
      description = "By another hand; `notice_behind_configuration` if it is no longer true.")
  @PostMapping("/v1/notices/publish")
  @Needs(Scope.APPROVE)
  @ForPurpose
  Notice publishNotice(@RequestBody NoticeVersion request, Caller caller) {
    caller.mayUse(request.purpose().value());
    notices.publish(request.purpose(), request.site(), request.version(), Records.hand(caller));
    return version(request.purpose(), request.site(), request.version());
  }

  @Operation(
      summary = "Record that a notice was shown",
      description = "A consent points to what this answers.")
  @PostMapping("/v1/notices/showings")
  @Needs({Scope.PEOPLE, Scope.ENROL})
  @ForPurpose
  Shown showToPerson(@RequestBody NewShowing request, Caller caller) {
    caller.mayUse(request.purpose().value());
    return notices.show(
        request.purpose(), request.site(), request.channel(), Optional.empty(), request.person());
  }

  @Operation(
      summary = "The public processing rules",
      description = "Of a kind: `PROCESSING` or, for children, `UNDER_14`. Open.")
  @GetMapping("/v1/processing-rules")
  @Open
  Rules showProcessingRules(@RequestParam RulesKind kind) {
    return Records.found(notices.published(kind), "rules", kind);
  }

  @Operation(summary = "Write processing rules")
  @PostMapping("/v1/processing-rules")
  @Needs(Scope.SET_UP)
  ResponseEntity<Rules> writeProcessingRules(@RequestBody NewRules request, Caller caller) {
    int version = notices.writeRules(request.kind(), request.text(), Records.hand(caller));
    return Records.created(
        "/v1/processing-rules?kind=" + request.kind(), rules(request.kind(), version));
  }

  @Operation(summary = "Publish processing rules", description = "By another hand.")
  @PostMapping("/v1/processing-rules/publish")
  @Needs(Scope.APPROVE)
  Rules publishProcessingRules(@RequestBody RulesVersion request, Caller caller) {
    notices.publishRules(request.kind(), request.version(), Records.hand(caller));
    return rules(request.kind(), request.version());
  }

  private Notice version(PurposeId purpose, SiteId site, int version) {
    return Records.found(
        notices.history(purpose, site).stream()
            .filter(notice -> notice.version() == version)
            .findFirst(),
        "notice",
        version);
  }

  private Rules rules(RulesKind kind, int version) {
    return Records.found(
        notices.rules(kind).stream().filter(each -> each.version() == version).findFirst(),
        "rules",
        version);
  }
}
