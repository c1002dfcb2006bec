package cn.mingmian.law.rules;

import static cn.mingmian.law.facts.Truth.NO;
import static cn.mingmian.law.facts.Truth.UNKNOWN;
import static cn.mingmian.law.facts.Truth.YES;

import cn.mingmian.law.deadlines.Deadlines;
import cn.mingmian.law.deadlines.Due;
import cn.mingmian.law.deadlines.Start;
import cn.mingmian.law.facts.Activity;
import cn.mingmian.law.facts.Alternative;
import cn.mingmian.law.facts.Assessment;
import cn.mingmian.law.facts.AssessmentStatus;
import cn.mingmian.law.facts.Attribute;
import cn.mingmian.law.facts.Consent;
import cn.mingmian.law.facts.ConsentBy;
import cn.mingmian.law.facts.ConsentForm;
import cn.mingmian.law.facts.Content;
import cn.mingmian.law.facts.Control;
import cn.mingmian.law.facts.DeviceKind;
import cn.mingmian.law.facts.Facts;
import cn.mingmian.law.facts.FilingStatus;
import cn.mingmian.law.facts.Ground;
import cn.mingmian.law.facts.Mode;
import cn.mingmian.law.facts.NormLevel;
import cn.mingmian.law.facts.NoticeItem;
import cn.mingmian.law.facts.Place;
import cn.mingmian.law.facts.ProcessorKind;
import cn.mingmian.law.facts.PurposeKind;
import cn.mingmian.law.facts.Territory;
import cn.mingmian.law.facts.Truth;
import cn.mingmian.law.facts.Verb;
import cn.mingmian.law.facts.VideoClass;
import cn.mingmian.law.facts.Zone;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The facts, read: what several rules ask in common, worked out once. Every answer is yes, no, or
/// not established; nothing is presumed in favour of processing. Immutable.
public final class Situation {
  /// The zone in which the law counts its days.
  public static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

  /// MEASURES-2025/15.1: reaching this many persons starts the filing.
  public static final int FILING_FROM = 100_000;

  /// DRAFT-2023/16.1: exceeding this many persons would have.
  public static final int DRAFT_FILING_ABOVE = 10_000;

  /// NDSR/22.5, measured by GB/T 41819: asking again within this time is frequent.
  public static final Duration NOT_AGAIN_WITHIN = Duration.ofHours(48);

  /// The days that VIDEO-REG/17 keeps recordings.
  public static final int FOOTAGE_DAYS = 30;

  private static final Deadlines DEADLINES = Deadlines.published();

  private final Facts facts;
  private final Verb verb;
  private final Instant at;
  private final LocalDate today;
  private final long epochDay;
  private final boolean household;
  private final Truth privateSpace;
  private final Truth under14;
  private final Truth onConsent;
  private final Truth groundStands;
  private final Truth consentGood;
  private final Truth consentForPurpose;
  private final Truth consentForVerb;
  private final Truth consentCovers;
  private final Truth expired;
  private final Truth assessed;
  private final Truth anotherWayDue;
  private final boolean mandatedByStatute;

  private Situation(Facts facts) {
    this.facts = facts;
    verb = facts.operation().verb();
    at = facts.at();
    epochDay = shanghaiDay(at);
    today = LocalDate.ofEpochDay(epochDay);
    // law| PIPL/72: what a natural person does for personal or household affairs is outside.
    household =
        facts.processor().activity() == Activity.HOUSEHOLD
            && facts.processor().kind() == ProcessorKind.INDIVIDUAL
            && facts.site().zone() == Zone.HOME;
    privateSpace = readPrivateSpace();
    under14 = younger(14);
    NormLevel mandate = facts.purpose().mandate().level();
    mandatedByStatute = isStatute(mandate);
    onConsent = is(facts.basis().kind(), Ground.CONSENT);
    groundStands = readGround();
    consentGood = readConsent();
    consentForPurpose = same(facts.consent().purpose(), facts.purpose().kind());
    consentForVerb = has(facts.consent().operations(), verb).and(attributeAgreed());
    consentCovers =
        consentGood.and(consentForPurpose).and(consentForVerb).and(writtenWhereDemanded());
    Instant expires = facts.retention().expiresAt();
    expired = expires == null ? UNKNOWN : Truth.of(at.isAfter(expires));
    assessed = readAssessment();
    anotherWayDue = readAnotherWay();
  }

