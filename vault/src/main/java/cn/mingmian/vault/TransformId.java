package cn.mingmian.vault;

/// Names the keyed transform a template is stored under; all zero if none.
record TransformId(long high, long low) {
  static final TransformId NONE = new TransformId(0, 0);

  boolean isNone() {
    return high == 0 && low == 0;
  }

  @Override
  public String toString() {
    return Hex.text(high, low);
  }
}
