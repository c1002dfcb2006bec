/// Image to faces, quality, liveness, template and comparison. The only module that knows ONNX Runtime.
@NullMarked
package cn.mingmian.engine;

import org.jspecify.annotations.NullMarked;
