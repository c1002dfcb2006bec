package cn.mingmian.platform.passes;

import cn.mingmian.law.facts.Alternative;
import cn.mingmian.platform.audit.Books;
import cn.mingmian.platform.places.Checkpoint;
import cn.mingmian.platform.places.Places;
import cn.mingmian.platform.places.SiteId;
import cn.mingmian.platform.places.WayIn;
import java.util.Set;

/// Tries the ways in that this program runs itself, and says of each whether it works. Thread-safe.
///
/// It beats as a part of the program; that alone never counts, the law's other way in needs a sign
/// of life from outside. Where such a sign is fresh it is left standing.
public final class OwnWays {
  private static final Set<Alternative> OWN =
      Set.of(Alternative.PIN, Alternative.ONE_TIME_CODE, Alternative.QR_CODE);

  private final Books books;
  private final Places places;
  private final Passes passes;

  public OwnWays(Books books, Places places, Passes passes) {
    this.books = books;
    this.places = places;
    this.passes = passes;
  }

  /// Tries each and reports it.
  ///
  /// @return how many ways were reported
  public int beat() {
    boolean records = books.database().answers();
    int reported = 0;
    for (Checkpoint checkpoint : places.checkpoints()) {
      for (WayIn way : places.ways(checkpoint.id())) {
        if (!OWN.contains(way.kind()) || way.removedAt().isPresent()) continue;
        if (way.lastBeatOutside() && way.working(books.now())) continue;
        boolean works = records && (way.kind() != Alternative.QR_CODE || readsPasses(checkpoint));
        places.heartbeat(way.id(), works, false, "system:own-ways");
        reported++;
      }
    }
    return reported;
  }

  /// A forged pass is refused and the list of revoked ones can be signed and read.
  private boolean readsPasses(Checkpoint checkpoint) {
    SiteId site = places.zone(checkpoint.zone()).orElseThrow().site();
    PassReader reader = PassReader.of(passes.publicKey(), passes.revocations());
    String forged = "MM1." + "A".repeat(54) + "." + "A".repeat(86);
    return reader.read(forged, site, books.now()) instanceof PassReader.NotGood
        && passes.read(forged, site) instanceof PassReader.NotGood;
  }
}
