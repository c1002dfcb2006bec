package cn.mingmian.platform.places;

import cn.mingmian.law.facts.DeviceKind;
import cn.mingmian.law.facts.Installer;
import java.time.LocalDate;
import java.util.Optional;

/// What is entered about a device; see [FaceDevice].
public record DeviceDraft(
    SiteZoneId zone,
    String name,
    DeviceKind kind,
    String serial,
    boolean catalogued,
    Optional<String> certificate,
    Optional<LocalDate> lastTested,
    Installer installer) {}
