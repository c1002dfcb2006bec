package cn.mingmian.platform.defence;

import cn.mingmian.platform.people.PersonId;
import cn.mingmian.platform.places.CheckpointId;
import cn.mingmian.platform.places.DeviceId;

/// What an alert concerns, and what stands still while it does.
///
/// @param id of the checkpoint, the device, the sender ...; blank for the whole installation
public record Target(Extent extent, String id) {
  /// How far it reaches.
  public enum Extent {
    CHECKPOINT,
    /// One named person at one checkpoint.
    PERSON_AT_CHECKPOINT,
    DEVICE,
    /// A network address.
    SENDER,
    ACCOUNT,
    INSTALLATION
  }

  static final Target INSTALLATION = new Target(Extent.INSTALLATION, "");

  static Target of(CheckpointId checkpoint) {
    return new Target(Extent.CHECKPOINT, checkpoint.value());
  }

  static Target of(CheckpointId checkpoint, PersonId person) {
    return new Target(Extent.PERSON_AT_CHECKPOINT, checkpoint.value() + " " + person.value());
  }

  static Target of(DeviceId device) {
    return new Target(Extent.DEVICE, device.value());
  }

  static Target sender(String address) {
    return new Target(Extent.SENDER, address);
  }

  static Target account(String account) {
    return new Target(Extent.ACCOUNT, account);
  }

  /// Whether everybody may read it in the log: an address or a person may not be.
  boolean speaksOfSomebody() {
    return switch (extent) {
      case CHECKPOINT, DEVICE, INSTALLATION -> false;
      case PERSON_AT_CHECKPOINT, SENDER, ACCOUNT -> true;
    };
  }
}
