package cn.mingmian.law.facts;

/// Who put the device up.
public enum Installer {
  GOVERNMENT,
  RESPONSIBLE_MANAGER,
  OTHER
}