  /// Shanghai has stood eight hours before UTC since its last summer time ended in 1991.
  private static final long STEADY_SINCE = 684_900_000L;

  private static long shanghaiDay(Instant instant) {
    long second = instant.getEpochSecond();
    return second >= STEADY_SINCE
        ? Math.floorDiv(second + 8 * 3600, 86_400L)
        : instant.atZone(SHANGHAI).toLocalDate().toEpochDay();
  }

  public static Situation of(Facts facts) {
    return new Situation(facts);
  }

  public Facts facts() {
    return facts;
  }

  public Verb verb() {
    return verb;
  }

  public Instant at() {
    return at;
  }

  /// The Shanghai day: whose law applies, by which ages and periods are counted.
  public LocalDate today() {
    return today;
  }

  /// [#today] as a number.
  public long epochDay() {
    return epochDay;
  }

  // ---- small words

  /// Whether a fact is known to be this.
  public static <E extends Enum<E>> Truth is(@Nullable E fact, E wanted) {
    return fact == null ? UNKNOWN : Truth.of(fact == wanted);
  }

  /// Whether a fact is known to be one of two.
  public static <E extends Enum<E>> Truth isEither(@Nullable E fact, E one, E other) {
    return fact == null ? UNKNOWN : Truth.of(fact == one || fact == other);
  }

  /// Whether a list is known to hold this.
  public static <E extends Enum<E>> Truth has(@Nullable Set<E> list, E wanted) {
    return list == null ? UNKNOWN : Truth.of(list.contains(wanted));
  }

  /// Whether two facts are known to be the same.
  public static <E extends Enum<E>> Truth same(@Nullable E one, @Nullable E other) {
    return one == null || other == null ? UNKNOWN : Truth.of(one == other);
  }

  /// Whether this happened by now.
  public Truth hasHappened(@Nullable Instant when) {
    return when == null ? UNKNOWN : Truth.of(!when.isAfter(at));
  }

  private static boolean isStatute(@Nullable NormLevel level) {
    return level == NormLevel.LAW || level == NormLevel.ADMINISTRATIVE_REGULATION;
  }

  private static Truth said(@Nullable String text) {
    return text == null || text.isBlank() ? UNKNOWN : YES;
  }

  // ---- where

  public Truth zoneIs(Zone zone) {
    return is(facts.site().zone(), zone);
  }

  public Truth isPublic() {
    return zoneIs(Zone.PUBLIC);
  }

  public Truth isBusiness() {
    return zoneIs(Zone.BUSINESS);
  }

  public Truth isPublicOrBusiness() {
    return isEither(facts.site().zone(), Zone.PUBLIC, Zone.BUSINESS);
  }

  public Truth videoClassIs(VideoClass videoClass) {
    return is(facts.site().videoClass(), videoClass);
  }

  /// VIDEO-REG's public places: any public zone, and a business zone that it classes as one.
  public Truth isVideoPlace() {
    return isPublic()
        .or(
            isBusiness()
                .and(isEither(facts.site().videoClass(), VideoClass.ART7, VideoClass.ART9)));
  }

  /// Whether the lens sees a private space: by its zone, or by a place that VIDEO-REG/8.1 names,
  /// whatever the zone says.
  public Truth isPrivateSpace() {
    return privateSpace;
  }

  public Truth isFaceRecognitionDevice() {
    return is(facts.device().kind(), DeviceKind.FACE_RECOGNITION);
  }

  /// A person at home, for the household (PIPL/72).
  public boolean isHousehold() {
    return household;
  }

