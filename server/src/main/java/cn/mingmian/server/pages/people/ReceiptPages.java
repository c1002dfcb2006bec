package cn.mingmian.server.pages.people;

import cn.mingmian.law.facts.NoticeItem;
import cn.mingmian.platform.Platform;
import cn.mingmian.platform.consent.Consent;
import cn.mingmian.platform.consent.ConsentReceipt;
import cn.mingmian.platform.consent.Receipts;
import cn.mingmian.platform.documents.Press;
import cn.mingmian.platform.passes.Codes;
import cn.mingmian.platform.people.Holding;
import cn.mingmian.platform.people.People;
import cn.mingmian.platform.records.RejectedRecordException;
import cn.mingmian.platform.rights.Rights;
import cn.mingmian.server.access.Open;
import cn.mingmian.server.http.ProblemCode;
import cn.mingmian.server.http.ProblemException;
import cn.mingmian.server.http.PublicAddress;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/// A consent's receipt, opened by its own link: to look, to keep, to withdraw with one press.
///
/// law| MEASURES-2025/6.3: withdrawing takes no more steps than agreeing: scan, press.
@Controller
class ReceiptPages {
  private final Receipts receipts;
  private final Rights rights;
  private final People people;
  private final Codes codes;
  private final Press press;
  private final PublicAddress address;
  private final PersonCookie cookie;

  ReceiptPages(Platform platform, PublicAddress address, PersonCookie cookie) {
    this.receipts = platform.receipts();
    this.rights = platform.rights();
    this.people = platform.people();
    this.codes = platform.codes();
    this.press = platform.press();
    this.address = address;
    this.cookie = cookie;
  }

  @GetMapping("/r/{token}")
  @Open
  String look(@PathVariable String token, Model model, Locale locale) {
    Consent consent = opened(token);
    model.addAttribute("token", token);
    model.addAttribute("consent", consent);
    model.addAttribute("givenAt", Shown.time(consent.givenAt()));
    model.addAttribute("withdrawnAt", consent.withdrawnAt().map(Shown::time).orElse(null));
    model.addAttribute(
        "told",
        receipts
            .told(consent)
            .map(
                notice ->
                    Shown.text(notice.text().item(NoticeItem.PURPOSE_METHOD_RETENTION), locale))
            .orElse(""));
    model.addAttribute(
        "operations",
        consent.operations().stream()
            .sorted()
            .map(verb -> Shown.text(Receipts.named(verb), locale))
            .toList());
    List<Holding> held = people.holdings(consent.person());
    model.addAttribute(
        "destroyed", held.stream().anyMatch(h -> h.state() == Holding.State.DESTROYED));
    model.addAttribute(
        "kept",
        held.stream()
            .anyMatch(
                h ->
                    h.gallery().purpose().equals(consent.purpose())
                        && h.state() != Holding.State.DESTROYED));
    model.addAttribute("mayEnter", !codes.hasPin(consent.person()));
    return "people/receipt";
  }

  /// Harmless when it is pressed twice: what is withdrawn stays withdrawn.
  @PostMapping("/r/{token}/withdraw")
  @Open
  String withdraw(@PathVariable String token) {
    rights.withdraw(opened(token).id(), "receipt");
    return "redirect:/r/" + token;
  }

  /// The receipt opens its holder's own pages, unless they have set a PIN: then that is asked for.
  @PostMapping("/r/{token}/enter")
  @Open
  String enter(@PathVariable String token, HttpServletResponse response) {
    Consent consent = opened(token);
    if (!codes.hasPin(consent.person())) cookie.give(response, consent.person());
    return "redirect:/me";
  }

  @GetMapping("/r/{token}/receipt.pdf")
  @Open
  ResponseEntity<byte[]> paper(@PathVariable String token) {
    return Papers.pdf("receipt", press.print(receipts.paper(receipt(token))));
  }

  @GetMapping("/r/{token}/receipt.json")
  @Open
  ResponseEntity<byte[]> record(@PathVariable String token) {
    return Papers.text("receipt.json", MediaType.APPLICATION_JSON, receipt(token).json());
  }

  @GetMapping("/r/{token}/receipt.tlog-proof")
  @Open
  ResponseEntity<byte[]> proof(@PathVariable String token) {
    return Papers.text(
        "receipt.tlog-proof",
        MediaType.TEXT_PLAIN,
        receipt(token)
            .proof()
            .orElseThrow(
                () ->
                    new ProblemException(
                        ProblemCode.NOT_FOUND, "the proof is not published yet; try again soon")));
  }

  @GetMapping("/r/{token}/certificate.pdf")
  @Open
  ResponseEntity<byte[]> certificate(@PathVariable String token) {
    try {
      return Papers.pdf(
          "certificate", press.print(rights.paper(rights.certify(opened(token).person()))));
    } catch (RejectedRecordException nothing) {
      throw new ProblemException(ProblemCode.NOT_FOUND, "nothing of this person was erased yet");
    }
  }

  private ConsentReceipt receipt(String token) {
    return receipts.of(opened(token).id(), address.uri());
  }

  /// Forged, foreign and mistyped links are answered alike.
  private Consent opened(String token) {
    return receipts
        .open(token)
        .orElseThrow(
            () -> new ProblemException(ProblemCode.NOT_FOUND, "no receipt has this number"));
  }
}
