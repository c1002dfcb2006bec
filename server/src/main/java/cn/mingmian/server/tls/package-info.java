/// The certificate under which this server speaks HTTPS: given by the operator, or made by a local
/// authority at first start. Fed by the data directory, a clock and randomness. Touches no record
/// and no face.
@NullMarked
package cn.mingmian.server.tls;

import org.jspecify.annotations.NullMarked;