  /// Outside the Measures: research, or outside the mainland.
  // law| MEASURES-2025/2: processing in the mainland; not for research and training of algorithms.
  public static boolean isUnderTheMeasures(Facts facts) {
    return facts.processor().activity() != Activity.RESEARCH
        && facts.site().territory() != Territory.OTHER;
  }

  private Truth readPrivateSpace() {
    Place place = facts.site().place();
    Zone zone = facts.site().zone();
    // law| VIDEO-REG/8.1: the first nine places are the ones it names.
    if (zone == Zone.PRIVATE_SPACE || (place != null && place.compareTo(Place.DORM_ROOM) <= 0))
      return YES;
    return zone == null || place == null ? UNKNOWN : NO;
  }

  // ---- who

  public Truth isUnder14() {
    return under14;
  }

  public Truth isUnder18() {
    return younger(18);
  }

  /// Under 14, or of unknown age: the rules on children's data bind.
  public Truth mayBeUnder14() {
    return Truth.of(under14 != NO);
  }

  private Truth younger(int years) {
    LocalDate born = facts.person().birthDate();
    if (born == null || born.isAfter(today)) return UNKNOWN;
    // On the birthday one is no longer under age; who was born on 29 February waits for 1 March.
    int age = today.getYear() - born.getYear();
    boolean birthdayToCome =
        today.getMonthValue() < born.getMonthValue()
            || (today.getMonthValue() == born.getMonthValue()
                && today.getDayOfMonth() < born.getDayOfMonth());
    return Truth.of((birthdayToCome ? age - 1 : age) < years);
  }

  // ---- why: ground and mandate

  /// Consent is the ground. No ground at all is judged as if it were consent: the others must be
  /// claimed and shown.
  public Truth isOnConsent() {
    return onConsent;
  }

  /// The ground is evidenced, has not ended, and is one for this place and purpose.
  public Truth groundStands() {
    return groundStands;
  }

  /// Another ground than consent, and it stands: no consent is needed.
  public boolean standsWithoutConsent() {
    return onConsent == NO && groundStands == YES;
  }

  /// A law or administrative regulation requires the face here.
  public boolean isMandatedByStatute() {
    return mandatedByStatute;
  }

  /// At least a department rule does.
  public boolean isMandatedByRule() {
    return mandatedByStatute || facts.purpose().mandate().level() == NormLevel.DEPARTMENT_RULE;
  }

  /// An emergency that stands: notice may follow it.
  public boolean isEmergency() {
    return facts.basis().kind() == Ground.EMERGENCY && groundStands == YES;
  }

  /// Public safety or an emergency, as grounds that stand.
  public Truth isForSafetyOrEmergency() {
    return Truth.of(
        groundStands == YES
            && (facts.basis().kind() == Ground.PUBLIC_SAFETY
                || facts.basis().kind() == Ground.EMERGENCY));
  }

  /// Recommended standards step back behind public safety, emergencies and statutory duties.
  public Truth areStandardsBinding() {
    Ground ground = facts.basis().kind();
    return Truth.of(
        groundStands != YES
            || (ground != Ground.PUBLIC_SAFETY
                && ground != Ground.EMERGENCY
                && ground != Ground.STATUTORY_DUTY));
  }

  public Truth isForPublicSafety() {
    return isEither(
        facts.purpose().kind(), PurposeKind.PUBLIC_SAFETY, PurposeKind.EMERGENCY_SEARCH);
  }

  private Truth readGround() {
    Ground ground = facts.basis().kind();
    if (ground == null) return UNKNOWN;
    Instant ends = facts.basis().expires();
    Truth stands = facts.basis().evidence().and(Truth.of(ends == null || at.isBefore(ends)));
    return switch (ground) {
      // law| SPC-2021/5, PIPL/26: public safety is a ground in public places and for that purpose.
      case PUBLIC_SAFETY -> stands.and(isPublic()).and(isForPublicSafety());
      // law| PIPL/13: a contract carries only what is necessary for it.
      case CONTRACT_OR_HR -> stands.and(facts.purpose().faceIndispensable());
      default -> stands;
    };
  }

