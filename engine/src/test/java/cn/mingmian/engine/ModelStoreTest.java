package cn.mingmian.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelStoreTest {
  private static final ModelPack PACK = ModelPack.byDefault();
  @TempDir Path temp;

  @BeforeEach
  void models() {
    TestEngine.requireModels();
  }

  /// The package as the registry serves it, with whatever else a test puts in.
  private Path archive(Map<String, byte[]> changed) throws IOException {
    Map<String, byte[]> entries = new HashMap<>();
    for (ModelPack.ModelFile file : PACK.files()) {
      entries.put(
          file.entry(),
          Files.readAllBytes(
              TestEngine.store().directory().resolve(PACK.id()).resolve(file.fileName())));
    }
    entries.put("package/model/fr_age.onnx", new byte[] {1, 2, 3});
    entries.put("package/model/fr_gender.onnx", new byte[] {1, 2, 3});
    entries.put("package/model/fr_expression.onnx", new byte[] {1, 2, 3});
    entries.put("package/../../outside.onnx", new byte[] {4});
    entries.putAll(changed);
    Path archive = temp.resolve("package.tgz");
    try (OutputStream file = Files.newOutputStream(archive);
        TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(file))) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        if (entry.getValue().length == 0) continue;
        TarArchiveEntry header = new TarArchiveEntry(entry.getKey(), true);
        header.setSize(entry.getValue().length);
        tar.putArchiveEntry(header);
        tar.write(entry.getValue());
        tar.closeArchiveEntry();
      }
    }
    return archive;
  }

  private static List<String> names(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(path -> path.getFileName().toString())
          .sorted()
          .toList();
    }
  }

  @Test
  void installs_the_listed_models_and_never_those_that_infer_attributes() throws IOException {
    ModelStore store = new ModelStore(temp.resolve("models"));
    assertThat(store.installed(PACK)).isFalse();
    store.install(PACK, archive(Map.of()));
    assertThat(store.installed(PACK)).isTrue();
    assertThat(names(temp.resolve("models")))
        .containsExactly(
            "fr_detect.onnx", "fr_feature.onnx", "fr_landmark.onnx", "fr_liveness.onnx");
    assertThat(temp.resolve("outside.onnx")).doesNotExist();
    store.install(PACK, archive(Map.of()));
    assertThat(store.installed(PACK)).isTrue();
  }

  @Test
  void a_changed_model_is_refused_with_both_hashes_and_nothing_is_left_behind() throws IOException {
    ModelPack.ModelFile model = PACK.file(ModelPack.Role.LIVENESS);
    byte[] changed =
        Files.readAllBytes(
            TestEngine.store().directory().resolve(PACK.id()).resolve(model.fileName()));
    changed[changed.length / 2] ^= 1;
    ModelStore store = new ModelStore(temp.resolve("models"));
    Path archive = archive(Map.of(model.entry(), changed));
    assertThatThrownBy(() -> store.install(PACK, archive))
        .isInstanceOf(ModelStore.ModelPackException.class)
        .hasMessageContaining(model.sha256())
        .hasMessageContaining(model.fileName());
    assertThat(names(temp.resolve("models"))).isEmpty();
  }

  @Test
  void a_model_of_another_size_or_a_missing_one_is_refused() throws IOException {
    String entry = PACK.file(ModelPack.Role.DETECTOR).entry();
    ModelStore store = new ModelStore(temp.resolve("models"));
    Path shorter = archive(Map.of(entry, new byte[] {1, 2}));
    assertThatThrownBy(() -> store.install(PACK, shorter))
        .hasMessageContaining("has 2 bytes, expected 1217758");
    Path missing = archive(Map.of(entry, new byte[0]));
    assertThatThrownBy(() -> store.install(PACK, missing))
        .hasMessageContaining("lacks [" + entry + "]");
  }

  @Test
  void something_else_than_an_archive_is_refused() throws IOException {
    ModelStore store = new ModelStore(temp.resolve("models"));
    Path text = Files.writeString(temp.resolve("text.tgz"), "not an archive");
    assertThatThrownBy(() -> store.install(PACK, text))
        .isInstanceOf(ModelStore.ModelPackException.class);
    assertThatThrownBy(() -> store.install(PACK, temp.resolve("absent.tgz")))
        .hasMessageContaining("is not there");
  }

  @Test
  void an_engine_never_opens_a_model_that_was_changed_on_disk() throws IOException {
    ModelStore store = new ModelStore(temp.resolve("models"));
    store.install(PACK, archive(Map.of()));
    Path feature = store.directory().resolve(PACK.id()).resolve("fr_feature.onnx");
    byte[] bytes = Files.readAllBytes(feature);
    bytes[1000] ^= 1;
    Files.write(feature, bytes);
    assertThat(store.installed(PACK)).isFalse();
    assertThatThrownBy(() -> FaceEngine.open(store, PACK, EngineSettings.defaults()))
        .isInstanceOf(ModelStore.ModelPackException.class)
        .hasMessageContaining("it is not the file that was measured");
    Files.delete(feature);
    assertThatThrownBy(() -> FaceEngine.open(store, PACK, EngineSettings.defaults()))
        .hasMessageContaining("is not installed");
  }

  @Test
  void without_the_registry_client_the_message_names_the_other_way() {
    ModelStore store = new ModelStore(temp.resolve("models"));
    assertThatThrownBy(() -> store.fetch(PACK, temp.resolve("no-such-npm").toString()))
        .isInstanceOf(ModelStore.ModelPackException.class)
        .hasMessageContaining("cannot be started")
        .hasMessageContaining("models import FILE")
        .hasMessageContaining("faceplugin-face-recognition-js@0.0.1");
  }

  @Test
  void without_a_network_the_message_names_the_other_way() throws IOException {
    Path npm =
        Files.writeString(
            temp.resolve("npm"), "#!/bin/sh\necho npm error network request failed\nexit 1\n");
    assertThat(npm.toFile().setExecutable(true)).isTrue();
    ModelStore store = new ModelStore(temp.resolve("models"));
    assertThatThrownBy(() -> store.fetch(PACK, npm.toString()))
        .hasMessageContaining("network request failed")
        .hasMessageContaining("models import FILE");
  }

  @Test
  void fetches_what_the_registry_client_brings() throws IOException {
    Path archive = archive(Map.of());
    Path npm = Files.writeString(temp.resolve("npm"), "#!/bin/sh\ncp '%s' ./\n".formatted(archive));
    assertThat(npm.toFile().setExecutable(true)).isTrue();
    ModelStore store = new ModelStore(temp.resolve("models"));
    store.fetch(PACK, npm.toString());
    assertThat(store.installed(PACK)).isTrue();
  }
}
