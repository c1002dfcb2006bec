package cn.mingmian.server;

import cn.mingmian.platform.assessment.AssessmentId;
import cn.mingmian.platform.audit.EntryId;
import cn.mingmian.platform.consent.ConsentId;
import cn.mingmian.platform.consent.GuardianshipId;
import cn.mingmian.platform.notices.ShownId;
import cn.mingmian.platform.orders.OrderId;
import cn.mingmian.platform.people.HoldingId;
import cn.mingmian.platform.people.PersonId;
import cn.mingmian.platform.places.CheckpointId;
import cn.mingmian.platform.places.DeviceId;
import cn.mingmian.platform.places.SiteId;
import cn.mingmian.platform.places.SiteZoneId;
import cn.mingmian.platform.places.WayId;
import cn.mingmian.platform.purposes.PurposeId;
import cn.mingmian.platform.records.Actor;
import cn.mingmian.platform.staff.StaffId;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import org.springdoc.core.utils.SpringDocUtils;
import tools.jackson.databind.json.JsonMapper;

/// How records stand in JSON: an id is a string, everything else as its components are called.
final class RecordJson {

  private static final List<Class<?>> IDS =
      List.of(
          PurposeId.class,
          SiteId.class,
          SiteZoneId.class,
          DeviceId.class,
          CheckpointId.class,
          WayId.class,
          PersonId.class,
          HoldingId.class,
          ConsentId.class,
          GuardianshipId.class,
          ShownId.class,
          AssessmentId.class,
          OrderId.class,
          StaffId.class,
          EntryId.class);

  private RecordJson() {}

  /// An id: one string.
  private abstract static class Id {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    Id(@SuppressWarnings("unused") String value) {}

    @JsonValue
    abstract String value();
  }

  /// Who acted: written as a string, never read.
  private abstract static class Hand {
    @JsonValue
    abstract String id();
  }

  static void teach(JsonMapper.Builder builder) {
    for (Class<?> id : IDS) {
      builder.addMixIn(id, Id.class);
      SpringDocUtils.getConfig().replaceWithClass(id, String.class);
    }
    builder.addMixIn(Actor.class, Hand.class);
    SpringDocUtils.getConfig().replaceWithClass(Actor.class, String.class);
  }
}
