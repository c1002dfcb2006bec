package cn.mingmian.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.security.SecureRandom;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class UnlinkabilityTest {
  @Test
  void two_galleries_are_unlinkable_until_enough_people_are_known_in_both() {
    List<Unlinkability.Mated> people = Unlinkability.synthetic(1500, 64, 0.7, new Random(1));
    Unlinkability.Report report =
        Unlinkability.measure(people, List.of(0, 8, 32, 128), new SecureRandom());
    List<Unlinkability.Point> curve = report.curve();
    assertThat(curve.get(0).dSys()).isLessThan(curve.get(0).floor() + 0.04);
    assertThat(curve.get(0).floor()).isLessThan(0.08);
    assertThat(curve.get(1).dSys()).isLessThan(curve.get(2).dSys());
    // The stated limit: twice as many known people as dimensions give the map away.
    assertThat(curve.get(3).dSys()).isGreaterThan(0.9);
    // And the measure can see what is there: within one gallery templates are comparable.
    assertThat(report.sameSeed().dSys()).isGreaterThan(0.9);
    assertThat(report.table())
        .contains("| two galleries, nothing else | 0.0")
        .contains("| and knows 128 people in both | ");
  }

  @Test
  void d_sys_is_one_for_separate_scores_and_zero_for_the_same() {
    double[] low = {0.1, 0.2, 0.15};
    double[] high = {0.9, 0.8, 0.85};
    assertThat(Unlinkability.dSys(high, low)).isCloseTo(1, within(1e-12));
    assertThat(Unlinkability.dSys(low, low)).isZero();
    // One mated score of two stands alone, the other among twice as many that are not mated.
    assertThat(Unlinkability.dSys(new double[] {0, 1}, new double[] {0, 0})).isEqualTo(0.5);
  }

  @Test
  void too_few_people_are_refused() {
    List<Unlinkability.Mated> people = Unlinkability.synthetic(100, 8, 0.7, new Random(1));
    assertThatThrownBy(() -> Unlinkability.measure(people, List.of(0), new SecureRandom()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 200 must be left");
  }
}
