package cn.mingmian.server.api;

import cn.mingmian.platform.Platform;
import cn.mingmian.platform.consent.ConsentId;
import cn.mingmian.platform.consent.ConsentReceipt;
import cn.mingmian.platform.documents.Paper;
import cn.mingmian.platform.people.PersonId;
import cn.mingmian.platform.places.CheckpointId;
import cn.mingmian.server.access.Needs;
import cn.mingmian.server.access.Open;
import cn.mingmian.server.access.Scope;
import cn.mingmian.server.http.PublicAddress;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What people take home, and what hangs on the wall: PDF/A with the proofs inside.
@RestController
@Tag(name = "Papers 文书")
class PapersController {

  private static final JsonMapper JSON = JsonMapper.shared();

  private final Platform platform;
  private final PublicAddress address;

  PapersController(Platform platform, PublicAddress address) {
    this.platform = platform;
    this.address = address;
  }

  /// @param record  in the shape of ISO/IEC TS 27560
  /// @param proof  C2SP tlog-proof; empty while it is not published
  /// @param link  opens the receipt without a login: whoever holds it may withdraw
  record ReceiptView(JsonNode record, Optional<String> proof, String link) {}

  @Operation(
      summary = "The receipt of a consent",
      description = "For the person who gave it: record, proof, and the link to withdraw.")
  @GetMapping("/v1/consents/{id}/receipt")
  @Needs(Scope.PEOPLE)
  ReceiptView showConsentReceipt(@PathVariable ConsentId id) {
    ConsentReceipt receipt = platform.receipts().of(id, address.uri());
    return new ReceiptView(
        JSON.readTree(receipt.json()), receipt.proof(), receipt.link().toString());
  }

  @Operation(summary = "The receipt of a consent, on paper")
  @GetMapping(path = "/v1/consents/{id}/receipt.pdf", produces = MediaType.APPLICATION_PDF_VALUE)
  @Needs(Scope.PEOPLE)
  Resource printConsentReceipt(@PathVariable ConsentId id) {
    return print(platform.receipts().paper(platform.receipts().of(id, address.uri())));
  }

  @Operation(summary = "The certificate of what was erased, on paper")
  @GetMapping(
      path = "/v1/people/{id}/erasure-certificate.pdf",
      produces = MediaType.APPLICATION_PDF_VALUE)
  @Needs({Scope.READ, Scope.PEOPLE})
  Resource printErasureCertificate(@PathVariable PersonId id) {
    platform.people().require(id);
    return print(platform.rights().paper(platform.rights().certify(id)));
  }

  @Operation(
      summary = "The sign of a checkpoint, to print and hang",
      description = "Purpose, other ways, capture area, QR code to the notice.")
  @GetMapping(path = "/v1/checkpoints/{id}/sign.pdf", produces = MediaType.APPLICATION_PDF_VALUE)
  @Open
  Resource printSign(@PathVariable CheckpointId id) {
    return print(platform.notices().poster(id, address.uri()));
  }

  private Resource print(Paper paper) {
    return new ByteArrayResource(platform.press().print(paper));
  }
}
