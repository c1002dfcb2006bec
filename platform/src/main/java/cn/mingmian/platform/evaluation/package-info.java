/// Accuracy runs over a labelled folder, asked of the law as research before a photo is opened.
/// Fed with a folder, a declaration of who answers for it, and an open engine.
/// Keeps no photo and no template; writes nothing.
@NullMarked
package cn.mingmian.platform.evaluation;

import org.jspecify.annotations.NullMarked;
