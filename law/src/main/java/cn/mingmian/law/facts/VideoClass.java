package cn.mingmian.law.facts;

/// VIDEO-REG's two kinds of public place, or neither.
public enum VideoClass {
  ART7,
  ART9,
  NON_PUBLIC
}
