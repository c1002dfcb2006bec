package cn.mingmian.law;

import java.util.List;

/// The short answer: whether, and which rules say no. Immutable.
///
/// @param violated  ids of every violated rule, hardest law first; empty unless refused
public record Verdict(Outcome outcome, List<String> violated) {}
