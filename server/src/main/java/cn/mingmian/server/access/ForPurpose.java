package cn.mingmian.server.access;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// An operation about one purpose, which asks [Caller#mayUse(String)] for it or shows nothing of
/// any other. Every other operation is closed to keys that are bound to a purpose.
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface ForPurpose {}
