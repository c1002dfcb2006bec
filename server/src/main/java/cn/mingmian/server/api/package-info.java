/// The HTTP API `/v1`: one controller a family of resources, each method parsing, calling the
/// platform or the law, and rendering. Fed by checked requests. Decides nothing itself.
@NullMarked
package cn.mingmian.server.api;

import org.jspecify.annotations.NullMarked;
