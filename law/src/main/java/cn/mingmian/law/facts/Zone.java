package cn.mingmian.law.facts;

/// What kind of area the lens sees.
public enum Zone {
  PRIVATE_SPACE,
  /// Open to whoever walks by.
  PUBLIC,
  /// Desk, counter or terminal that a person walks up to.
  BUSINESS,
  INTERNAL,
  PROPERTY_GATE,
  HOME,
  RESEARCH_LAB
}
