package cn.mingmian.engine;

/// What a photo is looked at for: it decides which bars its quality must reach.
public enum UseCase {
  /// The photo becomes a template that later photos are held against: strict bars, one face only.
  ENROLMENT,
  /// A photo taken at the door: lenient bars; people farther back are dropped as bystanders.
  PROBE,
  /// Accuracy runs over a labelled set: no bars and no liveness, the face nearest to the middle.
  EVALUATION
}
