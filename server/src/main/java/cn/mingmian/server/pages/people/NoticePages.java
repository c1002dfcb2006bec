package cn.mingmian.server.pages.people;

import cn.mingmian.platform.Platform;
import cn.mingmian.platform.documents.Press;
import cn.mingmian.platform.notices.Notice;
import cn.mingmian.platform.notices.Notices;
import cn.mingmian.platform.notices.RulesKind;
import cn.mingmian.platform.notices.Standing;
import cn.mingmian.platform.places.Checkpoint;
import cn.mingmian.platform.places.CheckpointId;
import cn.mingmian.platform.places.Places;
import cn.mingmian.platform.places.SiteId;
import cn.mingmian.platform.places.WayNames;
import cn.mingmian.server.access.Open;
import cn.mingmian.server.http.ProblemCode;
import cn.mingmian.server.http.ProblemException;
import cn.mingmian.server.http.PublicAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/// What the public can read without a login: the processing rules and each notice, as they are in
/// force, to print and to save.
///
/// law| SPC-2021/2.2, PIPL/17: the rules are public, easy to read and to keep.
@Controller
class NoticePages {
  private final Notices notices;
  private final Places places;
  private final Press press;
  private final PublicAddress address;

  NoticePages(Platform platform, PublicAddress address) {
    this.notices = platform.notices();
    this.places = platform.places();
    this.press = platform.press();
    this.address = address;
  }

  /// One place where a face can be used.
  record Point(CheckpointId id, String name, String site) {}

  @GetMapping("/notices")
  @Open
  String all(Model model, Locale locale) {
    List<Point> points =
        places.checkpoints().stream()
            .filter(point -> standing(point).isPresent())
            .map(
                point ->
                    new Point(
                        point.id(), point.name(), places.site(site(point)).orElseThrow().name()))
            .toList();
    model.addAttribute("points", points);
    model.addAttribute("operator", places.operator().orElse(null));
    model.addAttribute("rules", rules(RulesKind.PROCESSING, locale));
    model.addAttribute("childRules", rules(RulesKind.UNDER_14, locale));
    return "people/notices";
  }

  private List<String> rules(RulesKind kind, Locale locale) {
    return notices
        .published(kind)
        .map(rules -> Shown.text(rules.text(), locale).lines().toList())
        .orElse(List.of());
  }

  @GetMapping("/notices/{id}")
  @Open
  String one(@PathVariable CheckpointId id, Model model, Locale locale) {
    Checkpoint point = point(id);
    Standing standing =
        standing(point)
            .orElseThrow(
                () ->
                    new ProblemException(
                        ProblemCode.NOT_FOUND, "no notice is published for this checkpoint"));
    Notice notice = standing.notice();
    Optional<Notice> before =
        notices.history(point.purpose(), site(point)).stream()
            .filter(n -> n.publishedAt().isPresent() && n.version() < notice.version())
            .findFirst();
    List<Shown.Item> items = Shown.items(notice, before, locale);
    model.addAttribute("point", point);
    model.addAttribute("site", places.site(site(point)).orElseThrow().name());
    model.addAttribute("items", items);
    model.addAttribute("changed", items.stream().anyMatch(item -> !item.before().isEmpty()));
    model.addAttribute("current", standing.matches());
    model.addAttribute("version", notice.version());
    model.addAttribute("since", notice.publishedAt().map(Shown::time).orElse(""));
    model.addAttribute("hash", notice.text().fingerprint());
    model.addAttribute(
        "ways",
        places.otherWays(id).measures().stream()
            .map(way -> Shown.text(WayNames.of(way.kind()), locale))
            .toList());
    model.addAttribute("area", CaptureOutline.of(places, point).orElse(null));
    return "people/notice";
  }

  @GetMapping(path = "/notices/{id}/sign.pdf", produces = MediaType.APPLICATION_PDF_VALUE)
  @Open
  ResponseEntity<byte[]> sign(@PathVariable CheckpointId id) {
    return Papers.pdf("sign", press.print(notices.poster(id, address.uri())));
  }

  private Checkpoint point(CheckpointId id) {
    return places
        .checkpoint(id)
        .orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND, "no such checkpoint"));
  }

  private Optional<Standing> standing(Checkpoint point) {
    return notices.standing(point.purpose(), site(point));
  }

  private SiteId site(Checkpoint point) {
    return places.zone(point.zone()).orElseThrow().site();
  }
}
