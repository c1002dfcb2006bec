/// The face models of this installation: their cards, their files, and what the operator decided
/// about an unproven origin. Fed with the engine's packs and the statements of the audit package.
/// Looks at no face.
@NullMarked
package cn.mingmian.platform.models;

import org.jspecify.annotations.NullMarked;
