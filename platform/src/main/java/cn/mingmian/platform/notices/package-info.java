/// What people are told: notices written from the live configuration in versions, who was shown
/// which when, and the public processing rules.
/// Fed by purposes, places and orders; shown by kiosk, portal and API.
/// A text cannot drift from behaviour: it is composed here, never typed in.
@NullMarked
package cn.mingmian.platform.notices;

import org.jspecify.annotations.NullMarked;
