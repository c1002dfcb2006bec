package cn.mingmian.law.facts;

/// What the device does.
public enum DeviceKind {
  FACE_RECOGNITION,
  CAMERA
}
