package io.clearmarket.chaincode.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** How many elements a list has; the chaincode requires it, and descriptions of the API read it here. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Count {
    /** The fewest. */
    int least() default 0;

    /** The most. */
    int most();
}
