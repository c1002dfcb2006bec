package cn.mingmian.law.facts;

import java.util.Set;

/// Rules that apply besides the law in force, which always applies.
public enum Pack {
  /// Recommended national standards.
  STANDARDS("standards"),
  /// The consultation draft of 2023, which never became law.
  DRAFT_2023("draft-2023"),
  /// What scholars and commentators propose.
  PROPOSALS("proposals");

  /// What applies when nothing is said.
  public static final Set<Pack> BY_DEFAULT = Set.of(STANDARDS);

  private final String wireName;

  Pack(String wireName) {
    this.wireName = wireName;
  }

  /// Its name in JSON.
  public String wireName() {
    return wireName;
  }
}
