package cn.mingmian.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class CalibrationTest {
  private final Calibration calibration = ModelPack.byDefault().calibrated();

  @Test
  void gives_the_measured_threshold_at_a_measured_rate() {
    assertThat(calibration.thresholdForFmr(1e-3)).isCloseTo(0.335, Offset.offset(0.002));
    assertThat(calibration.thresholdForFmr(1e-4)).isCloseTo(0.411, Offset.offset(0.002));
    assertThat(calibration.thresholdForFmr(1e-5)).isCloseTo(0.478, Offset.offset(0.002));
  }

  @Test
  void between_measured_rates_a_stricter_rate_has_a_higher_threshold() {
    double before = 0;
    for (double exponent = -2; exponent >= -5.5; exponent -= 0.05) {
      double threshold = calibration.thresholdForFmr(Math.pow(10, exponent));
      assertThat(threshold).isGreaterThan(before);
      assertThat(calibration.fmrAt(threshold))
          .isCloseTo(Math.pow(10, exponent), Offset.offset(Math.pow(10, exponent) * 1e-6));
      before = threshold;
    }
  }

  @Test
  void a_rate_that_was_not_measured_is_refused_and_not_guessed() {
    assertThatThrownBy(() -> calibration.thresholdForFmr(1e-7))
        .isInstanceOf(Calibration.UnmeasuredRateException.class)
        .hasMessageContaining("was not measured");
    assertThatThrownBy(() -> calibration.thresholdForFmr(Double.NaN))
        .isInstanceOf(Calibration.UnmeasuredRateException.class);
  }

  @Test
  void the_threshold_of_a_gallery_rises_with_its_size_until_nothing_was_measured() {
    assertThat(calibration.thresholdForFpir(0.01, 1)).isEqualTo(calibration.thresholdForFmr(0.01));
    assertThat(calibration.thresholdForFpir(0.01, 100))
        .isCloseTo(calibration.thresholdForFmr(1.005e-4), Offset.offset(1e-3));
    int largest = calibration.largestGallery(0.01);
    assertThat(largest).isBetween(3000, 3500);
    assertThat(calibration.thresholdForFpir(0.01, largest))
        .isGreaterThan(calibration.thresholdForFpir(0.01, 1000));
    assertThatThrownBy(() -> calibration.thresholdForFpir(0.01, largest + 10))
        .isInstanceOf(Calibration.UnmeasuredRateException.class);
  }
}
