package cn.mingmian.platform.places;

import cn.mingmian.law.facts.DeviceKind;
import cn.mingmian.law.facts.Installer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/// A camera or face device on the register.
///
/// @param version counts from 1
/// @param serial the maker's number, or whatever tells it apart
/// @param catalogued whether it stands in the catalogue that requires certification
/// @param certificate number of its certificate or test report
/// @param lastTested day of the last yearly security assessment
/// @param state whether it works
/// @param since since when it is in this state
/// @param why what put it there: an entry id, or a reason
public record FaceDevice(
    DeviceId id,
    int version,
    SiteZoneId zone,
    String name,
    DeviceKind kind,
    String serial,
    boolean catalogued,
    Optional<String> certificate,
    Optional<LocalDate> lastTested,
    Installer installer,
    State state,
    Instant since,
    String why) {
  public enum State {
    /// On the register, never switched on.
    REGISTERED,
    SWITCHED_ON,
    SUSPENDED,
    REMOVED
  }
}
