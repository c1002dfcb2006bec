package cn.mingmian.server.access;

import cn.mingmian.server.http.TokenBuckets;

/// The token buckets of this server.
///
/// @param byCaller  requests of one key or member of staff
/// @param byAddress  requests of one address without either
/// @param guesses  failed keys of one address
/// @param logins  passwords and one-time codes that one address shows
public record Limits(
    TokenBuckets byCaller, TokenBuckets byAddress, TokenBuckets guesses, TokenBuckets logins) {

  /// Four seconds' worth may come at once.
  public static Limits of(double requestsPerSecond) {
    return new Limits(
        new TokenBuckets(requestsPerSecond, requestsPerSecond * 4, System::nanoTime),
        new TokenBuckets(requestsPerSecond / 2, requestsPerSecond * 4, System::nanoTime),
        new TokenBuckets(1.0 / 6, 10, System::nanoTime),
        new TokenBuckets(requestsPerSecond / 200, 20, System::nanoTime));
  }
}
