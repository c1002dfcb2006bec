package cn.mingmian.platform.consent;

import cn.mingmian.law.facts.ProcessorKind;
import cn.mingmian.law.facts.Province;
import cn.mingmian.law.facts.Territory;
import cn.mingmian.law.facts.Verb;
import cn.mingmian.platform.audit.Statements;
import cn.mingmian.platform.audit.TestBooks;
import cn.mingmian.platform.notices.Notices;
import cn.mingmian.platform.notices.Shown;
import cn.mingmian.platform.people.People;
import cn.mingmian.platform.people.PersonId;
import cn.mingmian.platform.places.Places;
import cn.mingmian.platform.places.SiteId;
import cn.mingmian.platform.purposes.PurposeId;
import cn.mingmian.platform.purposes.Purposes;
import cn.mingmian.platform.purposes.Rung;
import cn.mingmian.platform.purposes.SomeTerms;
import cn.mingmian.platform.records.Actor;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A gate with operator, purpose and published notice, for tests.
public final class SomeGate {
  public static final Actor ANNA = new Actor("anna");
  public static final Actor BO = new Actor("bo");
  public static final String HASH = "ef".repeat(32);

  public final TestBooks t;
  public final Purposes purposes;
  public final Statements statements;
  public final Places places;
  public final People people;
  public final Notices notices;
  public final Consents consents;
  public final PurposeId purpose;
  public final SiteId site;
  private int acts;

  /// Sets everything up in an empty database.
  public SomeGate(TestBooks t) {
    this(t, Optional.empty(), Optional.empty());
  }

  /// The same doors over what another one set up.
  public SomeGate(TestBooks t, Optional<PurposeId> known, Optional<SiteId> at) {
    this.t = t;
    purposes = new Purposes(t.books);
    statements = new Statements(t.books);
    places = new Places(t.books, statements);
    people = new People(t.books);
    notices = new Notices(t.books, purposes, places);
    consents = new Consents(t.books, people, notices);
    if (known.isPresent()) {
      purpose = known.get();
      site = at.orElseThrow();
      return;
    }
    places.recordOperator(
        0, "南苑物业", "privacy@example.cn", "", ProcessorKind.PROPERTY_MANAGER, true, "李", ANNA);
    site = places.addSite("南苑", Territory.CN, Optional.of(Province.SHANGHAI), ANNA);
    purpose = purposes.draft(SomeTerms.gate(Rung.CLOSED_GROUP), ANNA);
    purposes.approve(purpose, 1, BO);
    notices.publish(purpose, site, notices.write(purpose, site, ANNA), BO);
  }

  public PersonId person() {
    return people.register(Optional.empty(), Optional.empty(), ANNA).id();
  }

  public ConsentDraft.Act act() {
    return act("act-" + ++acts, List.of(), 2);
  }

  public ConsentDraft.Act act(String id, List<String> togetherWith, int otherWays) {
    return new ConsentDraft.Act(
        id, "portal", true, false, togetherWith, otherWays, Optional.empty(), HASH);
  }

  public ConsentDraft draft(PersonId person, ConsentDraft.Act act, Verb... verbs) {
    Shown shown =
        notices.show(purpose, site, Shown.Channel.PORTAL, Optional.empty(), Optional.of(person));
    return new ConsentDraft(
        person,
        purpose,
        Set.of(verbs),
        Set.of(),
        Optional.empty(),
        Optional.empty(),
        shown.id(),
        act);
  }
}
