package cn.mingmian.platform.defence;

import cn.mingmian.platform.people.PersonId;
import cn.mingmian.platform.places.CheckpointId;
import cn.mingmian.platform.places.DeviceId;

/// Something that happened and may be part of an attack. Each is reported by the part that did it.
public sealed interface Signal {
  /// A face was compared with the template of a person who was named.
  record Compared(CheckpointId checkpoint, PersonId person, boolean matched, double cosine)
      implements Signal {}

  /// A gallery was searched.
  ///
  /// @param stranger nobody was found
  record Searched(CheckpointId checkpoint, boolean stranger) implements Signal {}

  /// A face was looked at.
  ///
  /// @param spoof it looked like a picture, a screen or a mask
  record Looked(CheckpointId checkpoint, boolean spoof) implements Signal {}

  /// A password, code or key was wrong.
  ///
  /// @param sender where it came from: a network address
  /// @param account what was tried, or a digest of it; never the secret
  record CredentialRefused(String sender, String account) implements Signal {}

  /// A signed request was refused: sent before, of another time, or altered.
  record RequestRefused(String sender) implements Signal {}

  /// A device proved who it is, from there.
  ///
  /// @param origin network address, or whatever tells places apart
  record DeviceReported(DeviceId device, String origin) implements Signal {}

  /// A file that the program rests on is not what it was.
  ///
  /// @param file its name, without the directory
  record FileChanged(String file, String expected, String found) implements Signal {}

  /// Wall clock and running time disagree.
  record ClockMoved(String evidence) implements Signal {}

  /// What happens cannot be recorded where outsiders can check it.
  record LogGone(String detail) implements Signal {}
}
