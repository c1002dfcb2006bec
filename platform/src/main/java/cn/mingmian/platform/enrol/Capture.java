package cn.mingmian.platform.enrol;

import cn.mingmian.engine.Analysis;
import cn.mingmian.engine.Calibration;
import cn.mingmian.engine.CaptureArea;
import cn.mingmian.engine.FaceEngine;
import cn.mingmian.engine.Point;
import cn.mingmian.engine.UseCase;
import cn.mingmian.law.facts.Verb;
import cn.mingmian.platform.audit.Statement;
import cn.mingmian.platform.defence.Defence;
import cn.mingmian.platform.defence.Signal;
import cn.mingmian.platform.models.ModelOrigin;
import cn.mingmian.platform.permit.Measured;
import cn.mingmian.platform.permit.Permit;
import cn.mingmian.platform.permit.Session;
import cn.mingmian.platform.permit.Subject;
import cn.mingmian.platform.places.Places;
import cn.mingmian.platform.templates.Model;
import java.util.Optional;
import java.util.function.Supplier;

/// Takes a face out of a photo: the only place of the product where that happens, and it takes a
/// permit. Thread-safe.
public final class Capture {
  private final Supplier<FaceEngine> engine;
  private final Places places;
  private final ModelOrigin origin;
  private final Defence defence;

  /// @param engine may load its models when first asked
  public Capture(Supplier<FaceEngine> engine, Places places, ModelOrigin origin, Defence defence) {
    this.engine = engine;
    this.places = places;
    this.origin = origin;
    this.defence = defence;
  }

  /// Looks at a photo; the frame is destroyed, the caller closes what is returned.
  ///
  /// @param permit for `CAPTURE` in this session
  /// @throws cn.mingmian.platform.records.RejectedRecordException `model-origin-undecided`; the
  ///     photo was not looked at
  public Analysis look(Permit permit, Session session, byte[] photo, UseCase use) {
    permit.use(
        Verb.CAPTURE, session.purpose(), Subject.session(session.id()), session.checkpoint());
    origin.requireDecided();
    Analysis seen = engine.get().analyse(photo, use, area(session));
    boolean told = false;
    try {
      boolean spoof = seen instanceof Analysis.SpoofSuspected;
      if (spoof || seen instanceof Analysis.OneFace) {
        defence.see(new Signal.Looked(session.checkpoint(), spoof));
      }
      told = true;
      return seen;
    } finally {
      if (!told) seen.close();
    }
  }

  /// law| MEASURES-2025/13.1: the area that was approved for the device; faces outside of it are
  /// dropped before anything but their position is known.
  private CaptureArea area(Session session) {
    return places
        .checkpoint(session.checkpoint())
        .flatMap(checkpoint -> places.captureArea(checkpoint.device()))
        .map(Statement::body)
        .map(
            drawn ->
                new CaptureArea(
                    drawn.corners().stream().map(c -> new Point(c.x(), c.y())).toList(),
                    drawn.smallestFaceHeight()))
        // Where the law asks for no area, the rulebook let the question pass without one.
        .orElseGet(CaptureArea::wholeFrame);
  }

  /// What was measured, as far as the law asks for it.
  public Measured measured(Analysis seen) {
    String by = model().toString();
    return switch (seen) {
      // The engine drops faces outside the area before it looks closer: one that it judged lay
      // inside.
      case Analysis.OneFace one ->
          new Measured(
              by, Optional.of(one.liveness().live()), one.liveness().bar(), Optional.of(true));
      case Analysis.SpoofSuspected spoof ->
          new Measured(
              by, Optional.of(spoof.liveness().live()), spoof.liveness().bar(), Optional.of(true));
      default -> new Measured(by, Optional.empty(), 0, Optional.empty());
    };
  }

  /// The model that makes the templates.
  public Model model() {
    String id = engine.get().pack().id();
    return new Model(id, engine.get().pack().origin().version());
  }

  /// Which threshold gives which error rate with that model.
  public Calibration calibration() {
    return engine.get().pack().calibrated();
  }
}
