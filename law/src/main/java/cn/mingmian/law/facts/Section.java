package cn.mingmian.law.facts;

/// The parts of an impact assessment: four of the Measures, six of the draft.
public enum Section {
  LAWFUL_PURPOSE,
  RIGHTS_IMPACT,
  LEAK_RISK,
  MEASURES,
  STANDARDS_AND_ETHICS,
  ACCURACY_AND_DISTANCE
}
