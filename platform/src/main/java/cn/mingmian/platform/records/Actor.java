package cn.mingmian.platform.records;

import java.util.regex.Pattern;

/// Who acts for the operator: the account of one member of staff, or a named part of this program.
///
/// The outer shell makes it from the login, never from what a request says about itself. Immutable.
///
/// @param id  1 to 64 of `a-z A-Z 0-9 _ . : -`
public record Actor(String id) {
  private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9_.:-]{1,64}");

  public Actor {
    if (!SHAPE.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "actor `%s` is not 1 to 64 letters, digits or `_.:-`".formatted(id));
    }
  }

  /// A part of the program that acts by itself, such as the retention sweeper; it can approve
  /// nothing.
  public static Actor system(String part) {
    return new Actor("system:" + part);
  }

  public boolean isSystem() {
    return id.startsWith("system:");
  }

  @Override
  public String toString() {
    return id;
  }
}