  // ---- consent

  /// A consent without a vice: separate or written, unticked, free, by the right hand, in time, not
  /// withdrawn. Whether it covers this deed is another question.
  public Truth isConsentGood() {
    return consentGood;
  }

  public Truth isConsentForPurpose() {
    return consentForPurpose;
  }

  /// For this verb, and for an analysis, for this attribute.
  public Truth isConsentForVerb() {
    return consentForVerb;
  }

  /// A good consent for this verb and purpose, in writing where that is demanded.
  public Truth isConsentCovering() {
    return consentCovers;
  }

  /// A covering consent that names this recipient.
  public Truth isRecipientAgreed() {
    String agreed = facts.consent().recipient();
    String actual = facts.operation().recipient();
    Truth named =
        agreed == null || actual == null || actual.isBlank()
            ? UNKNOWN
            : Truth.of(agreed.equals(actual));
    return consentCovers.and(named);
  }

  public Truth isWritten() {
    return is(facts.consent().form(), ConsentForm.WRITTEN);
  }

  /// Where a law or administrative regulation demands writing, it is in writing.
  public Truth writtenWhereDemanded() {
    return facts.purpose().writtenConsentRequired().not().or(isWritten());
  }

  public Truth isWithdrawn() {
    Instant withdrawn = facts.consent().withdrawnAt();
    return Truth.of(withdrawn != null && !at.isBefore(withdrawn));
  }

  /// The service was tied to it, though it could be given without the face.
  public Truth isConditional() {
    return facts.consent().conditional().and(facts.purpose().faceIndispensable().not());
  }

  /// By the person, or under fourteen by a verified guardian. Of unknown age, no hand is right.
  public Truth isByTheRightHand() {
    ConsentBy by = facts.consent().by();
    return switch (under14) {
      case YES -> is(by, ConsentBy.GUARDIAN).and(facts.consent().guardianVerified());
      case NO -> is(by, ConsentBy.SELF);
      case UNKNOWN -> UNKNOWN;
    };
  }

  private Truth readConsent() {
    Consent consent = facts.consent();
    return isEither(consent.form(), ConsentForm.SEPARATE, ConsentForm.WRITTEN)
        .and(consent.preTicked().not())
        .and(consent.coerced().not())
        .and(isConditional().not())
        .and(isByTheRightHand())
        .and(hasHappened(consent.givenAt()))
        .and(isWithdrawn().not());
  }

  private Truth attributeAgreed() {
    if (verb != Verb.ANALYSE) return YES;
    Attribute attribute = facts.operation().attribute();
    return attribute == null ? UNKNOWN : has(facts.consent().attributes(), attribute);
  }

  // ---- notice

  /// A law or administrative regulation dispenses with notice; nothing lower can.
  public boolean isNoticeDispensed() {
    return isStatute(facts.notice().exemption().level());
  }

  /// Notice is due before: not dispensed with, and no emergency after which it may follow.
  public Truth isNoticeDueBefore() {
    return Truth.of(!isNoticeDispensed() && !isEmergency());
  }

  public Truth isNoticeShown() {
    return hasHappened(facts.notice().shownAt());
  }

  public Truth tells(NoticeItem item) {
    return has(facts.notice().items(), item);
  }

  /// The version shown is the version in force. Asked only of a notice that was shown.
  public Truth isNoticeCurrent() {
    String version = facts.notice().version();
    String shown = facts.notice().shownVersion();
    if (version == null || shown == null) return UNKNOWN;
    return Truth.of(version.equals(shown));
  }

  public Truth isAnyNoticeShown() {
    return Truth.of(facts.notice().shownAt() != null || facts.notice().shownVersion() != null);
  }

