package cn.mingmian.server.api;

import cn.mingmian.law.DecisionWriter;
import cn.mingmian.law.facts.Alternative;
import cn.mingmian.platform.Platform;
import cn.mingmian.platform.audit.EntryId;
import cn.mingmian.platform.enrol.Advice;
import cn.mingmian.platform.enrol.Enrolled;
import cn.mingmian.platform.enrol.Enrolment;
import cn.mingmian.platform.enrol.Outline;
import cn.mingmian.platform.enrol.Unusable;
import cn.mingmian.platform.models.ModelOrigin;
import cn.mingmian.platform.people.People;
import cn.mingmian.platform.people.PersonId;
import cn.mingmian.platform.permit.Opened;
import cn.mingmian.platform.permit.Permit;
import cn.mingmian.platform.permit.Refusal;
import cn.mingmian.platform.permit.Sessions;
import cn.mingmian.platform.permit.Step;
import cn.mingmian.platform.places.Checkpoint;
import cn.mingmian.platform.places.CheckpointId;
import cn.mingmian.platform.places.FaceDevice;
import cn.mingmian.platform.places.Places;
import cn.mingmian.platform.purposes.PurposeId;
import cn.mingmian.platform.recognise.Bar;
import cn.mingmian.platform.recognise.Identified;
import cn.mingmian.platform.recognise.Recognition;
import cn.mingmian.platform.recognise.Verified;
import cn.mingmian.platform.records.Bilingual;
import cn.mingmian.platform.setup.Activation;
import cn.mingmian.server.access.Caller;
import cn.mingmian.server.access.ForPurpose;
import cn.mingmian.server.access.Needs;
import cn.mingmian.server.access.Scope;
import cn.mingmian.server.http.CarriesPhotos;
import cn.mingmian.server.http.ProblemCode;
import cn.mingmian.server.http.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Faces: a session first, then one enrolment, verification or identification under the permits
/// that the law gives. A refusal by the law is 403 with its findings. Photos come as
/// `multipart/form-data` or as base64 in JSON, stay in memory and are zeroed before the answer.
@RestController
@Tag(name = "Faces 人脸")
class FacesController {

  /// Steps of .05 from 0 to 1: how finely scores are told to whoever need not know them.
  private static final double STEPS = 20;

  private static final JsonMapper JSON = JsonMapper.shared();

  private final Places places;
  private final People people;
  private final Sessions sessions;
  private final Activation activation;
  private final ModelOrigin modelOrigin;
  private final Enrolment enrolment;
  private final Recognition recognition;

  FacesController(Platform platform) {
    this.places = platform.places();
    this.people = platform.people();
    this.sessions = platform.sessions();
    this.activation = platform.activation();
    this.modelOrigin = platform.modelOrigin();
    this.enrolment = platform.enrolment();
    this.recognition = platform.recognition();
  }

  /// @param step  what the person did: `NONE`, `PRESSED`, `SCANNED`, `SAID`
  /// @param agreed  the person chose the face way
  /// @param fourteen  the person says that they are 14 or older
  /// @param preselected  the face was chosen before the person chose
  /// @param noticeShown  the notice in force was shown
  /// @param purposeShown  the purpose was said or shown
  /// @param seconds  1 to 60
  record NewSession(
      CheckpointId checkpoint,
      Step step,
      boolean agreed,
      boolean fourteen,
      boolean preselected,
      boolean noticeShown,
      boolean purposeShown,
      Optional<Integer> seconds) {}

  /// @param otherWays  what works now without a face: offer it beside the face
  /// @param decision  the one that allows the face to be asked for
  record SessionView(
      String id,
      CheckpointId checkpoint,
      PurposeId purpose,
      Instant openedAt,
      Instant closesAt,
      Set<Alternative> otherWays,
      String decision) {}

