/// Keeps keys, backups and recovery in order, on a server that runs or one that is stopped.
/// Fed by the command line, and in a running server by a socket that only its account can enter.
/// Asks the platform for everything; touches no face, and sends nothing over the network.
@NullMarked
package cn.mingmian.server.keeping;

import org.jspecify.annotations.NullMarked;
