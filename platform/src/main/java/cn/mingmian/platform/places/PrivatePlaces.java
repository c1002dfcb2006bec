package cn.mingmian.platform.places;

import cn.mingmian.law.facts.Place;
import java.util.Set;

/// law| VIDEO-REG/8.1: the places that it names.
final class PrivatePlaces {
  static final Set<Place> NAMED =
      Set.of(
          Place.GUEST_ROOM,
          Place.PRIVATE_DINING_ROOM,
          Place.STAFF_REST_ROOM,
          Place.PUBLIC_BATH,
          Place.CHANGING_ROOM,
          Place.TOILET,
          Place.FITTING_ROOM,
          Place.NURSING_ROOM,
          Place.DORM_ROOM);

  private PrivatePlaces() {}
}
