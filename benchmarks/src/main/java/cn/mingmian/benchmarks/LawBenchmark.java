package cn.mingmian.benchmarks;

import cn.mingmian.law.Decision;
import cn.mingmian.law.Rulebook;
import cn.mingmian.law.Verdict;
import cn.mingmian.law.deadlines.Deadlines;
import cn.mingmian.law.deadlines.Due;
import cn.mingmian.law.facts.Alternative;
import cn.mingmian.law.facts.Consent;
import cn.mingmian.law.facts.ConsentForm;
import cn.mingmian.law.facts.Content;
import cn.mingmian.law.facts.Destination;
import cn.mingmian.law.facts.Facts;
import cn.mingmian.law.facts.FactsReader;
import cn.mingmian.law.facts.Mode;
import cn.mingmian.law.facts.Pack;
import cn.mingmian.law.facts.Place;
import cn.mingmian.law.facts.Verb;
import cn.mingmian.law.facts.Zone;
import java.time.LocalDate;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Decisions over the whole rulebook, one thread. One operation is one decision; the situations,
/// permitted and refused, take turns, so that no branch can be learnt by heart.
///
/// `verdict` gives outcome and rule ids, `decide` all findings and duties in both languages.
/// Throughput for the rate, sampled times for the percentiles. To run it:
///
/// ```
/// mvn -q -pl benchmarks -am -DskipTests package \
///   dependency:build-classpath -Dmdep.outputFile=target/classpath
/// java -cp benchmarks/target/classes:$(cat benchmarks/target/classpath) \
///   org.openjdk.jmh.Main LawBenchmark
/// ```
@State(Scope.Thread)
@BenchmarkMode({
  org.openjdk.jmh.annotations.Mode.Throughput,
  org.openjdk.jmh.annotations.Mode.SampleTime
})
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Xmx1g", "-XX:+UseSerialGC"})
public class LawBenchmark {
  private static final String GATE =
      """
      {"at": "2026-03-10T10:00:00+08:00", "packs": ["standards"],
       "operation": {"verb": "VERIFY"},
       "processor": {"kind": "PROPERTY_MANAGER", "activity": "OPERATION", "publicFacing": true,
         "controls": ["ENCRYPTION","AUDIT","ACCESS_CONTROL","AUTHORISATION","INTRUSION_DETECTION"],
         "mlpsLevel": 3, "publishedRules": true, "childRules": true, "storedPersons": 1200,
         "filing": {"status": "NONE"}, "listedAsAbuser": false},
       "purpose": {"kind": "ACCESS_CONTROL", "specific": true, "necessary": true, "leastImpact": true,
         "faceIndispensable": false, "writtenConsentRequired": false},
       "basis": {"kind": "CONSENT", "evidence": true},
       "site": {"zone": "PROPERTY_GATE", "place": "RESIDENTIAL_COMPOUND", "territory": "CN",
         "videoClass": "NON_PUBLIC", "publicSafetyNecessity": true, "sign": true, "captureArea": true,
         "installer": "RESPONSIBLE_MANAGER", "accessible": true, "hearing": true},
       "device": {"kind": "FACE_RECOGNITION", "registered": true, "catalogued": true, "certified": true,
         "lastTested": "2025-11-20", "insideCaptureArea": true},
       "person": {"birthDate": "1986-07-14", "state": "LIVING", "bystander": false, "activePart": true,
         "legalHold": false},
       "notice": {"version": "v3", "shownVersion": "v3", "shownAt": "2026-01-05T08:55:00+08:00",
         "items": ["PROCESSOR_CONTACT","PURPOSE_METHOD_RETENTION","NECESSITY_AND_IMPACT","RIGHTS","AFTER_EXPIRY"],
         "purposePrompt": true},
       "consent": {"form": "SEPARATE", "by": "SELF", "givenAt": "2026-01-05T09:00:00+08:00",
         "purpose": "ACCESS_CONTROL", "operations": ["CAPTURE","ENROL","VERIFY","IDENTIFY","TRANSMIT"],
         "recipient": "Site server", "noticeVersion": "v3", "preTicked": false, "conditional": false, "coerced": false},
       "assessment": {"status": "APPROVED", "approvedAt": "2025-12-15T15:00:00+08:00",
         "purpose": "ACCESS_CONTROL", "verbs": ["CAPTURE","ENROL","VERIFY","IDENTIFY","TRANSMIT","DEPLOY"],
         "zone": "PROPERTY_GATE",
         "sections": ["LAWFUL_PURPOSE","RIGHTS_IMPACT","LEAK_RISK","MEASURES","STANDARDS_AND_ETHICS","ACCURACY_AND_DISTANCE"],
         "incidentSince": false, "changedSince": false},
       "alternatives": ["CARD","STAFF_DESK"], "alternativeReasonable": true,
       "retention": {"maxDays": 365, "expiresAt": "2027-01-05T09:00:00+08:00", "shortestNecessary": true},
       "liveness": {"passed": true}, "injunction": false}
      """;

  private final Rulebook book = Rulebook.standard();
  private final Deadlines deadlines = Deadlines.published();
  private final LocalDate reached = LocalDate.of(2025, 12, 31);
  private final Facts[] situations = situations();
  private int turn;

  @Benchmark
  public Verdict verdict() {
    return book.verdict(next());
  }

  @Benchmark
  public Decision decide() {
    return book.decide(next());
  }

  @Benchmark
  public Due deadlineOverTheYearsEnd() {
    return deadlines.due("MEASURES-2025/15.1", reached);
  }

  private Facts next() {
    if (++turn == situations.length) turn = 0;
    return situations[turn];
  }

  private static Facts[] situations() {
    Facts gate = FactsReader.read(GATE);
    return new Facts[] {
      gate,
      gate.but().operation(o -> o.verb(Verb.CAPTURE)).build(),
      gate.but().operation(o -> o.verb(Verb.ENROL)).build(),
      gate.but().operation(o -> o.verb(Verb.IDENTIFY).mode(Mode.COOPERATIVE)).build(),
      gate.but().operation(o -> o.verb(Verb.DEPLOY)).build(),
      gate.but()
          .operation(
              o ->
                  o.verb(Verb.TRANSMIT)
                      .destination(Destination.SITE_LAN)
                      .content(Content.TEMPLATE)
                      .recipient("Site server"))
          .build(),
      // Refused: no consent, bundled, a child alone, a changing room, the face alone, the street.
      gate.but().consent(Consent.builder().build()).build(),
      gate.but().consent(c -> c.form(ConsentForm.BUNDLED)).build(),
      gate.but().person(p -> p.birthDate(LocalDate.of(2014, 5, 1))).build(),
      gate.but().site(s -> s.zone(Zone.PRIVATE_SPACE).place(Place.CHANGING_ROOM)).build(),
      gate.but().alternatives(Set.<Alternative>of()).build(),
      gate.but()
          .packs(Pack.STANDARDS, Pack.DRAFT_2023, Pack.PROPOSALS)
          .operation(o -> o.verb(Verb.IDENTIFY).mode(Mode.REMOTE))
          .site(s -> s.zone(Zone.PUBLIC).place(Place.STREET))
          .build(),
      Facts.of(gate.at(), Verb.VERIFY).build()
    };
  }
}
