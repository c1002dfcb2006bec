package cn.mingmian.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TokenBucketsTest {

  private final AtomicLong now = new AtomicLong();
  private final TokenBuckets buckets = new TokenBuckets(2, 5, now::get);

  @Test
  void lets_a_burst_through_then_the_rate() {
    for (int i = 0; i < 5; i++) {
      assertThat(buckets.secondsToWait("a")).isZero();
    }
    assertThat(buckets.secondsToWait("a")).isEqualTo(1);
    now.addAndGet(500_000_000L);
    assertThat(buckets.secondsToWait("a")).isZero();
    assertThat(buckets.secondsToWait("a")).isPositive();
  }

  @Test
  void one_caller_does_not_slow_another() {
    for (int i = 0; i < 9; i++) {
      buckets.secondsToWait("a");
    }
    assertThat(buckets.secondsToWait("b")).isZero();
  }

  @Test
  void a_flood_of_addresses_does_not_fill_the_memory() {
    for (int i = 0; i < 50_000; i++) {
      buckets.secondsToWait("address-" + i);
    }
    assertThat(buckets.remembered()).isEqualTo(10_000);
  }
}
