/// Says whether a face is the person it claims to be (1:1), or which consenting member it is (1:N).
/// Fed with a session and a photo; asks `permit`, looks with the engine, compares through
/// `templates`. Keeps no photo and no template; a stranger is *unknown*, never the nearest member.
@NullMarked
package cn.mingmian.platform.recognise;

import org.jspecify.annotations.NullMarked;
