package cn.mingmian.platform.permit;

import cn.mingmian.platform.people.PersonId;

/// Whose face a permit is about: a person on record, or whoever stands in an open session.
/// Immutable.
public sealed interface Subject {
  /// The id that the permit is bound to.
  String id();

  /// Somebody on record.
  record Person(PersonId person) implements Subject {
    @Override
    public String id() {
      return person.value();
    }
  }

  /// Whoever opened this session; nobody knows yet who that is.
  record Session(String id) implements Subject {}

  /// Nobody in particular: a device that is switched on, a rule that is asked about.
  record Nobody() implements Subject {
    @Override
    public String id() {
      return "-";
    }
  }

  static Subject person(PersonId person) {
    return new Person(person);
  }

  static Subject session(String id) {
    return new Session(id);
  }
}
