package cn.mingmian.law.facts;

/// Who asked for a remote search.
public enum RequestedBy {
  PERSON,
  INTERESTED_PARTY,
  OPERATOR
}
