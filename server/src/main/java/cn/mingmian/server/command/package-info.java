/// The command line: one class a command, none of which starts Spring but `serve`. Fed by
/// arguments; answers on the two output streams and with an exit code.
@NullMarked
package cn.mingmian.server.command;

import org.jspecify.annotations.NullMarked;
