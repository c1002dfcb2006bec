/// The ways in without a face that this program runs itself: QR passes that readers check offline,
/// PINs, one-time codes from the desk.
/// Fed by desk and portal; asked by kiosks, readers and pads.
/// Knows no face, writes down nobody's passage, and is never the only way: one beats from outside.
@NullMarked
package cn.mingmian.platform.passes;

import org.jspecify.annotations.NullMarked;
