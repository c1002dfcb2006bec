/// Accuracy of a pack over a labelled folder of photos, in the terms of ISO/IEC 19795-1.
/// Fed with a folder and an open engine; gives figures, thresholds and a calibration.
/// Keeps no photo and no template beyond the run, and writes nothing.
@NullMarked
package cn.mingmian.engine.evaluation;

import org.jspecify.annotations.NullMarked;
