package cn.mingmian.vault;

/// A template found by a search.
///
/// @param cosine  -1 to 1, computed in double from the sealed floats
public record Hit(TemplateId template, double cosine) {}
