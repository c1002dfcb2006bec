package cn.mingmian.platform.staff;

/// The second factor, shown beside the password. Never the face.
public sealed interface Second {
  /// Six digits of an authenticator app, or a recovery code.
  record Code(String typed) implements Second {}

  /// A passkey that the server has just verified, with user verification.
  record Passkey(StaffId owner) implements Second {}
}
