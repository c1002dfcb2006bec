/// Web pages, Chinese first with an English switch, made on the server and asking no other host.
/// Fed by the same parts as the API. No page does what the API cannot.
@NullMarked
package cn.mingmian.server.pages;

import org.jspecify.annotations.NullMarked;
