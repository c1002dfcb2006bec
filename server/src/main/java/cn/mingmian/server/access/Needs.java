package cn.mingmian.server.access;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The scope without which an operation is not possible. Every operation under `/v1` carries this
/// or [Open]; a test holds that.
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Needs {
  /// Any one of these is enough.
  Scope[] value();
}
