package cn.mingmian.engine;

/// A point of an image; the unit (pixels, or fractions of width and height) is said where it is
/// used.
public record Point(double x, double y) {}
