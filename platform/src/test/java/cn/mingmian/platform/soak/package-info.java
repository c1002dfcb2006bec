/// A small process with everything that is durable (database, vault, log), killed again and again
/// under load. Uses the platform's doors as the server does; nothing else may use this package.
@NullMarked
package cn.mingmian.platform.soak;

import org.jspecify.annotations.NullMarked;
