package cn.mingmian.law.deadlines;

import java.net.URI;

/// A notice of the General Office of the State Council that sets days off and make-up days.
/// Immutable.
///
/// @param reference  its number, such as `国办发明电〔2025〕7号`
/// @param source  where it was read
public record Notice(String reference, URI source) {}
