/// The pages at which staff log in, and set up their accounts the first time.
/// Fed by forms; hands everything to `platform.staff`.
/// Knows no face, and asks for none.
@NullMarked
package cn.mingmian.server.pages.login;

import org.jspecify.annotations.NullMarked;
