package io.clearmarket.chaincode.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Between what bounds a number lies, or each of a list's; the chaincode requires it, and descriptions of the API read it here. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Within {
    /** The smallest. */
    long least();

    /** The largest. */
    long most() default Long.MAX_VALUE;
}
