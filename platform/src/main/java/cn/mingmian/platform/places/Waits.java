package cn.mingmian.platform.places;

import cn.mingmian.law.facts.Truth;
import cn.mingmian.platform.audit.Books;
import cn.mingmian.platform.audit.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// Whether a way in is reasonable and convenient: from what was measured in seven days and from the
/// terms that another person approved, never from anybody's say-so.
///
/// law| MEASURES-2025/10.2: other reasonable and convenient ways. The reading, in figures: 90 %
/// wait at most 30 s longer than 90 % of those who use the face; same price; at most 20 m away;
/// open whenever the face is.
final class Waits {
  static final Duration WINDOW = Duration.ofDays(7);
  static final Duration LONGER_AT_MOST = Duration.ofSeconds(30);
  static final int METRES_AT_MOST = 20;

  /// With fewer passages than this there is no figure: nine tenths of four people say nothing.
  static final int FEWEST_PASSAGES = 5;

  static final int ALWAYS_ANEW_UP_TO = 500;
  static final Duration KEPT_FOR = Duration.ofSeconds(30);

  private final Books books;
  private final PlaceTables tables;
  private final Map<CheckpointId, Figures> kept = new ConcurrentHashMap<>();

  Waits(Books books, PlaceTables tables) {
    this.books = books;
    this.tables = tables;
  }

  OtherWays measure(
      Checkpoint checkpoint, Function<WayId, Optional<Statement<WayTerms>>> terms, Instant now) {
    Map<String, Wait> figures = figures(checkpoint.id(), now);
    Optional<Wait> face = Optional.ofNullable(figures.get(""));
    List<WayMeasure> measures = new ArrayList<>();
    boolean outside = false;
    List<WayIn> ways =
        tables.ways(checkpoint.id()).stream()
            .filter(w -> w.removedAt().isEmpty())
            .sorted(Comparator.comparing(WayIn::kind).thenComparing(w -> w.id().value()))
            .toList();
    for (WayIn way : ways) {
      boolean working = way.working(now);
      outside |= working && way.lastBeatOutside();
      Optional<Wait> waited = Optional.ofNullable(figures.get(way.id().value()));
      Verdict verdict = judge(checkpoint, terms.apply(way.id()), waited, face);
      measures.add(
          new WayMeasure(
              way.id(),
              way.kind(),
              working,
              waited.map(Wait::passages).orElse(0),
              waited.map(Wait::ninetyPercent),
              face.map(Wait::ninetyPercent),
              verdict.reasonable(),
              verdict.why()));
    }
    return new OtherWays(checkpoint.id(), measures, outside);
  }

  private record Wait(int passages, Duration ninetyPercent) {}

  private record Verdict(Truth reasonable, String why) {}

  private static Verdict judge(
      Checkpoint checkpoint,
      Optional<Statement<WayTerms>> approved,
      Optional<Wait> waited,
      Optional<Wait> face) {
    if (approved.isEmpty()) {
      return new Verdict(Truth.UNKNOWN, "its price, distance and hours are not approved");
    }
    WayTerms terms = approved.get().body();
    if (terms.extraFen() > 0) {
      return new Verdict(
          Truth.NO, "it costs %d fen more than the face".formatted(terms.extraFen()));
    }
    if (terms.metresFromFace() > METRES_AT_MOST) {
      return new Verdict(
          Truth.NO,
          "it is %d m away, at most %d are the same place"
              .formatted(terms.metresFromFace(), METRES_AT_MOST));
    }
    if (!checkpoint.covered(terms.opens(), terms.closes())) {
      return new Verdict(Truth.NO, "it is closed while the face is offered");
    }
    if (waited.isEmpty()) {
      return new Verdict(
          Truth.UNKNOWN,
          "fewer than %d passages were measured in seven days".formatted(FEWEST_PASSAGES));
    }
    // Where nobody used the face, nothing but the absolute figure remains: the strictest reading.
    Duration most = face.map(Wait::ninetyPercent).orElse(Duration.ZERO).plus(LONGER_AT_MOST);
    Duration took = waited.get().ninetyPercent();
    return took.compareTo(most) <= 0
        ? new Verdict(
            Truth.YES,
            "90 %% are through in %d s, %d s are allowed"
                .formatted(took.toSeconds(), most.toSeconds()))
        : new Verdict(
            Truth.NO,
            "90 %% are through in %d s only, %d s are allowed"
                .formatted(took.toSeconds(), most.toSeconds()));
  }

  /// The figures of one checkpoint: by way, the face under the empty name.
  ///
  /// @param passages how many they rest on
  private record Figures(Instant at, long passages, Map<String, Wait> waits) {}

  /// Over few passages the figures are made anew each time; over many they move slowly, and are
  /// kept for half a minute. Signs of life are never kept.
  private Map<String, Wait> figures(CheckpointId checkpoint, Instant now) {
    Figures known = kept.get(checkpoint);
    if (known != null
        && known.passages > ALWAYS_ANEW_UP_TO
        && !now.isBefore(known.at)
        && now.isBefore(known.at.plus(KEPT_FOR))) {
      return known.waits;
    }
    Map<String, Wait> waits = new HashMap<>();
    long[] passages = {0};
    books
        .database()
        .sql()
        .sql(
            """
            SELECT coalesce(way, '') AS way, count(*) AS n,
              percentile_disc(0.9) WITHIN GROUP (
                ORDER BY extract(epoch FROM ended_at - started_at)) AS seconds
            FROM passage
            WHERE checkpoint = :checkpoint AND ended_at > :from AND ended_at <= :now
            GROUP BY way
            """)
        .param("checkpoint", checkpoint.value())
        .param("from", Books.utc(now.minus(WINDOW)))
        .param("now", Books.utc(now))
        .query(
            r -> {
              int n = r.getInt("n");
              passages[0] += n;
              if (n < FEWEST_PASSAGES) return;
              Duration wait = Duration.ofMillis(Math.round(r.getDouble("seconds") * 1_000));
              waits.put(r.getString("way"), new Wait(n, wait));
            });
    kept.put(checkpoint, new Figures(now, passages[0], Map.copyOf(waits)));
    return waits;
  }
}
