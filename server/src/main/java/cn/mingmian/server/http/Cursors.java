package cn.mingmian.server.http;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Opaque, signed places in a list. A cursor is bound to the list it was made for, so that nobody
/// builds a query out of it.
///
/// Thread-safe.
public final class Cursors {

  /// The most items a page holds.
  public static final int MAX_LIMIT = 100;

  /// How many items a page holds when nobody says.
  public static final int DEFAULT_LIMIT = 50;

  private static final int TAG_BYTES = 16;

  private final SecretKeySpec key;

  /// @param secret  32 bytes that outlive a restart, so that cursors do too
  public Cursors(byte[] secret) {
    this.key = new SecretKeySpec(secret, "HmacSHA256");
  }

  /// A page of items that stand in a fixed order.
  ///
  /// @param items  at most `limit`
  /// @param next  the cursor of the following page; empty on the last
  public record Page<T>(List<T> items, Optional<String> next) {
    public Page {
      items = List.copyOf(items);
    }
  }

  /// Cuts one page out of `all`: for lists that are short by nature, such as sites.
  ///
  /// @param list  names the list, its filters included
  /// @param all  the whole list, in its order
  /// @param id  the unique key by which an item is found again
  /// @throws ProblemException `invalid_cursor`, `invalid_parameter`
  public <T> Page<T> page(
      String list,
      List<T> all,
      Function<T, String> id,
      Optional<Integer> limit,
      Optional<String> cursor) {
    int size = limit(limit);
    int from = 0;
    if (cursor.isPresent()) {
      String after = open(list, cursor.get());
      while (from < all.size() && !id.apply(all.get(from)).equals(after)) {
        from++;
      }
      if (from == all.size()) {
        throw new ProblemException(
            ProblemCode.INVALID_CURSOR, "the item after which to go on is no longer in the list");
      }
      from++;
    }
    int to = Math.min(all.size(), from + size);
    List<T> items = all.subList(from, to);
    return new Page<>(
        items,
        to < all.size() ? Optional.of(seal(list, id.apply(items.getLast()))) : Optional.empty());
  }

  /// Reads one page after a key, so that a long list is never read whole.
  @FunctionalInterface
  public interface Reader<T> {
    /// @param after  the key of the last item before the page; empty for the first page
    List<T> read(Optional<String> after, int atMost);
  }

  /// One page of a list that its reader can enter anywhere.
  ///
  /// @param list  names the list, its filters included
  /// @param key  by which the reader goes on after an item
  /// @throws ProblemException `invalid_cursor`, `invalid_parameter`
  public <T> Page<T> keyset(
      String list,
      Optional<Integer> limit,
      Optional<String> cursor,
      Reader<T> reader,
      Function<T, String> key) {
    int size = limit(limit);
    List<T> read = reader.read(cursor.map(given -> open(list, given)), size + 1);
    boolean more = read.size() > size;
    List<T> items = more ? read.subList(0, size) : read;
    return new Page<>(
        items, more ? Optional.of(seal(list, key.apply(items.getLast()))) : Optional.empty());
  }

  /// The number of items a page shall have.
  public static int limit(Optional<Integer> wanted) {
    int limit = wanted.orElse(DEFAULT_LIMIT);
    if (limit < 1 || limit > MAX_LIMIT) {
      throw ProblemException.parameter(
          "limit", "expected 1 to %d, found %d".formatted(MAX_LIMIT, limit));
    }
    return limit;
  }

  /// A cursor that stands after `key` in `list`.
  public String seal(String list, String after) {
    byte[] payload = after.getBytes(StandardCharsets.UTF_8);
    byte[] sealed = Arrays.copyOf(tag(list, payload), TAG_BYTES + payload.length);
    System.arraycopy(payload, 0, sealed, TAG_BYTES, payload.length);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
  }

  /// The key that `cursor` stands after.
  ///
  /// @throws ProblemException `invalid_cursor` when it was not made here, or for another list
  public String open(String list, String cursor) {
    byte[] sealed;
    try {
      sealed = Base64.getUrlDecoder().decode(cursor);
    } catch (IllegalArgumentException notBase64) {
      throw invalid();
    }
    if (sealed.length < TAG_BYTES) {
      throw invalid();
    }
    byte[] payload = Arrays.copyOfRange(sealed, TAG_BYTES, sealed.length);
    if (!MessageDigest.isEqual(tag(list, payload), Arrays.copyOf(sealed, TAG_BYTES))) {
      throw invalid();
    }
    return new String(payload, StandardCharsets.UTF_8);
  }

  private static ProblemException invalid() {
    return new ProblemException(
        ProblemCode.INVALID_CURSOR, "use the `next` of the previous page, unchanged");
  }

  private byte[] tag(String list, byte[] payload) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      mac.update(list.getBytes(StandardCharsets.UTF_8));
      mac.update((byte) 0);
      return Arrays.copyOf(mac.doFinal(payload), TAG_BYTES);
    } catch (GeneralSecurityException absent) {
      throw new IllegalStateException("HmacSHA256 is in every JDK", absent);
    }
  }
}
