/// The pages of staff who are logged in.
/// Fed by the platform's records, for the role of whoever looks.
/// Decides nothing: what a page does, the API does.
@NullMarked
package cn.mingmian.server.pages.console;

import org.jspecify.annotations.NullMarked;
