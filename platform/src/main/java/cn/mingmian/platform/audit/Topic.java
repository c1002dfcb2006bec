package cn.mingmian.platform.audit;

/// What a statement is about. The names stand in the database and are never renamed.
public enum Topic {
  /// Necessity for public safety of devices in a zone.
  SAFETY_NECESSITY,
  /// The area in front of a device in which faces are taken.
  CAPTURE_AREA,
  /// What a checkpoint offers to elderly and disabled people.
  ACCESSIBILITY,
  /// Price, distance, hours and power of a way in.
  WAY_TERMS,
  /// A hearing that was held before a public deployment.
  HEARING,
  /// Use of face models although part of their origin is unproven.
  MODEL_ORIGIN,
  /// A rule pack switched on or off besides the law in force.
  RULE_PACK
}
