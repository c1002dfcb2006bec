package cn.mingmian.vault;

/// The model, in one version, that made a template. Templates of two models are never compared.
///
/// @param name  1 to 200 bytes of UTF-8
/// @param version  1 to 200 bytes of UTF-8
public record ModelId(String name, String version) {
  public ModelId {
    Binding.checkText("model name", name);
    Binding.checkText("model version", version);
  }

  @Override
  public String toString() {
    return name + "@" + version;
  }
}
