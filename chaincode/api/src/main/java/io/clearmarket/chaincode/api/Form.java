package io.clearmarket.chaincode.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What form a text has, or each of a list's; the chaincode requires it, and descriptions of the API read it here. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Form {
    /** A regular expression for the whole text, which ECMA-262 reads alike. */
    String value();
}