  /// Shown in full: nothing is left to tell after an emergency.
  public Truth isNoticeComplete() {
    return isNoticeShown()
        .and(tells(NoticeItem.PROCESSOR_CONTACT))
        .and(tells(NoticeItem.PURPOSE_METHOD_RETENTION))
        .and(tells(NoticeItem.NECESSITY_AND_IMPACT))
        .and(tells(NoticeItem.RIGHTS));
  }

  // ---- assessment, controls, filing

  /// Approved by now, for this purpose, verb and zone.
  public Truth isAssessed() {
    return assessed;
  }

  private Truth readAssessment() {
    Assessment assessment = facts.assessment();
    return is(assessment.status(), AssessmentStatus.APPROVED)
        .and(hasHappened(assessment.approvedAt()))
        .and(same(assessment.purpose(), facts.purpose().kind()))
        .and(has(assessment.verbs(), verb))
        .and(same(assessment.zone(), facts.site().zone()));
  }

  /// There is an assessment whose content can be looked at.
  public Truth isAssessmentPresent() {
    return Truth.of(
        facts.assessment().status() != AssessmentStatus.NONE
            && !facts.assessment().equals(Assessment.UNKNOWN));
  }

  public Truth hasControl(Control control) {
    return has(facts.processor().controls(), control);
  }

  /// The level on record is at least this; no level is level 0.
  public Truth isProtectedAtLevel(int level) {
    Integer recorded = facts.processor().mlpsLevel();
    return recorded == null ? UNKNOWN : Truth.of(recorded >= level);
  }

  public boolean isFiled() {
    return facts.processor().filing().status() == FilingStatus.FILED;
  }

  /// The day on which 100,000 persons were reached, where that day is known and not to come.
  public @Nullable LocalDate reachedOn() {
    LocalDate reached = facts.processor().filing().reachedOn();
    return reached == null || reached.isAfter(today) || !isCountable(reached) ? null : reached;
  }

  /// 100,000 persons were reached, now or once: the duty survives a later fall.
  public Truth isFilingReached() {
    Integer stored = facts.processor().storedPersons();
    if (reachedOn() != null) return YES;
    return stored == null ? UNKNOWN : Truth.of(stored >= FILING_FROM);
  }

  /// Filed, or not due yet. Reached on a day that nobody knows is past due.
  public Truth isFilingInTime() {
    if (isFiled()) return YES;
    Truth reached = isFilingReached();
    if (reached == NO) return YES;
    LocalDate day = reachedOn();
    if (reached == UNKNOWN || day == null) return UNKNOWN;
    return Truth.of(!today.isAfter(filingDue(day).lastDay()));
  }

  /// By when to file under MEASURES-2025/15.1; null where the day of reaching is unknown.
  public @Nullable DueBy filingDue() {
    LocalDate day = reachedOn();
    if (day == null) return null;
    Due due = filingDue(day);
    return new DueBy.Day(due.lastDay(), due.isFinal());
  }

  private static boolean isCountable(LocalDate day) {
    return day.getYear() >= Start.FIRST_YEAR && day.getYear() <= Start.LAST_YEAR;
  }

  private static Due filingDue(LocalDate day) {
    return DEADLINES.due("MEASURES-2025/15.1", day);
  }

  /// Whether the draft would want a filing: a public place, or more than 10,000 persons.
  public boolean isDraftFilingReached() {
    Integer stored = facts.processor().storedPersons();
    return facts.site().zone() == Zone.PUBLIC
        || reachedOn() != null
        || (stored != null && stored > DRAFT_FILING_ABOVE);
  }

  /// By when the draft would want it: from the day a public device is switched on, or the day that
  /// is known on which the number was certainly exceeded; else unknown.
  public @Nullable DueBy draftFilingDue() {
    LocalDate from = reachedOn();
    if (from == null && verb == Verb.DEPLOY && facts.site().zone() == Zone.PUBLIC) from = today;
    if (from == null || !isCountable(from)) return null;
    Due due = DEADLINES.due("DRAFT-2023/16.1", from);
    return new DueBy.Day(due.lastDay(), due.isFinal());
  }

