/// HTTP, web pages, login, wiring, command line and main. Thin: parse, call platform, render.
@NullMarked
package cn.mingmian.server;

import org.jspecify.annotations.NullMarked;
