package cn.mingmian.law.facts;

/// Who decides about the processing.
public enum ProcessorKind {
  COMPANY,
  PROPERTY_MANAGER,
  STATE_ORGAN,
  EMPLOYER,
  SCHOOL,
  INDIVIDUAL
}
