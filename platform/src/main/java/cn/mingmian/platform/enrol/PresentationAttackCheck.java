package cn.mingmian.platform.enrol;

import cn.mingmian.engine.Analysis;
import cn.mingmian.engine.CaptureArea;
import cn.mingmian.engine.FaceEngine;
import cn.mingmian.engine.UseCase;
import cn.mingmian.law.facts.Control;
import cn.mingmian.platform.controls.SelfCheck;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Attacks the engine with a picture of a printed face, which must be suspected, and shows it the
/// same invented person alive, who must not be. Both pictures are rendered and show nobody.
public final class PresentationAttackCheck implements SelfCheck {
  private final Supplier<FaceEngine> engine;

  public PresentationAttackCheck(Supplier<FaceEngine> engine) {
    this.engine = engine;
  }

  @Override
  public Control family() {
    return Control.INTRUSION_DETECTION;
  }

  @Override
  public String name() {
    return "presentation-attack";
  }

  @Override
  public Outcome run() {
    String attack = seen("canary-print.jpg");
    String live = seen("canary-live.jpg");
    boolean held = attack.equals("SpoofSuspected") && live.equals("OneFace");
    return new Outcome(held, "printed face: %s; live face: %s".formatted(attack, live));
  }

  private String seen(String picture) {
    try (Analysis seen =
        engine.get().analyse(bytes(picture), UseCase.PROBE, CaptureArea.wholeFrame())) {
      return seen.getClass().getSimpleName();
    }
  }

  private static byte[] bytes(String picture) {
    try (@Nullable InputStream in = PresentationAttackCheck.class.getResourceAsStream(picture)) {
      if (in == null)
        throw new IllegalStateException("picture `%s` is not in the program".formatted(picture));
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("picture `%s`".formatted(picture), e);
    }
  }
}
