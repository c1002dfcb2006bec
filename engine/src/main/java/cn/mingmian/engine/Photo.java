package cn.mingmian.engine;

/// What decoding gives: a [Frame], or the reason why there is none.
public sealed interface Photo permits Frame, Unreadable {}
