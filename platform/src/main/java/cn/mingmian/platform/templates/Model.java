package cn.mingmian.platform.templates;

/// The model, in one version, that makes templates. Those of two models are never compared.
public record Model(String name, String version) {
  @Override
  public String toString() {
    return name + "@" + version;
  }
}
