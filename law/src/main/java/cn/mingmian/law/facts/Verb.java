package cn.mingmian.law.facts;

/// What is about to be done with a face.
public enum Verb {
  /// A device is switched on.
  DEPLOY,
  /// A person is asked for the face or for consent.
  PROMPT,
  /// A face is taken from a frame.
  CAPTURE,
  /// A template is kept.
  ENROL,
  /// One face is compared with one person, 1:1.
  VERIFY,
  /// One face is searched among many, 1:N.
  IDENTIFY,
  /// An attribute is inferred.
  ANALYSE,
  /// A raw image is kept.
  KEEP_IMAGE,
  /// Face information leaves the device.
  TRANSMIT,
  /// It is handed to another processor.
  PROVIDE,
  /// It is made public.
  PUBLISH,
  /// A result decides about a person.
  RELY,
  /// Staff look at it.
  ACCESS,
  /// It is kept beyond its expiry.
  RETAIN,
  /// It is destroyed.
  ERASE
}
