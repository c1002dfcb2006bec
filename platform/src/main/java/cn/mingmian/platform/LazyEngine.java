package cn.mingmian.platform;

import cn.mingmian.engine.EngineSettings;
import cn.mingmian.engine.FaceEngine;
import cn.mingmian.engine.ModelPack;
import cn.mingmian.engine.ModelStore;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The face engine, loaded when it is first asked for. Thread-safe.
final class LazyEngine implements Supplier<FaceEngine>, AutoCloseable {
  private final ModelStore store;
  private final ModelPack pack;
  private final EngineSettings settings = EngineSettings.defaults();
  private @Nullable FaceEngine engine;
  private boolean closed;

  LazyEngine(ModelStore store, ModelPack pack) {
    this.store = store;
    this.pack = pack;
  }

  @Override
  public synchronized FaceEngine get() {
    if (closed) throw new IllegalStateException("the engine is closed");
    FaceEngine loaded = engine;
    if (loaded == null) {
      loaded = FaceEngine.open(store, pack, settings);
      engine = loaded;
    }
    return loaded;
  }

  /// What of the engine an impact assessment rests on; known without loading a model.
  Map<String, String> settings() {
    return Map.of("model", pack.id(), "liveBar", Double.toString(settings.liveBar()));
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (engine != null) engine.close();
  }
}
