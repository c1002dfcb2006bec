package cn.mingmian.engine;

import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The front door: a photo goes in, what can be said about the face in it comes out.
///
/// Thread-safe. A fixed number of photos is worked on side by side, on the callers' own threads; a
/// further caller waits, at most ten seconds. Models are loaded once and shared.
public final class FaceEngine implements AutoCloseable {
  /// A probe's face must be this many times as high as the next one for that one to be a bystander.
  private static final double SERVED_OVER_BYSTANDER = 2;

  /// In pixels; nothing can be recognised below it, and alignment needs some distance.
  private static final double SMALLEST_EYE_DISTANCE = 4;

  /// A permit lives ten seconds: who waited longer for a worker could not use the answer.
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  private final ModelPack pack;
  private final EngineSettings settings;
  private final PhotoReader reader;
  private final Map<ModelPack.Role, Net> nets = new EnumMap<>(ModelPack.Role.class);
  private final List<Workbench> benches = new ArrayList<>();
  private final BlockingQueue<Workbench> free;
  private final AtomicLong templatesMade = new AtomicLong();
  private volatile boolean closed;

  private FaceEngine(ModelStore store, ModelPack pack, EngineSettings settings) {
    this.pack = pack;
    this.settings = settings;
    this.reader = new PhotoReader(settings.largestPhoto(), settings.mostPixels());
    this.free = new ArrayBlockingQueue<>(settings.workers());
    for (ModelPack.Role role : ModelPack.Role.values()) {
      byte[] model = pack.onnx(role, store.load(pack, role));
      OnnxWeights.flushTiny(model);
      nets.put(role, new Net(role, model));
    }
    for (int i = 0; i < settings.workers(); i++) {
      benches.add(
          new Workbench(
              pack,
              net(ModelPack.Role.DETECTOR),
              net(ModelPack.Role.LANDMARKS),
              net(ModelPack.Role.TEMPLATE),
              net(ModelPack.Role.LIVENESS)));
    }
    free.addAll(benches);
  }

  private Net net(ModelPack.Role role) {
    return Objects.requireNonNull(nets.get(role));
  }

  /// Loads the pack's models; each is checked against its pinned SHA-256 first.
  ///
  /// @throws ModelStore.ModelPackException if a model is absent or not the pinned file
  public static FaceEngine open(ModelStore store, ModelPack pack, EngineSettings settings) {
    return new FaceEngine(store, pack, settings);
  }

  public ModelPack pack() {
    return pack;
  }

  /// How many templates this engine has ever made: what a test counts to show that faces which may
  /// not be looked at never become one.
  public long templatesMade() {
    return templatesMade.get();
  }

  /// Decodes a photo within the limits of the settings. The caller closes the frame.
  ///
  /// @param photo JPEG, PNG, BMP or WebP; not changed, not kept
  public Photo decode(byte[] photo) {
    return withBench(bench -> reader.read(photo));
  }

  /// Decodes and analyses a photo, and destroys the frame.
  public Analysis analyse(byte[] photo, UseCase use, CaptureArea area) {
    // Decoding counts as work, too: however many callers wait, no more frames than workers exist.
    return withBench(
        bench ->
            switch (reader.read(photo)) {
              case Unreadable unreadable -> unreadable;
              case Frame frame -> {
                try (frame) {
                  yield analyse(bench, frame, use, area);
                }
              }
            });
  }

  /// Every face of the frame with its landmarks, best score first; no template is made.
  public List<Face> faces(Frame frame) {
    return withBench(
        bench -> bench.detect(frame).stream().map(face -> bench.landmarks(frame, face)).toList());
  }

  /// What can be said about the one face that is meant. Faces outside the area, and bystanders, are
  /// dropped before anything but their position is known.
  public Analysis analyse(Frame frame, UseCase use, CaptureArea area) {
    return withBench(bench -> analyse(bench, frame, use, area));
  }

