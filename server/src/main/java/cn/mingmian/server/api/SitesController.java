package cn.mingmian.server.api;

import cn.mingmian.law.facts.Place;
import cn.mingmian.law.facts.ProcessorKind;
import cn.mingmian.law.facts.Province;
import cn.mingmian.law.facts.Territory;
import cn.mingmian.law.facts.VideoClass;
import cn.mingmian.law.facts.Zone;
import cn.mingmian.platform.Platform;
import cn.mingmian.platform.places.Operator;
import cn.mingmian.platform.places.Places;
import cn.mingmian.platform.places.SafetyNecessity;
import cn.mingmian.platform.places.Sign;
import cn.mingmian.platform.places.Site;
import cn.mingmian.platform.places.SiteId;
import cn.mingmian.platform.places.SiteZone;
import cn.mingmian.platform.places.SiteZoneId;
import cn.mingmian.server.access.Caller;
import cn.mingmian.server.access.Needs;
import cn.mingmian.server.access.Scope;
import cn.mingmian.server.http.Cursors;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// The operator, its sites and zones, signs and what was claimed of them.
@RestController
@Tag(name = "Places 场所")
class SitesController {

  private final Places places;
  private final Platform platform;
  private final Cursors cursors;

  SitesController(Platform platform, Cursors cursors) {
    this.platform = platform;
    this.places = platform.places();
    this.cursors = cursors;
  }

  /// @param from  the version that this change was made from; 0 the first time
  record NewOperator(
      int from,
      String name,
      String contact,
      String creditCode,
      ProcessorKind kind,
      boolean publicFacing,
      String privacyOfficer) {}

  record NewSite(String name, Territory territory, Optional<Province> province) {}

  record NewZone(SiteId site, String name, Zone zone, Place place, VideoClass videoClass) {}

  /// @param from  the version that this change was made from
  record ZoneClass(int from, Zone zone, Place place, VideoClass videoClass) {}

  /// @param photoHash  SHA-256 of the photo, hexadecimal
  record NewSign(SiteZoneId zone, String photoHash, LocalDate takenOn, String position) {}

  record SignCheck(boolean inPlace) {}

  /// What was written and waits for another hand.
  record Claim(String statement) {}

  record Signs(List<Sign> items) {}

  record Zones(List<SiteZone> items) {}

  @Operation(summary = "Who processes", description = "The operator as notices name it.")
  @GetMapping("/v1/operator")
  @Needs(Scope.READ)
  Operator showOperator() {
    return Records.found(places.operator(), "operator", "operator");
  }

  @Operation(
      summary = "Record who processes",
      description = "Notices are composed from it; a change makes them out of date.")
  @PutMapping("/v1/operator")
  @Needs(Scope.SET_UP)
  Operator recordOperator(@RequestBody NewOperator request, Caller caller) {
    return places.recordOperator(
        request.from(),
        request.name(),
        request.contact(),
        request.creditCode(),
        request.kind(),
        request.publicFacing(),
        request.privacyOfficer(),
        Records.hand(caller));
  }

  @Operation(summary = "List sites")
  @GetMapping("/v1/sites")
  @Needs(Scope.READ)
  Cursors.Page<Site> listSites(
      @RequestParam Optional<Integer> limit, @RequestParam Optional<String> cursor) {
    return cursors.page("sites", places.sites(), site -> site.id().value(), limit, cursor);
  }

  @Operation(summary = "Add a site")
  @PostMapping("/v1/sites")
  @Needs(Scope.SET_UP)
  ResponseEntity<Site> addSite(@RequestBody NewSite request, Caller caller) {
    SiteId id =
        places.addSite(
            request.name(), request.territory(), request.province(), Records.hand(caller));
    return Records.created("/v1/sites/" + id, Records.found(places.site(id), "site", id));
  }

  @Operation(summary = "Read a site")
  @GetMapping("/v1/sites/{id}")
  @Needs(Scope.READ)
  Site showSite(@PathVariable SiteId id) {
    return Records.found(places.site(id), "site", id);
  }

