/// The whole story on faces of nobody, in the terminal: set up, enrol, recognise, refuse, withdraw,
/// verify. Fed by the platform's doors, the same that the API uses; it has no way of its own to a
/// face.
@NullMarked
package cn.mingmian.server.demo;

import org.jspecify.annotations.NullMarked;