  // ---- another way in

  /// Another way in is asked for here: at a checkpoint where a person takes part, unless public
  /// safety in a public place or research.
  public Truth isAnotherWayDue() {
    return anotherWayDue;
  }

  private Truth readAnotherWay() {
    Truth due = YES;
    if (verb == Verb.IDENTIFY) due = is(facts.operation().mode(), Mode.REMOTE).not();
    if (facts.processor().activity() == Activity.RESEARCH) return NO;
    return due.and(isForPublicSafety().and(isPublic()).not());
  }

  /// The same, where no law or administrative regulation requires the face.
  public Truth isAnotherWayDueUnlessMandated() {
    return mandatedByStatute ? NO : isAnotherWayDue();
  }

  public Truth isAnotherWayOffered() {
    Set<Alternative> ways = facts.alternatives();
    return ways == null ? UNKNOWN : Truth.of(!ways.isEmpty());
  }

  /// A way that is not itself biometric.
  public Truth isNonBiometricWayOffered() {
    Set<Alternative> ways = facts.alternatives();
    if (ways == null) return UNKNOWN;
    return Truth.of(ways.size() > (ways.contains(Alternative.FINGERPRINT) ? 1 : 0));
  }

  // ---- keeping and erasing

  /// Its time is over.
  public Truth isExpired() {
    return expired;
  }

  /// An end is set, and it is no later than the policy's own maximum or a statutory floor.
  public Truth isEndSet() {
    Instant end = facts.retention().expiresAt();
    if (end == null) return UNKNOWN;
    Instant floor = facts.retention().statutoryFloorUntil();
    if (floor != null && !end.isAfter(floor)) return YES;
    Integer most = facts.retention().maxDays();
    if (most == null) return UNKNOWN;
    Instant start = facts.retention().recordedAt();
    long from = start == null ? epochDay : shanghaiDay(start);
    return Truth.of(shanghaiDay(end) <= from + most);
  }

  /// A law or administrative regulation still forbids erasing.
  public boolean isFloorUnexpired() {
    Instant floor = facts.retention().statutoryFloorUntil();
    return floor != null && at.isBefore(floor);
  }

  /// Evidence must be preserved, or a floor is unexpired: keeping past the end is excused, and
  /// erasing is not allowed.
  public boolean isHeld() {
    return facts.person().legalHold() == YES || isFloorUnexpired();
  }

  /// Beyond its end only a hold or a floor excuses, and only RETAIN.
  public boolean isRetainExcused() {
    return verb == Verb.RETAIN && isHeld();
  }

  /// Face information itself, not merely a result.
  public Truth isFaceInformation() {
    return is(facts.operation().content(), Content.RESULT_ONLY).not();
  }

  /// Footage of a public place that VIDEO-REG/17 still keeps: through the last of thirty days.
  public Truth isFootageKept() {
    Truth footage =
        videoClassIs(VideoClass.ART7).and(is(facts.operation().content(), Content.IMAGE));
    Instant recorded = facts.retention().recordedAt();
    Truth young =
        recorded == null ? UNKNOWN : Truth.of(epochDay <= shanghaiDay(recorded) + FOOTAGE_DAYS);
    return footage.and(young.or(Truth.of(isFloorUnexpired())));
  }

  /// The consent is withdrawn and nothing else carries the keeping.
  public boolean isLeftWithoutConsent() {
    return isWithdrawn() == YES && !standsWithoutConsent();
  }

  // ---- prompts, access

  /// The person refused within the last 48 hours.
  public Truth isAskedAgainTooSoon() {
    Instant refused = facts.prompt().lastRefusedAt();
    return Truth.of(refused != null && !at.isAfter(refused.plus(NOT_AGAIN_WITHIN)));
  }

  public Truth isReasonGiven() {
    return said(facts.access().reason());
  }
}
