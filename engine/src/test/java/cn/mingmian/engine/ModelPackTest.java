package cn.mingmian.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ModelPackTest {
  private static ModelPack with(ModelPack pack, ModelPack.Licence licence) {
    return new ModelPack(
        pack.id(),
        pack.name(),
        pack.origin(),
        licence,
        pack.unproven(),
        pack.neverInstalled(),
        pack.template(),
        pack.calibration(),
        pack.files());
  }

  @Test
  void weights_for_research_only_are_refused_in_operation() {
    ModelPack pack = ModelPack.byDefault();
    ModelPack research =
        with(pack, new ModelPack.Licence("CC-BY-NC-4.0", false, pack.licence().note()));
    assertThatThrownBy(research::forOperation)
        .isInstanceOf(ModelPack.NonCommercialPackException.class)
        .hasMessageContaining("CC-BY-NC-4.0");
    assertThat(pack.forOperation()).isSameAs(pack);
  }

  @Test
  void an_unknown_pack_is_named_beside_those_that_exist() {
    assertThatThrownBy(() -> ModelPack.named("buffalo_l"))
        .isInstanceOf(ModelPack.UnknownPackException.class)
        .hasMessageContaining("buffalo_l")
        .hasMessageContaining("dlib-resnet-1");
  }

  @Test
  void every_pack_has_a_calibration_of_its_own() {
    for (ModelPack pack : ModelPack.known()) {
      assertThat(pack.calibrated().model()).isEqualTo(pack.id());
    }
  }

  @Test
  void a_borrowed_file_lies_with_the_pack_it_belongs_to() {
    ModelPack pack = ModelPack.named("dlib-resnet-1");
    assertThat(pack.lenders()).containsExactly(ModelPack.byDefault());
    assertThat(TestEngine.store().verify(pack))
        .allSatisfy(
            state -> {
              boolean own = state.file().role() == ModelPack.Role.TEMPLATE;
              String folder = own ? pack.id() : ModelPack.byDefault().id();
              assertThat(state.path())
                  .startsWithRaw(TestEngine.store().directory().resolve(folder));
            });
  }
}
