package cn.mingmian.law.facts;

import static cn.mingmian.law.facts.Unsafe.ADDED;
import static cn.mingmian.law.facts.Unsafe.EARLIER;
import static cn.mingmian.law.facts.Unsafe.EITHER;
import static cn.mingmian.law.facts.Unsafe.FALSE;
import static cn.mingmian.law.facts.Unsafe.FEWER;
import static cn.mingmian.law.facts.Unsafe.LATER;
import static cn.mingmian.law.facts.Unsafe.LESS;
import static cn.mingmian.law.facts.Unsafe.LOST;
import static cn.mingmian.law.facts.Unsafe.MORE;
import static cn.mingmian.law.facts.Unsafe.NONE;
import static cn.mingmian.law.facts.Unsafe.TRUE;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One field of the exchange format: where it stands, what it may hold, how to read and set it.
/// The reader, the writer, what-if forms and the property tests all go by this one table.
/// Immutable.
///
/// @param pointer  RFC 6901, such as `/purpose/kind`
/// @param unsafe  in which direction a change of it is worse for the one whose face it is
/// @param type  what it holds
/// @param names  for `ONE` and `SEVERAL`: the names allowed, in order
/// @param values  what they stand for, in the same order
/// @param least  for `NUMBER`
/// @param most  for `NUMBER`
public record FactField(
    String pointer,
    Unsafe unsafe,
    Type type,
    List<String> names,
    int least,
    int most,
    List<Object> values,
    Function<Facts, @Nullable Object> getter,
    BiConsumer<Facts.Builder, @Nullable Object> setter) {
  /// What a field holds.
  public enum Type {
    /// `true` or `false`
    TRUTH,
    /// one name of an enum
    ONE,
    /// a list of names of an enum
    SEVERAL,
    TEXT,
    /// a date without time
    DAY,
    /// a date-time with offset
    MOMENT,
    /// a whole number
    NUMBER
  }

  /// The value: a `Truth`, an enum, a `Set` of an enum, a `String`, a `LocalDate`, an `Instant`, an
  /// `Integer`, or null for what is absent.
  public @Nullable Object of(Facts facts) {
    return getter.apply(facts);
  }

  /// The same facts with another value here; null (or `UNKNOWN`) takes the fact away.
  ///
  /// @throws ClassCastException if the value is of another type
  /// @throws NullPointerException if `/at` or `/operation/verb` is to be taken away
  public Facts with(Facts facts, @Nullable Object value) {
    Facts.Builder b = facts.but();
    setter.accept(b, value);
    return b.build();
  }

  /// Whether the field may be left out.
  public boolean isOptional() {
    return !pointer.equals("/at") && !pointer.equals("/operation/verb");
  }

  /// Every field, in the order of the format.
  public static final List<FactField> ALL =
      List.of(
          moment("/at", EITHER, Facts::at, (b, v) -> b.at(required(v))),
          packs(),
          one(
              "/operation/verb",
              EITHER,
              Verb.class,
              f -> f.operation().verb(),
              (b, v) -> b.operation().verb(required(v))),
          one(
              "/operation/mode",
              LOST,
              Mode.class,
              f -> f.operation().mode(),
              (b, v) -> b.operation().mode(v)),
          one(
              "/operation/attribute",
              LOST,
              Attribute.class,
              f -> f.operation().attribute(),
              (b, v) -> b.operation().attribute(v)),
          one(
              "/operation/destination",
              LOST,
              Destination.class,
              f -> f.operation().destination(),
              (b, v) -> b.operation().destination(v)),
          text(
              "/operation/recipient",
              LOST,
              f -> f.operation().recipient(),
              (b, v) -> b.operation().recipient(v)),
          one(
              "/operation/content",
              LOST,
              Content.class,
              f -> f.operation().content(),
              (b, v) -> b.operation().content(v)),
          one(
              "/processor/kind",
              LOST,
              ProcessorKind.class,
              f -> f.processor().kind(),
              (b, v) -> b.processor().kind(v)),
          one(
              "/processor/activity",
              LOST,
              Activity.class,
              f -> f.processor().activity(),
              (b, v) -> b.processor().activity(v)),
          truth(
              "/processor/publicFacing",
              TRUE,
              f -> f.processor().publicFacing(),
              (b, v) -> b.processor().publicFacing(v)),
          several(
              "/processor/controls",
              FEWER,
              Control.class,
              f -> f.processor().controls(),
              (b, v) -> b.processor().controls(v)),
          number(
              "/processor/mlpsLevel",
              LESS,
              0,
              5,
              f -> f.processor().mlpsLevel(),
              (b, v) -> b.processor().mlpsLevel(v)),
          truth(
              "/processor/publishedRules",
              FALSE,
              f -> f.processor().publishedRules(),
              (b, v) -> b.processor().publishedRules(v)),
          truth(
              "/processor/childRules",
              FALSE,
              f -> f.processor().childRules(),
              (b, v) -> b.processor().childRules(v)),
          number(
              "/processor/storedPersons",
              MORE,
              0,
              Integer.MAX_VALUE,
              f -> f.processor().storedPersons(),
              (b, v) -> b.processor().storedPersons(v)),
          one(
              "/processor/filing/status",
              LOST,
              FilingStatus.class,
              f -> f.processor().filing().status(),
              (b, v) -> b.processor().filing().status(v)),
          day(
              "/processor/filing/reachedOn",
              ADDED,
              f -> f.processor().filing().reachedOn(),
              (b, v) -> b.processor().filing().reachedOn(v)),
          truth(
              "/processor/listedAsAbuser",
              TRUE,
              f -> f.processor().listedAsAbuser(),
              (b, v) -> b.processor().listedAsAbuser(v)),
          one(
              "/purpose/kind",
              LOST,
              PurposeKind.class,
              f -> f.purpose().kind(),
              (b, v) -> b.purpose().kind(v)),
          truth(
              "/purpose/specific",
              FALSE,
              f -> f.purpose().specific(),
              (b, v) -> b.purpose().specific(v)),
          truth(
              "/purpose/necessary",
              FALSE,
              f -> f.purpose().necessary(),
              (b, v) -> b.purpose().necessary(v)),
          truth(
              "/purpose/leastImpact",
              FALSE,
              f -> f.purpose().leastImpact(),
              (b, v) -> b.purpose().leastImpact(v)),
          truth(
              "/purpose/faceIndispensable",
              FALSE,
              f -> f.purpose().faceIndispensable(),
              (b, v) -> b.purpose().faceIndispensable(v)),
          one(
              "/purpose/mandate/level",
              LOST,
              NormLevel.class,
              f -> f.purpose().mandate().level(),
              (b, v) -> b.purpose().mandate().level(v)),
          text(
              "/purpose/mandate/citation",
              NONE,
              f -> f.purpose().mandate().citation(),
              (b, v) -> b.purpose().mandate().citation(v)),
          truth(
              "/purpose/writtenConsentRequired",
              TRUE,
              f -> f.purpose().writtenConsentRequired(),
              (b, v) -> b.purpose().writtenConsentRequired(v)),
          one(
              "/purpose/collectedFor",
              ADDED,
              PurposeKind.class,
              f -> f.purpose().collectedFor(),
              (b, v) -> b.purpose().collectedFor(v)),
          one(
              "/basis/kind",
              LOST,
              Ground.class,
              f -> f.basis().kind(),
              (b, v) -> b.basis().kind(v)),
          truth(
              "/basis/evidence", FALSE, f -> f.basis().evidence(), (b, v) -> b.basis().evidence(v)),
          text("/basis/citation", NONE, f -> f.basis().citation(), (b, v) -> b.basis().citation(v)),
          moment("/basis/expires", ADDED, f -> f.basis().expires(), (b, v) -> b.basis().expires(v)),
          one("/site/zone", LOST, Zone.class, f -> f.site().zone(), (b, v) -> b.site().zone(v)),
          one("/site/place", LOST, Place.class, f -> f.site().place(), (b, v) -> b.site().place(v)),
          one(
              "/site/territory",
              LOST,
              Territory.class,
              f -> f.site().territory(),
              (b, v) -> b.site().territory(v)),
          one(
              "/site/province",
              EITHER,
              Province.class,
              f -> f.site().province(),
              (b, v) -> b.site().province(v)),
          one(
              "/site/videoClass",
              LOST,
              VideoClass.class,
              f -> f.site().videoClass(),
              (b, v) -> b.site().videoClass(v)),
          truth(
              "/site/publicSafetyNecessity",
              FALSE,
              f -> f.site().publicSafetyNecessity(),
              (b, v) -> b.site().publicSafetyNecessity(v)),
          truth("/site/sign", FALSE, f -> f.site().sign(), (b, v) -> b.site().sign(v)),
          truth(
              "/site/captureArea",
              FALSE,
              f -> f.site().captureArea(),
              (b, v) -> b.site().captureArea(v)),
          one(
              "/site/installer",
              LOST,
              Installer.class,
              f -> f.site().installer(),
              (b, v) -> b.site().installer(v)),
          truth(
              "/site/accessible",
              FALSE,
              f -> f.site().accessible(),
              (b, v) -> b.site().accessible(v)),
          truth("/site/hearing", FALSE, f -> f.site().hearing(), (b, v) -> b.site().hearing(v)),
          one(
              "/device/kind",
              LOST,
              DeviceKind.class,
              f -> f.device().kind(),
              (b, v) -> b.device().kind(v)),
          truth(
              "/device/registered",
              NONE,
              f -> f.device().registered(),
              (b, v) -> b.device().registered(v)),
          truth(
              "/device/catalogued",
              TRUE,
              f -> f.device().catalogued(),
              (b, v) -> b.device().catalogued(v)),
          truth(
              "/device/certified",
              FALSE,
              f -> f.device().certified(),
              (b, v) -> b.device().certified(v)),
          day(
              "/device/lastTested",
              EARLIER,
              f -> f.device().lastTested(),
              (b, v) -> b.device().lastTested(v)),
          truth(
              "/device/insideCaptureArea",
              FALSE,
              f -> f.device().insideCaptureArea(),
              (b, v) -> b.device().insideCaptureArea(v)),
          day(
              "/person/birthDate",
              LOST,
              f -> f.person().birthDate(),
              (b, v) -> b.person().birthDate(v)),
          one(
              "/person/state",
              LOST,
              LifeState.class,
              f -> f.person().state(),
              (b, v) -> b.person().state(v)),
          truth(
              "/person/bystander",
              TRUE,
              f -> f.person().bystander(),
              (b, v) -> b.person().bystander(v)),
          truth(
              "/person/activePart",
              FALSE,
              f -> f.person().activePart(),
              (b, v) -> b.person().activePart(v)),
          truth(
              "/person/legalHold",
              EITHER,
              f -> f.person().legalHold(),
              (b, v) -> b.person().legalHold(v)),
          text("/notice/version", LOST, f -> f.notice().version(), (b, v) -> b.notice().version(v)),
          text(
              "/notice/shownVersion",
              LOST,
              f -> f.notice().shownVersion(),
              (b, v) -> b.notice().shownVersion(v)),
          moment(
              "/notice/shownAt", LATER, f -> f.notice().shownAt(), (b, v) -> b.notice().shownAt(v)),
          several(
              "/notice/items",
              FEWER,
              NoticeItem.class,
              f -> f.notice().items(),
              (b, v) -> b.notice().items(v)),
          truth(
              "/notice/purposePrompt",
              FALSE,
              f -> f.notice().purposePrompt(),
              (b, v) -> b.notice().purposePrompt(v)),
          one(
              "/notice/exemption/level",
              LOST,
              NormLevel.class,
              f -> f.notice().exemption().level(),
              (b, v) -> b.notice().exemption().level(v)),
          text(
              "/notice/exemption/citation",
              NONE,
              f -> f.notice().exemption().citation(),
              (b, v) -> b.notice().exemption().citation(v)),
          one(
              "/consent/form",
              LOST,
              ConsentForm.class,
              f -> f.consent().form(),
              (b, v) -> b.consent().form(v)),
          one(
              "/consent/by",
              LOST,
              ConsentBy.class,
              f -> f.consent().by(),
              (b, v) -> b.consent().by(v)),
          moment(
              "/consent/givenAt",
              LATER,
              f -> f.consent().givenAt(),
              (b, v) -> b.consent().givenAt(v)),
          moment(
              "/consent/withdrawnAt",
              ADDED,
              f -> f.consent().withdrawnAt(),
              (b, v) -> b.consent().withdrawnAt(v)),
          one(
              "/consent/purpose",
              LOST,
              PurposeKind.class,
              f -> f.consent().purpose(),
              (b, v) -> b.consent().purpose(v)),
          several(
              "/consent/operations",
              FEWER,
              Verb.class,
              f -> f.consent().operations(),
              (b, v) -> b.consent().operations(v)),
          text(
              "/consent/recipient",
              LOST,
              f -> f.consent().recipient(),
              (b, v) -> b.consent().recipient(v)),
          text(
              "/consent/noticeVersion",
              NONE,
              f -> f.consent().noticeVersion(),
              (b, v) -> b.consent().noticeVersion(v)),
          truth(
              "/consent/preTicked",
              TRUE,
              f -> f.consent().preTicked(),
              (b, v) -> b.consent().preTicked(v)),
          truth(
              "/consent/conditional",
              TRUE,
              f -> f.consent().conditional(),
              (b, v) -> b.consent().conditional(v)),
          truth(
              "/consent/coerced",
              TRUE,
              f -> f.consent().coerced(),
              (b, v) -> b.consent().coerced(v)),
          truth(
              "/consent/guardianVerified",
              FALSE,
              f -> f.consent().guardianVerified(),
              (b, v) -> b.consent().guardianVerified(v)),
          several(
              "/consent/attributes",
              FEWER,
              Attribute.class,
              f -> f.consent().attributes(),
              (b, v) -> b.consent().attributes(v)),
          one(
              "/assessment/status",
              LOST,
              AssessmentStatus.class,
              f -> f.assessment().status(),
              (b, v) -> b.assessment().status(v)),
          moment(
              "/assessment/approvedAt",
              LATER,
              f -> f.assessment().approvedAt(),
              (b, v) -> b.assessment().approvedAt(v)),
          one(
              "/assessment/purpose",
              LOST,
              PurposeKind.class,
              f -> f.assessment().purpose(),
              (b, v) -> b.assessment().purpose(v)),
          several(
              "/assessment/verbs",
              FEWER,
              Verb.class,
              f -> f.assessment().verbs(),
              (b, v) -> b.assessment().verbs(v)),
          one(
              "/assessment/zone",
              LOST,
              Zone.class,
              f -> f.assessment().zone(),
              (b, v) -> b.assessment().zone(v)),
          several(
              "/assessment/sections",
              FEWER,
              Section.class,
              f -> f.assessment().sections(),
              (b, v) -> b.assessment().sections(v)),
          truth(
              "/assessment/incidentSince",
              TRUE,
              f -> f.assessment().incidentSince(),
              (b, v) -> b.assessment().incidentSince(v)),
          truth(
              "/assessment/changedSince",
              TRUE,
              f -> f.assessment().changedSince(),
              (b, v) -> b.assessment().changedSince(v)),
          several(
              "/alternatives",
              FEWER,
              Alternative.class,
              f -> f.alternatives(),
              (b, v) -> b.alternatives(v)),
          truth(
              "/alternativeReasonable",
              FALSE,
              f -> f.alternativeReasonable(),
              (b, v) -> b.alternativeReasonable(v)),
          number(
              "/retention/maxDays",
              LESS,
              0,
              Integer.MAX_VALUE,
              f -> f.retention().maxDays(),
              (b, v) -> b.retention().maxDays(v)),
          moment(
              "/retention/recordedAt",
              EITHER,
              f -> f.retention().recordedAt(),
              (b, v) -> b.retention().recordedAt(v)),
          moment(
              "/retention/expiresAt",
              LOST,
              f -> f.retention().expiresAt(),
              (b, v) -> b.retention().expiresAt(v)),
          truth(
              "/retention/shortestNecessary",
              FALSE,
              f -> f.retention().shortestNecessary(),
              (b, v) -> b.retention().shortestNecessary(v)),
          moment(
              "/retention/statutoryFloorUntil",
              EITHER,
              f -> f.retention().statutoryFloorUntil(),
              (b, v) -> b.retention().statutoryFloorUntil(v)),
          one(
              "/remoteRequest/by",
              LOST,
              RequestedBy.class,
              f -> f.remoteRequest().by(),
              (b, v) -> b.remoteRequest().by(v)),
          one(
              "/remoteRequest/ground",
              LOST,
              RequestGround.class,
              f -> f.remoteRequest().ground(),
              (b, v) -> b.remoteRequest().ground(v)),
          moment(
              "/remoteRequest/from",
              LOST,
              f -> f.remoteRequest().from(),
              (b, v) -> b.remoteRequest().from(v)),
          moment(
              "/remoteRequest/to",
              LOST,
              f -> f.remoteRequest().to(),
              (b, v) -> b.remoteRequest().to(v)),
          truth(
              "/remoteRequest/area",
              FALSE,
              f -> f.remoteRequest().area(),
              (b, v) -> b.remoteRequest().area(v)),
          truth(
              "/remoteRequest/watchSet",
              FALSE,
              f -> f.remoteRequest().watchSet(),
              (b, v) -> b.remoteRequest().watchSet(v)),
          truth(
              "/remoteRequest/approved",
              FALSE,
              f -> f.remoteRequest().approved(),
              (b, v) -> b.remoteRequest().approved(v)),
          truth("/review/human", FALSE, f -> f.review().human(), (b, v) -> b.review().human(v)),
          truth(
              "/review/independent",
              FALSE,
              f -> f.review().independent(),
              (b, v) -> b.review().independent(v)),
          text("/access/reason", LOST, f -> f.access().reason(), (b, v) -> b.access().reason(v)),
          truth(
              "/access/approved",
              FALSE,
              f -> f.access().approved(),
              (b, v) -> b.access().approved(v)),
          truth("/access/bulk", TRUE, f -> f.access().bulk(), (b, v) -> b.access().bulk(v)),
          one(
              "/access/role",
              NONE,
              Role.class,
              f -> f.access().role(),
              (b, v) -> b.access().role(v)),
          moment(
              "/prompt/lastRefusedAt",
              ADDED,
              f -> f.prompt().lastRefusedAt(),
              (b, v) -> b.prompt().lastRefusedAt(v)),
          truth(
              "/prompt/misleading",
              TRUE,
              f -> f.prompt().misleading(),
              (b, v) -> b.prompt().misleading(v)),
          truth("/prompt/urgent", TRUE, f -> f.prompt().urgent(), (b, v) -> b.prompt().urgent(v)),
          truth(
              "/prompt/facePreselected",
              TRUE,
              f -> f.prompt().facePreselected(),
              (b, v) -> b.prompt().facePreselected(v)),
          truth(
              "/prompt/dearerWithoutFace",
              TRUE,
              f -> f.prompt().dearerWithoutFace(),
              (b, v) -> b.prompt().dearerWithoutFace(v)),
          truth(
              "/liveness/passed",
              FALSE,
              f -> f.liveness().passed(),
              (b, v) -> b.liveness().passed(v)),
          truth("/injunction", TRUE, f -> f.injunction(), (b, v) -> b.injunction(v)));

  private interface Setter<T> extends BiConsumer<Facts.Builder, @Nullable T> {}

  private static FactField truth(
      String pointer,
      Unsafe unsafe,
      Function<Facts, Truth> get,
      BiConsumer<Facts.Builder, Truth> set) {
    return plain(
        pointer,
        unsafe,
        Type.TRUTH,
        0,
        0,
        get::apply,
        (b, v) -> set.accept(b, v == null ? Truth.UNKNOWN : (Truth) v));
  }

  private static FactField text(
      String pointer, Unsafe unsafe, Function<Facts, @Nullable String> get, Setter<String> set) {
    return plain(pointer, unsafe, Type.TEXT, 0, 0, get::apply, (b, v) -> set.accept(b, (String) v));
  }

  private static FactField day(
      String pointer,
      Unsafe unsafe,
      Function<Facts, @Nullable LocalDate> get,
      Setter<LocalDate> set) {
    return plain(
        pointer, unsafe, Type.DAY, 0, 0, get::apply, (b, v) -> set.accept(b, (LocalDate) v));
  }

  private static FactField moment(
      String pointer, Unsafe unsafe, Function<Facts, @Nullable Instant> get, Setter<Instant> set) {
    return plain(
        pointer, unsafe, Type.MOMENT, 0, 0, get::apply, (b, v) -> set.accept(b, (Instant) v));
  }

  private static FactField number(
      String pointer,
      Unsafe unsafe,
      int least,
      int most,
      Function<Facts, @Nullable Integer> get,
      Setter<Integer> set) {
    return plain(
        pointer,
        unsafe,
        Type.NUMBER,
        least,
        most,
        get::apply,
        (b, v) -> set.accept(b, (Integer) v));
  }

  private static FactField plain(
      String pointer,
      Unsafe unsafe,
      Type type,
      int least,
      int most,
      Function<Facts, @Nullable Object> get,
      Setter<Object> set) {
    return new FactField(pointer, unsafe, type, List.of(), least, most, List.of(), get, set);
  }

  private static <E extends Enum<E>> FactField one(
      String pointer,
      Unsafe unsafe,
      Class<E> type,
      Function<Facts, @Nullable E> get,
      Setter<E> set) {
    return new FactField(
        pointer,
        unsafe,
        Type.ONE,
        names(type),
        0,
        0,
        List.of((Object[]) type.getEnumConstants()),
        get::apply,
        (b, v) -> set.accept(b, v == null ? null : type.cast(v)));
  }

  private static <E extends Enum<E>> FactField several(
      String pointer,
      Unsafe unsafe,
      Class<E> type,
      Function<Facts, @Nullable Set<E>> get,
      Setter<Set<E>> set) {
    return new FactField(
        pointer,
        unsafe,
        Type.SEVERAL,
        names(type),
        0,
        0,
        List.of((Object[]) type.getEnumConstants()),
        get::apply,
        (b, v) -> set.accept(b, v == null ? null : cast(type, v)));
  }

  private static FactField packs() {
    return new FactField(
        "/packs",
        Unsafe.EITHER,
        Type.SEVERAL,
        List.of(Pack.values()).stream().map(Pack::wireName).toList(),
        0,
        0,
        List.of((Object[]) Pack.values()),
        Facts::packs,
        (b, v) -> b.packs(v == null ? Pack.BY_DEFAULT : cast(Pack.class, v)));
  }

  private static <E extends Enum<E>> List<String> names(Class<E> type) {
    return List.of(type.getEnumConstants()).stream().map(Enum::name).toList();
  }

  private static <E extends Enum<E>> Set<E> cast(Class<E> type, Object several) {
    List<E> members = new ArrayList<>();
    for (Object member : (Set<?>) several) members.add(type.cast(member));
    return Fixed.copyOf(type, members);
  }

  private static <T> T required(@Nullable T value) {
    return Objects.requireNonNull(value, "when and what are always known");
  }
}
