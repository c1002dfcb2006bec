package cn.mingmian.platform.records;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads columns into the types that records use.
public final class Rows {
  private Rows() {}

  public static Instant instant(ResultSet r, String column) throws SQLException {
    return r.getObject(column, OffsetDateTime.class).toInstant();
  }

  public static Optional<Instant> maybeInstant(ResultSet r, String column) throws SQLException {
    return Optional.ofNullable(r.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }

  public static Optional<LocalDate> maybeDate(ResultSet r, String column) throws SQLException {
    return Optional.ofNullable(r.getObject(column, LocalDate.class));
  }

  public static Optional<String> maybeText(ResultSet r, String column) throws SQLException {
    return Optional.ofNullable(r.getString(column));
  }

  public static Optional<Actor> maybeActor(ResultSet r, String column) throws SQLException {
    return maybeText(r, column).map(Actor::new);
  }

  public static <E extends Enum<E>> Optional<E> maybeEnum(ResultSet r, String column, Class<E> type)
      throws SQLException {
    return maybeText(r, column).map(name -> Enum.valueOf(type, name));
  }

  /// A `text[]` column of enum names.
  public static <E extends Enum<E>> Set<E> enums(ResultSet r, String column, Class<E> type)
      throws SQLException {
    EnumSet<E> set = EnumSet.noneOf(type);
    Array array = r.getArray(column);
    if (array != null) {
      for (String name : (String[]) array.getArray()) set.add(Enum.valueOf(type, name));
    }
    return Set.copyOf(set);
  }

  /// Enum names as a `text[]` literal for `CAST(:names AS text[])`; names hold no special
  /// character.
  public static String array(Collection<? extends Enum<?>> values) {
    List<String> names = values.stream().map(Enum::name).sorted().toList();
    return "{" + String.join(",", names) + "}";
  }
}
