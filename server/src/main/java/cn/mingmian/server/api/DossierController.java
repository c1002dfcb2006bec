package cn.mingmian.server.api;

import cn.mingmian.platform.Platform;
import cn.mingmian.platform.filing.Dossier;
import cn.mingmian.platform.filing.Dossiers;
import cn.mingmian.platform.records.Bilingual;
import cn.mingmian.server.access.Needs;
import cn.mingmian.server.access.Scope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.LocalDate;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// The filing dossier: what is in it, what is missing, and all of it as one file.
@RestController
@Tag(name = "Controls 安全措施")
class DossierController {

  private final Dossiers dossiers;

  DossierController(Platform platform) {
    this.dossiers = platform.dossiers();
  }

  /// One document of it.
  record DossierItem(
      String file, Bilingual title, String rule, boolean complete, List<Bilingual> missing) {}

  /// @param outside  what only the operator holds, and adds by hand
  record DossierCheck(
      LocalDate day, boolean complete, List<DossierItem> items, List<Bilingual> outside) {}

  @Operation(
      summary = "Check the filing dossier",
      description = "Every document that the authority asks for, and what is not on record yet.")
  @GetMapping("/v1/filing/dossier")
  @Needs(Scope.READ)
  DossierCheck checkDossier() {
    Dossier dossier = dossiers.build();
    return new DossierCheck(
        dossier.day(),
        dossier.complete(),
        dossier.items().stream()
            .map(
                item ->
                    new DossierItem(
                        item.file(), item.title(), item.rule(), item.complete(), item.missing()))
            .toList(),
        dossier.outside());
  }

  @Operation(
      summary = "Take the filing dossier",
      description =
          "A ZIP of PDF/A documents with a list of their SHA-256, built from the records as they"
              + " stand; it holds no face information.")
  @ApiResponse(
      responseCode = "200",
      content =
          @Content(
              mediaType = "application/zip",
              schema = @Schema(type = "string", format = "binary")))
  @GetMapping(value = "/v1/filing/dossier.zip", produces = "application/zip")
  @Needs(Scope.READ)
  ResponseEntity<byte[]> takeDossier() {
    Dossier dossier = dossiers.build();
    return ResponseEntity.ok()
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            "attachment; filename=\"dossier-%s.zip\"".formatted(dossier.day()))
        .body(dossiers.zip(dossier));
  }
}