  private Analysis analyse(Workbench bench, Frame frame, UseCase use, CaptureArea area) {
    List<Face> seen = bench.detect(frame);
    List<Face> near =
        seen.stream().filter(face -> area.holds(face, frame.width(), frame.height())).toList();
    List<Face> meant = meant(near, frame, use);
    int dropped = seen.size() - meant.size();
    if (meant.isEmpty()) return new Analysis.NoFace(dropped);
    if (meant.size() > 1) return new Analysis.SeveralFaces(meant, dropped);

    Face face = bench.landmarks(frame, meant.getFirst());
    // Landmarks on one spot, or none at all (NaN): the detector took something else for a face.
    if (!(face.interEyeDistance() >= SMALLEST_EYE_DISTANCE))
      return new Analysis.NoFace(seen.size());
    Quality quality = QualityChecks.assess(frame, face, bench.align(frame, face), use);
    if (!quality.failed().isEmpty()) return new Analysis.PoorQuality(face, quality);

    Liveness liveness = Liveness.NOT_ASKED;
    if (use != UseCase.EVALUATION) {
      liveness = new Liveness(bench.liveness(frame, face), settings.liveBar());
      if (!liveness.live()) return new Analysis.SpoofSuspected(face, quality, liveness);
    }
    FaceTemplate template = bench.template();
    templatesMade.incrementAndGet();
    return new Analysis.OneFace(template, face, quality, liveness, dropped);
  }

  /// Which faces are meant: at enrolment all, at the door the one that stands in front.
  private static List<Face> meant(List<Face> faces, Frame frame, UseCase use) {
    if (faces.size() < 2) return faces;
    return switch (use) {
      case ENROLMENT -> faces;
      case PROBE -> {
        List<Face> byHeight =
            faces.stream()
                .sorted(Comparator.comparingDouble((Face face) -> face.box().height()).reversed())
                .toList();
        Face first = byHeight.getFirst();
        yield first.box().height() >= SERVED_OVER_BYSTANDER * byHeight.get(1).box().height()
            ? List.of(first)
            : faces;
      }
      case EVALUATION -> {
        Point middle = new Point(frame.width() / 2.0, frame.height() / 2.0);
        yield List.of(
            faces.stream()
                .min(
                    Comparator.comparingDouble(
                        face ->
                            Math.hypot(
                                face.box().centre().x() - middle.x(),
                                face.box().centre().y() - middle.y())))
                .orElseThrow());
      }
    };
  }

  /// Lends a worker for one photo, and zeroes it afterwards.
  <R> R withBench(Function<Workbench, R> work) {
    @Nullable Workbench bench = null;
    long begun = System.nanoTime();
    try {
      while (bench == null) {
        if (closed) throw new EngineUnavailableException("the engine is closed");
        if (System.nanoTime() - begun > LONGEST_WAIT.toNanos()) {
          throw new EngineUnavailableException(
              "all %d workers were busy for %s: try again, or give the engine more workers"
                  .formatted(settings.workers(), LONGEST_WAIT));
        }
        bench = free.poll(50, TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineUnavailableException("interrupted while waiting for a free worker");
    }
    try {
      if (closed) throw new EngineUnavailableException("the engine is closed");
      return work.apply(bench);
    } finally {
      bench.erase();
      free.add(bench);
    }
  }

  /// How long the models alone take for this frame: one detection, two landmark passes, liveness
  /// and
  /// template, run back to back on inputs that lie ready. What everything around them is measured
  /// by.
  ///
  /// @return nanoseconds of this thread's processor time; empty if no face was found
  public OptionalLong bareInference(Frame frame) {
    return withBench(bench -> bench.bareInference(frame));
  }

  /// Everything in which a worker keeps pixels or template values, for a test that looks.
  List<MemorySegment> memoryOfWorkers() {
    return benches.stream().flatMap(bench -> bench.memory().stream()).toList();
  }

  /// Waits for photos under work, then frees models and memory. Closing again does nothing.
  @Override
  public synchronized void close() {
    if (closed) return;
    closed = true;
    try {
      for (int i = 0; i < benches.size(); i++) free.take().close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineUnavailableException("interrupted while closing: some models stay loaded");
    }
    nets.values().forEach(Net::close);
  }

  /// The engine is closed or overloaded, or the caller's thread was interrupted while it waited.
  public static final class EngineUnavailableException extends RuntimeException {
    EngineUnavailableException(String message) {
      super(message);
    }
  }
}