  /// @param image  JPEG, PNG, BMP or WebP, at most 10 MiB
  @SuppressWarnings("ArrayRecordComponent") // zeroed after use, never compared
  record NewEnrolment(String session, CheckpointId checkpoint, PersonId person, byte[] image)
      implements CarriesPhotos {
    @Override
    public void close() {
      Arrays.fill(image, (byte) 0);
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // zeroed after use, never compared
  record NewVerification(String session, CheckpointId checkpoint, PersonId person, byte[] image)
      implements CarriesPhotos {
    @Override
    public void close() {
      Arrays.fill(image, (byte) 0);
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // zeroed after use, never compared
  record NewIdentification(String session, CheckpointId checkpoint, byte[] image)
      implements CarriesPhotos {
    @Override
    public void close() {
      Arrays.fill(image, (byte) 0);
    }
  }

  /// @param entryId  `GET /v1/receipts/{entryId}` proves that it is in the log
  /// @param logged  whether it is in the log yet; if not, it follows
  record EnrolmentView(
      String decision,
      EntryId entryId,
      boolean logged,
      Instant enrolledAt,
      Instant expiresAt,
      Map<String, String> duties,
      Outline face) {}

  /// @param score  cosine, -1 to 1: as computed for a caller with the scope `scores`, in steps of
  ///     .05, rounded down, for every other
  /// @param threshold  from which score on it matches
  /// @param fmr  the false match rate to which the threshold was calibrated
  record VerificationView(
      boolean matched,
      double score,
      double threshold,
      double fmr,
      String decision,
      EntryId entryId,
      Map<String, String> duties,
      Outline face) {}

  record MemberView(PersonId person, double score, String decision) {}

  /// @param members  who it may be, best first; empty for an unknown person
  /// @param searched  how many members' consent covered the search
  /// @param fpir  how often a stranger would find somebody in a gallery of this size
  record IdentificationView(
      List<MemberView> members,
      int searched,
      double threshold,
      double fmr,
      double fpir,
      String decision,
      EntryId entryId,
      Map<String, String> duties,
      Outline face) {}

  /// @param openPoints  what has to be decided before the first face is looked at
  record Activated(
      CheckpointId checkpoint,
      FaceDevice device,
      String decision,
      EntryId entryId,
      List<Bilingual> openPoints) {}

  @Operation(
      summary = "Switch a checkpoint's face device on",
      description =
          "Asks the law for `DEPLOY`: zone, sign, capture area, assessment, other ways, protection."
              + " 403 `refused` names everything that is missing.")
  @PostMapping("/v1/checkpoints/{id}/activate")
  @Needs(Scope.SET_UP)
  @ForPurpose
  Activated activate(@PathVariable CheckpointId id, Caller caller) {
    Checkpoint checkpoint = Records.found(places.checkpoint(id), "checkpoint", id);
    caller.mayUse(checkpoint.purpose().value());
    return switch (activation.switchOn(id, Records.hand(caller))) {
      case Activation.Refused(Refusal refusal) -> throw refused(refusal);
      case Activation.On(FaceDevice device, Permit permit) ->
          new Activated(
              id,
              device,
              permit.decided().id(),
              permit.decided().entry(),
              modelOrigin.undecided().map(ModelOrigin.Undecided::unproven).orElse(List.of()));
    };
  }

  @Operation(
      summary = "What the terminal shows before anybody chooses",
      description =
          "The purpose and every way that works now, the face last and none chosen. A session whose"
              + " `purposeShown` is true says that these words were shown or said.")
  @GetMapping("/v1/checkpoints/{id}/words")
  @Needs({Scope.READ, Scope.ENROL, Scope.VERIFY, Scope.IDENTIFY})
  @ForPurpose
  Bilingual showWords(@PathVariable CheckpointId id, Caller caller) {
    bound(id, caller);
    return sessions.words(id);
  }

  @Operation(
      summary = "Open a session",
      description =
          "Before any picture: the way chosen, the active step, what was shown. Asks the law for"
              + " `PROMPT`, and names the other ways that work now. At most 60 seconds, one"
              + " checkpoint.")
  @PostMapping("/v1/sessions")
  @Needs({Scope.ENROL, Scope.VERIFY, Scope.IDENTIFY})
  @ForPurpose
  ResponseEntity<SessionView> openSession(@RequestBody NewSession request, Caller caller) {
    Checkpoint checkpoint =
        Records.found(places.checkpoint(request.checkpoint()), "checkpoint", request.checkpoint());
    caller.mayActAt(checkpoint);
    int seconds = Fields.within("/seconds", request.seconds().orElse(60), 1, 60);
    Opened opened =
        sessions.open(
            new Sessions.Opening(
                request.checkpoint(),
                request.step(),
                request.agreed(),
                request.fourteen(),
                request.preselected(),
                request.noticeShown(),
                request.purposeShown(),
                Duration.ofSeconds(seconds)));
    return switch (opened) {
      case Opened.Refused refused -> throw refused(refused.refusal());
      case Opened.Open open ->
          ResponseEntity.created(URI.create("/v1/sessions/" + open.session().id()))
              .body(
                  new SessionView(
                      open.session().id(),
                      open.session().checkpoint(),
                      open.session().purpose(),
                      open.session().openedAt(),
                      open.session().closesAt(),
                      open.otherWays(),
                      open.decided().id()));
    };
  }

  @Operation(
      summary = "Enrol a person",
      description =
          "Keeps one protected template of this person for this purpose; the photo is zeroed. 422"
              + " `no_face`, `several_faces`, `poor_quality`, `spoof_suspected` with advice.")
  @PostMapping(
      path = "/v1/enrolments",
      consumes = {MediaType.APPLICATION_JSON_VALUE, MediaType.MULTIPART_FORM_DATA_VALUE})
  @Needs(Scope.ENROL)
  @ForPurpose
  ResponseEntity<EnrolmentView> enrol(@RequestBody NewEnrolment request, Caller caller) {
    try (request) {
      bound(request.checkpoint(), caller);
      people.require(request.person());
      return switch (enrolment.enrol(
          request.session(), request.checkpoint(), request.person(), request.image())) {
        case Enrolled.Done done ->
            ResponseEntity.created(URI.create("/v1/people/" + request.person() + "/holdings"))
                .body(
                    new EnrolmentView(
                        done.decision(),
                        done.entry(),
                        done.logged(),
                        done.enrolledAt(),
                        done.expiresAt(),
                        done.duties(),
                        done.face()));
        case Enrolled.Refused refused -> throw refused(refused.refusal());
        case Enrolled.PhotoUnusable unusable -> throw unusable(unusable.photo());
        case Enrolled.SpoofSuspected spoof -> throw spoof(spoof.advice());
        case Enrolled.AlreadyEnrolled already ->
            throw new ProblemException(
                    ProblemCode.CONFLICT,
                    "already_enrolled",
                    "this person is enrolled for this purpose; erase first to enrol anew")
                .with(Map.of("enrolledAt", already.enrolledAt(), "expiresAt", already.expiresAt()));
        case Enrolled.ConsentWithdrawn withdrawn ->
            throw new ProblemException(
                ProblemCode.CONFLICT,
                "consent_withdrawn",
                "the consent was withdrawn while this was under way; nothing was kept");
        case Enrolled.NoSession none -> throw noSession();
      };
    }
  }

  @Operation(
      summary = "Verify a person, 1:1",
      description =
          "Is it the person who is named? Score, threshold, and the false match rate that the"
              + " threshold was calibrated to.")
  @PostMapping(
      path = "/v1/verifications",
      consumes = {MediaType.APPLICATION_JSON_VALUE, MediaType.MULTIPART_FORM_DATA_VALUE})
  @Needs(Scope.VERIFY)
  @ForPurpose
  VerificationView verify(@RequestBody NewVerification request, Caller caller) {
    try (request) {
      bound(request.checkpoint(), caller);
      people.require(request.person());
      return switch (recognition.verify(
          request.session(), request.checkpoint(), request.person(), request.image())) {
        case Verified.Answered answered -> {
          Bar bar = answered.bar();
          yield new VerificationView(
              answered.matched(),
              told(answered.cosine(), caller),
              bar.threshold(),
              bar.fmr(),
              answered.decision(),
              answered.entry(),
              answered.duties(),
              answered.face());
        }
        case Verified.Refused refused -> throw refused(refused.refusal());
        case Verified.PhotoUnusable unusable -> throw unusable(unusable.photo());
        case Verified.SpoofSuspected spoof -> throw spoof(spoof.advice());
        case Verified.NotEnrolled none ->
            throw new ProblemException(
                ProblemCode.NOT_FOUND, "not_enrolled", "this person is not enrolled here");
        case Verified.NewCaptureNeeded stale ->
            throw new ProblemException(ProblemCode.CONFLICT, "new_capture_needed", stale.why());
        case Verified.NoSession none -> throw noSession();
      };
    }
  }

  @Operation(
      summary = "Identify a person, 1:N",
      description =
          "Among members whose consent to this is valid now, cooperative only. An unknown person is"
              + " an empty list, never the nearest stranger.")
  @PostMapping(
      path = "/v1/identifications",
      consumes = {MediaType.APPLICATION_JSON_VALUE, MediaType.MULTIPART_FORM_DATA_VALUE})
  @Needs(Scope.IDENTIFY)
  @ForPurpose
  IdentificationView identify(@RequestBody NewIdentification request, Caller caller) {
    try (request) {
      bound(request.checkpoint(), caller);
      return switch (recognition.identify(
          request.session(), request.checkpoint(), request.image())) {
        case Identified.Answered answered ->
            new IdentificationView(
                answered.members().stream()
                    .map(
                        member ->
                            new MemberView(
                                member.person(), told(member.cosine(), caller), member.decision()))
                    .toList(),
                answered.searched(),
                answered.bar().threshold(),
                answered.bar().fmr(),
                answered.fpir(),
                answered.decision(),
                answered.entry(),
                answered.duties(),
                answered.face());
        case Identified.Refused refused -> throw refused(refused.refusal());
        case Identified.PhotoUnusable unusable -> throw unusable(unusable.photo());
        case Identified.SpoofSuspected spoof -> throw spoof(spoof.advice());
        case Identified.NoSession none -> throw noSession();
      };
    }
  }

  private void bound(CheckpointId id, Caller caller) {
    caller.mayActAt(Records.found(places.checkpoint(id), "checkpoint", id));
  }

  // law| MEASURES-2025/14.1: whoever climbs on scores needs to see each small step, and does not.
  static double told(double cosine, Caller caller) {
    return caller.allows(Scope.SCORES) ? cosine : Math.floor(cosine * STEPS) / STEPS;
  }

  static ProblemException refused(Refusal refusal) {
    JsonNode decision = JSON.readTree(DecisionWriter.write(refusal.decided().decision()));
    var findings = JSON.createArrayNode();
    decision
        .get("findings")
        .forEach(
            finding -> {
              if (finding.get("result").asString().equals("VIOLATED")) {
                findings.add(finding);
              }
            });
    return ProblemException.refused(
        "%d rules are violated; each with its remedy".formatted(findings.size()),
        findings,
        Map.of(
            "decision", refusal.decided().id(), "entryId", refusal.decided().entry().toString()));
  }

  private static ProblemException unusable(Unusable photo) {
    ProblemCode code =
        switch (photo.kind()) {
          case NO_FACE -> ProblemCode.NO_FACE;
          case SEVERAL_FACES -> ProblemCode.SEVERAL_FACES;
          case POOR_QUALITY -> ProblemCode.POOR_QUALITY;
          case UNREADABLE -> ProblemCode.UNPROCESSABLE_IMAGE;
        };
    return new ProblemException(code, code.title()).with(Map.of("advice", photo.advice()));
  }

  private static ProblemException spoof(Advice advice) {
    return new ProblemException(ProblemCode.SPOOF_SUSPECTED, ProblemCode.SPOOF_SUSPECTED.title())
        .with(Map.of("advice", List.of(advice)));
  }

  private static ProblemException noSession() {
    return new ProblemException(
        ProblemCode.CONFLICT,
        "no_session",
        "no open session of this id at this checkpoint: it ended, was used, or never was");
  }
}
