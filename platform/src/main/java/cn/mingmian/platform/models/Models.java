package cn.mingmian.platform.models;

import cn.mingmian.engine.Calibration;
import cn.mingmian.engine.ModelPack;
import cn.mingmian.engine.ModelStore;
import cn.mingmian.engine.Sentence;
import cn.mingmian.platform.records.Bilingual;
import cn.mingmian.platform.records.RejectedRecordException;
import cn.mingmian.platform.records.UnknownRecordException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Lists, fetches, imports and checks packs of models. Needs no database. Thread-safe.
public final class Models {
  private final ModelStore store;

  /// @param directory where model files lie, one folder a pack; made when the first is installed
  public Models(Path directory) {
    this.store = new ModelStore(directory);
  }

  /// Where model files lie.
  public Path directory() {
    return store.directory();
  }

  /// Every pack this program knows, the default first; each file is read and hashed.
  public List<ModelCard> cards() {
    return ModelPack.known().stream().map(this::card).toList();
  }

  /// The pack that is used when none is named.
  public ModelCard byDefault() {
    return card(ModelPack.byDefault());
  }

  /// @throws UnknownRecordException if this program knows no such pack
  public ModelCard card(String id) {
    return card(pack(id));
  }

  /// Fetches a pack with the registry's client and installs it; whole or not at all.
  ///
  /// @param npm program name or path of the client, usually `npm`
  /// @throws RejectedRecordException `model-pack-refused`, with what was expected and found, and
  ///     the way without a network
  public ModelCard fetch(String id, String npm) {
    ModelPack pack = pack(id);
    return refusing(pack, () -> store.fetch(pack, npm));
  }

  /// Installs a pack from the registry's archive, for machines without a network.
  ///
  /// @throws RejectedRecordException `model-pack-refused`, with what was expected and found
  public ModelCard importArchive(String id, Path archive) {
    ModelPack pack = pack(id);
    return refusing(pack, () -> store.install(pack, archive));
  }

  private ModelCard refusing(ModelPack pack, Runnable install) {
    try {
      install.run();
    } catch (ModelStore.ModelPackException e) {
      throw new RejectedRecordException("model-pack-refused", String.valueOf(e.getMessage()));
    }
    return card(pack);
  }

  private static ModelPack pack(String id) {
    return ModelPack.known().stream()
        .filter(pack -> pack.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new UnknownRecordException("model-pack", id));
  }

  private ModelCard card(ModelPack pack) {
    Map<String, String> found = new HashMap<>();
    for (ModelStore.FileState state : store.verify(pack)) {
      state.found().ifPresent(hash -> found.put(state.file().fileName(), hash));
    }
    return new ModelCard(
        pack.id(),
        text(pack.name()),
        pack.origin().coordinates(),
        pack.origin().homepage(),
        pack.licence().spdx(),
        pack.licence().commercial(),
        text(pack.licence().note()),
        pack.unproven().stream().map(Models::text).toList(),
        text(pack.neverInstalled()),
        pack.template().dimensions(),
        pack.template().input(),
        calibrated(pack.calibrated()),
        pack.files().stream()
            .map(
                file ->
                    new ModelCard.ModelFile(
                        file.fileName(),
                        file.role().name(),
                        file.bytes(),
                        file.sha256(),
                        Optional.ofNullable(found.get(file.fileName()))))
            .toList());
  }

  private static ModelCard.Calibrated calibrated(Calibration calibration) {
    return new ModelCard.Calibrated(
        calibration.set(),
        calibration.people(),
        calibration.photos(),
        calibration.genuine(),
        calibration.impostor(),
        calibration.measured(),
        calibration.points().stream()
            .map(
                point ->
                    new ModelCard.Point(
                        point.fmr(),
                        point.threshold(),
                        point.fmrLow(),
                        point.fmrHigh(),
                        point.fnmr()))
            .toList());
  }

  static Bilingual text(Sentence sentence) {
    return new Bilingual(sentence.zh(), sentence.en());
  }
}
