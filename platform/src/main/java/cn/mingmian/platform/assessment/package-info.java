/// Impact assessments: what was weighed for a purpose in a zone, by whom, approved by whom, and
/// whether the configuration has left what was assessed.
/// Fed by assessment pages; compares with purposes, places and the engine's settings.
/// It holds no face information, so that it can be kept when the faces are gone.
@NullMarked
package cn.mingmian.platform.assessment;

import org.jspecify.annotations.NullMarked;
