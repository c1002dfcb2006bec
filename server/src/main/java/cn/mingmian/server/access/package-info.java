/// Who may call: API keys with their scopes, the check before every operation, and the limits of
/// each caller. Fed by request headers and the server's own table of hashed keys. Decides about
/// callers only; whether a face may be touched is for the platform's permits.
@NullMarked
package cn.mingmian.server.access;

import org.jspecify.annotations.NullMarked;
