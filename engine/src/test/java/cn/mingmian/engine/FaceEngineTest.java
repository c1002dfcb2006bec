package cn.mingmian.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaceEngineTest {
  private static final CaptureArea ALL = CaptureArea.wholeFrame();
  private FaceEngine engine;

  @BeforeEach
  void models() {
    engine = TestEngine.shared();
  }

  private FaceTemplate template(String photo, UseCase use) {
    Analysis analysis = engine.analyse(TestEngine.photo(photo), use, ALL);
    assertThat(analysis).as(photo).isInstanceOf(Analysis.OneFace.class);
    return ((Analysis.OneFace) analysis).template();
  }

  @Test
  void recognises_a_person_on_another_day_and_tells_others_apart() {
    double threshold = engine.pack().calibrated().thresholdForFmr(1e-4);
    try (FaceTemplate enrolled = template("images/p01/enrol.jpg", UseCase.ENROLMENT);
        FaceTemplate later = template("images/p01/day1.jpg", UseCase.PROBE);
        FaceTemplate other = template("images/p22/day1.jpg", UseCase.PROBE)) {
      assertThat(enrolled.similarity(later)).isGreaterThan(threshold + 0.1);
      assertThat(enrolled.similarity(other)).isLessThan(threshold);
      assertThat(enrolled.similarity(enrolled))
          .isCloseTo(1, org.assertj.core.data.Offset.offset(1e-5));
    }
  }
}
