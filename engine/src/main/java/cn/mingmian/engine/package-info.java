/// The face engine: photo to faces, quality, liveness and template; models and their calibration.
/// Fed with encoded photos and an installed model pack; the only module that knows ONNX Runtime.
/// Touches no record, no vault and no network but the package registry, and that only at set-up.
@NullMarked
package cn.mingmian.engine;

import org.jspecify.annotations.NullMarked;
