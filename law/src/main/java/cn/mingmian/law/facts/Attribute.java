package cn.mingmian.law.facts;

/// What an analysis infers.
public enum Attribute {
  AGE,
  SEX,
  EMOTION,
  RACE,
  ETHNICITY,
  RELIGION,
  HEALTH,
  SOCIAL_CLASS,
  WORK_PERFORMANCE,
  PREFERENCE
}
