package cn.mingmian.platform.defence;

import cn.mingmian.platform.defence.Signal.ClockMoved;
import cn.mingmian.platform.defence.Signal.Compared;
import cn.mingmian.platform.defence.Signal.CredentialRefused;
import cn.mingmian.platform.defence.Signal.DeviceReported;
import cn.mingmian.platform.defence.Signal.FileChanged;
import cn.mingmian.platform.defence.Signal.LogGone;
import cn.mingmian.platform.defence.Signal.Looked;
import cn.mingmian.platform.defence.Signal.RequestRefused;
import cn.mingmian.platform.defence.Signal.Searched;
import cn.mingmian.platform.places.CheckpointId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// When signals are an attack. The numbers are here and nowhere else; `docs/security/defence.md`
/// says what each rests on. Pure but for what it remembers of the last day; one thread at a time.
final class Detection {
  /// Somebody who is let in by nobody's face tries again once or twice, and takes the card.
  private static final int FAILURES_IN_A_ROW = 5;

  private static final Duration ROW = Duration.ofMinutes(10);

  /// A patient climber stays under the row; over a day it shows all the same.
  private static final int FAILURES_A_DAY = 12;

  /// Of the last twenty faces; at a gate for members most faces are members'.
  private static final int STRANGERS = 15;

  private static final int FACES = 20;

  private static final int SPOOFS = 6;
  private static final int LOOKS = 10;

  private static final int WRONG_CREDENTIALS = 10;
  private static final int ACCOUNTS_TRIED = 5;
  private static final int SENDERS = 3;

  private static final int FORGED_REQUESTS = 3;

  private final Lately<Instant> failures = new Lately<>(Duration.ofDays(1), FAILURES_A_DAY);

  /// Blank for a member; a person's id, or a running number, for a stranger.
  private final Lately<String> faces = new Lately<>(Duration.ofHours(1), FACES);

  private final Lately<Boolean> looks = new Lately<>(Duration.ofMinutes(30), LOOKS);
  private final Lately<String> accountsBySender = new Lately<>(Duration.ofMinutes(10), 20);
  private final Lately<String> sendersByAccount = new Lately<>(Duration.ofMinutes(10), 20);
  private final Lately<Instant> forged = new Lately<>(Duration.ofMinutes(10), FORGED_REQUESTS);
  private long strangers;

  /// @param suspends whether the target must stand still
  record Suspicion(Attack attack, Target target, String evidence, boolean suspends) {}

  /// @param knownOrigin where the device of a [DeviceReported] belongs; empty otherwise
  Optional<Suspicion> see(Signal signal, Optional<String> knownOrigin, Instant now) {
    return switch (signal) {
      case Compared compared -> compared(compared, now);
      case Searched searched ->
          faces(searched.checkpoint(), searched.stranger() ? "#" + ++strangers : "", now);
      case Looked looked -> looked(looked, now);
      case CredentialRefused refused -> credential(refused, now);
      case RequestRefused refused -> request(refused, now);
      case DeviceReported reported ->
          knownOrigin
              .filter(known -> !known.equals(reported.origin()))
              .map(
                  known ->
                      new Suspicion(
                          Attack.DEVICE_ELSEWHERE,
                          Target.of(reported.device()),
                          "belongs to `%s`, reported from `%s`".formatted(known, reported.origin()),
                          true));
      case FileChanged changed ->
          everything(
              Attack.FILE_CHANGED,
              "`%s` had sha-256 %s, has %s"
                  .formatted(changed.file(), changed.expected(), changed.found()),
              true);
      case ClockMoved moved -> everything(Attack.CLOCK_MOVED, moved.evidence(), true);
      // The family `AUDIT` is down while the log is gone and up when it is back: nothing to lift.
      case LogGone gone -> everything(Attack.LOG_GONE, gone.detail(), false);
    };
  }

  private static Optional<Suspicion> everything(Attack attack, String evidence, boolean suspends) {
    return Optional.of(new Suspicion(attack, Target.INSTALLATION, evidence, suspends));
  }