  @Operation(summary = "List the zones of a site")
  @GetMapping("/v1/sites/{id}/zones")
  @Needs(Scope.READ)
  Zones listZones(@PathVariable SiteId id) {
    Records.found(places.site(id), "site", id);
    return new Zones(places.zones(id));
  }

  @Operation(
      summary = "Add a zone",
      description =
          "Classed by what a lens there sees, not by where it is mounted. A private space never"
              + " holds a device.")
  @PostMapping("/v1/zones")
  @Needs(Scope.SET_UP)
  ResponseEntity<SiteZone> addZone(@RequestBody NewZone request, Caller caller) {
    SiteZoneId id =
        places.addZone(
            request.site(),
            request.name(),
            request.zone(),
            request.place(),
            request.videoClass(),
            Records.hand(caller));
    return Records.created("/v1/zones/" + id, Records.found(places.zone(id), "zone", id));
  }

  @Operation(summary = "Read a zone")
  @GetMapping("/v1/zones/{id}")
  @Needs(Scope.READ)
  SiteZone showZone(@PathVariable SiteZoneId id) {
    return Records.found(places.zone(id), "zone", id);
  }

  @Operation(
      summary = "Class a zone anew",
      description = "`private_space_holds_device` while a device stands in it.")
  @PutMapping("/v1/zones/{id}")
  @Needs(Scope.SET_UP)
  SiteZone reclassZone(@PathVariable SiteZoneId id, @RequestBody ZoneClass request, Caller caller) {
    return places.reclassZone(
        id,
        request.from(),
        request.zone(),
        request.place(),
        request.videoClass(),
        Records.hand(caller));
  }

  @Operation(
      summary = "Claim that public safety needs a device here",
      description = "A statement; it counts once another hand has approved it.")
  @PostMapping("/v1/zones/{id}/safety-necessity")
  @Needs(Scope.SET_UP)
  Claim claimSafetyNecessity(
      @PathVariable SiteZoneId id, @RequestBody SafetyNecessity request, Caller caller) {
    return new Claim(places.claimSafetyNecessity(id, request, Records.hand(caller)));
  }

  @Operation(summary = "List the signs of a zone")
  @GetMapping("/v1/zones/{id}/signs")
  @Needs(Scope.READ)
  Signs listSigns(@PathVariable SiteZoneId id) {
    return new Signs(places.signs(id));
  }

  @Operation(
      summary = "Record a sign",
      description = "The hash of its photo; the photo itself stays with you.")
  @PostMapping("/v1/signs")
  @Needs(Scope.SET_UP)
  ResponseEntity<Sign> recordSign(@RequestBody NewSign request, Caller caller) {
    Sign sign =
        places.recordSign(
            request.zone(),
            request.photoHash(),
            request.takenOn(),
            request.position(),
            Records.hand(caller));
    return Records.created("/v1/zones/" + sign.zone() + "/signs", sign);
  }

  @Operation(
      summary = "Check a sign again",
      description = "A sign that nobody has checked for 90 days no longer counts as in place.")
  @PostMapping("/v1/signs/{id}/checks")
  @Needs(Scope.SET_UP)
  SignCheck recheckSign(@PathVariable String id, @RequestBody SignCheck request, Caller caller) {
    places.recheckSign(id, request.inPlace(), Records.hand(caller));
    return request;
  }

  /// @param statement  as the claim's answer named it
  record Approved(String statement, boolean approved) {}

  @Operation(
      summary = "Approve a statement",
      description =
          "A safety necessity, a capture area, the terms of a way in, what is offered to elderly and"
              + " disabled people: by another hand than its author's.")
  @PostMapping("/v1/statements/{id}/approve")
  @Needs(Scope.APPROVE)
  Approved approveStatement(@PathVariable String id, Caller caller) {
    platform.statements().approve(id, Records.hand(caller));
    return new Approved(id, true);
  }
}
