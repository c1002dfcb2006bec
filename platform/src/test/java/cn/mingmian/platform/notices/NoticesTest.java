package cn.mingmian.platform.notices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cn.mingmian.law.facts.NoticeItem;
import cn.mingmian.law.facts.ProcessorKind;
import cn.mingmian.law.facts.Territory;
import cn.mingmian.platform.audit.Statements;
import cn.mingmian.platform.audit.TestBooks;
import cn.mingmian.platform.places.Places;
import cn.mingmian.platform.places.SiteId;
import cn.mingmian.platform.purposes.PurposeId;
import cn.mingmian.platform.purposes.Purposes;
import cn.mingmian.platform.purposes.SomeTerms;
import cn.mingmian.platform.records.Actor;
import cn.mingmian.platform.records.Bilingual;
import cn.mingmian.platform.records.RejectedRecordException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessException;

class NoticesTest {
  private static final Actor ANNA = new Actor("anna");
  private static final Actor BO = new Actor("bo");

  @TempDir Path directory;
  private TestBooks t;
  private Purposes purposes;
  private Places places;
  private Notices notices;
  private SiteId site;
  private PurposeId purpose;

  @BeforeEach
  void open() {
    t = new TestBooks(directory);
    purposes = new Purposes(t.books);
    places = new Places(t.books, new Statements(t.books));
    notices = new Notices(t.books, purposes, places);
    site = places.addSite("南苑", Territory.CN, Optional.empty(), ANNA);
    purpose = purposes.draft(SomeTerms.keptFor(365), ANNA);
  }

  @AfterEach
  void close() {
    t.close();
  }

  @Test
  void a_notice_tells_all_that_the_law_wants_from_what_is_configured() {
    assertThatExceptionOfType(RejectedRecordException.class)
        .as("no operator, no approved purpose")
        .isThrownBy(() -> notices.write(purpose, site, ANNA))
        .satisfies(e -> assertThat(e.code()).isEqualTo("nothing-to-tell"));
    configure();
    NoticeText text = notices.compose(purpose, site).orElseThrow();
    assertThat(text.present()).containsExactlyInAnyOrder(NoticeItem.values());
    assertThat(text.item(NoticeItem.PROCESSOR_CONTACT).zh())
        .contains("南苑物业")
        .contains("privacy@example.cn");
    assertThat(text.item(NoticeItem.PURPOSE_METHOD_RETENTION).zh()).contains("365天");
  }

  @Test
  void a_text_that_the_configuration_has_left_behind_is_neither_published_nor_shown() {
    configure();
    int first = notices.write(purpose, site, ANNA);
    assertThatExceptionOfType(RejectedRecordException.class)
        .isThrownBy(() -> notices.publish(purpose, site, first, ANNA))
        .satisfies(e -> assertThat(e.code()).isEqualTo("author-is-approver"));
    notices.publish(purpose, site, first, BO);
    Standing standing = notices.standing(purpose, site).orElseThrow();
    assertThat(standing.versionInForce()).isEqualTo("1");
    Shown shown = show();
    assertThat(shown.version()).isEqualTo(1);
    assertThat(notices.lastShown(purpose, site, Optional.of("session"), Optional.empty()))
        .contains(shown);
    assertThat(notices.lastShown(purpose, site, Optional.of("other"), Optional.empty())).isEmpty();

    int second = notices.write(purpose, site, ANNA);
    purposes.approve(purpose, purposes.revise(purpose, 1, SomeTerms.keptFor(730), ANNA), BO);
    assertThat(notices.standing(purpose, site).orElseThrow().versionInForce())
        .as("what was shown is no longer what is done")
        .isEqualTo("1+changed");
    assertThatExceptionOfType(RejectedRecordException.class)
        .isThrownBy(this::show)
        .satisfies(e -> assertThat(e.code()).isEqualTo("notice-not-published"));
    assertThatExceptionOfType(RejectedRecordException.class)
        .isThrownBy(() -> notices.publish(purpose, site, second, BO))
        .satisfies(e -> assertThat(e.code()).isEqualTo("notice-behind-configuration"));
    notices.publish(purpose, site, notices.write(purpose, site, ANNA), BO);
    assertThat(show().version()).isEqualTo(3);
    assertThatExceptionOfType(DataAccessException.class)
        .isThrownBy(() -> t.database.sql().sql("UPDATE notice SET text = '{}'").update());
  }

  @Test
  void public_rules_are_public_once_another_person_published_them() {
    int version =
        notices.writeRules(RulesKind.UNDER_14, new Bilingual("儿童规则", "rules for children"), ANNA);
    assertThat(notices.published(RulesKind.UNDER_14)).isEmpty();
    assertThatExceptionOfType(RejectedRecordException.class)
        .isThrownBy(() -> notices.publishRules(RulesKind.UNDER_14, version, ANNA));
    notices.publishRules(RulesKind.UNDER_14, version, BO);
    assertThat(notices.published(RulesKind.UNDER_14)).isPresent();
    assertThat(notices.published(RulesKind.PROCESSING)).isEmpty();
    notices.writeRules(RulesKind.UNDER_14, new Bilingual("新规则", "new rules"), ANNA);
    assertThat(notices.published(RulesKind.UNDER_14).orElseThrow().version()).isEqualTo(version);
  }

  private Shown show() {
    return notices.show(
        purpose, site, Shown.Channel.KIOSK, Optional.of("session"), Optional.empty());
  }

  private void configure() {
    places.recordOperator(
        0, "南苑物业", "privacy@example.cn", "", ProcessorKind.PROPERTY_MANAGER, true, "李", ANNA);
    purposes.approve(purpose, 1, BO);
  }
}