  /// Many tries at one person: each score tells a climber which way is up.
  private Optional<Suspicion> compared(Compared compared, Instant now) {
    String key = compared.checkpoint().value() + compared.person().value();
    if (compared.matched()) {
      failures.forget(key);
      return faces(compared.checkpoint(), "", now);
    }
    List<Instant> day = failures.add(key, now, now);
    long row = day.stream().filter(at -> !at.isBefore(now.minus(ROW))).count();
    if (row >= FAILURES_IN_A_ROW || day.size() >= FAILURES_A_DAY) {
      failures.forget(key);
      return Optional.of(
          new Suspicion(
              Attack.HILL_CLIMBING,
              Target.of(compared.checkpoint(), compared.person()),
              "%d comparisons with one person failed within %d minutes, %d within a day, none matched between"
                  .formatted(row, ROW.toMinutes(), day.size()),
              true));
    }
    return faces(compared.checkpoint(), compared.person().value(), now);
  }

  /// One face after another that nobody knows, or one after another of the persons by name.
  private Optional<Suspicion> faces(CheckpointId checkpoint, String stranger, Instant now) {
    List<String> seen = faces.add(checkpoint.value(), stranger, now);
    Set<String> unknown = new HashSet<>(seen);
    unknown.remove("");
    if (unknown.size() < STRANGERS) return Optional.empty();
    faces.forget(checkpoint.value());
    return Optional.of(
        new Suspicion(
            Attack.ENUMERATION,
            Target.of(checkpoint),
            "%d of the last %d faces were strangers'".formatted(unknown.size(), seen.size()),
            true));
  }

  private Optional<Suspicion> looked(Looked looked, Instant now) {
    List<Boolean> seen = looks.add(looked.checkpoint().value(), looked.spoof(), now);
    long spoofs = seen.stream().filter(spoof -> spoof).count();
    if (spoofs < SPOOFS) return Optional.empty();
    looks.forget(looked.checkpoint().value());
    return Optional.of(
        new Suspicion(
            Attack.SPOOF_BURST,
            Target.of(looked.checkpoint()),
            "%d of the last %d faces looked like pictures, screens or masks"
                .formatted(spoofs, seen.size()),
            true));
  }

  private Optional<Suspicion> credential(CredentialRefused refused, Instant now) {
    List<String> accounts = accountsBySender.add(refused.sender(), refused.account(), now);
    List<String> senders = sendersByAccount.add(refused.account(), refused.sender(), now);
    long tried = accounts.stream().distinct().count();
    if (accounts.size() >= WRONG_CREDENTIALS || tried >= ACCOUNTS_TRIED) {
      accountsBySender.forget(refused.sender());
      return Optional.of(
          new Suspicion(
              Attack.CREDENTIAL_STUFFING,
              Target.sender(refused.sender()),
              "%d wrong credentials for %d accounts within 10 minutes"
                  .formatted(accounts.size(), tried),
              true));
    }
    if (senders.size() >= WRONG_CREDENTIALS && senders.stream().distinct().count() >= SENDERS) {
      sendersByAccount.forget(refused.account());
      // The account is not stopped: whoever attacks it would lock its owner out.
      return Optional.of(
          new Suspicion(
              Attack.CREDENTIAL_STUFFING,
              Target.account(refused.account()),
              "%d wrong credentials for one account from %d addresses within 10 minutes"
                  .formatted(senders.size(), senders.stream().distinct().count()),
              false));
    }
    return Optional.empty();
  }

  /// Each was refused where it came in; to stop the sender as well would only help whoever fakes
  // it.
  private Optional<Suspicion> request(RequestRefused refused, Instant now) {
    List<Instant> seen = forged.add(refused.sender(), now, now);
    if (seen.size() < FORGED_REQUESTS) return Optional.empty();
    forged.forget(refused.sender());
    return Optional.of(
        new Suspicion(
            Attack.FORGED_REQUESTS,
            Target.sender(refused.sender()),
            "%d signed requests were sent before, of another time or altered, within 10 minutes"
                .formatted(seen.size()),
            false));
  }
}
