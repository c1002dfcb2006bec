package cn.mingmian.platform.places;

/// Why public safety needs a device in a zone; a statement of one, approved by another.
///
/// @param interest which interest: public safety, order or property
/// @param reason why it cannot be served with less
public record SafetyNecessity(String interest, String reason) {}
