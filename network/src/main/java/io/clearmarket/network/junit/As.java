package io.clearmarket.network.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Whose client a test's parameter is. Injected are {@code Gateway}, {@code Network} and {@code Contract} of the
 * fabric-gateway client, {@link NetworkClient}, and {@link io.clearmarket.network.embedded.EmbeddedNetwork}. Without this
 * annotation: a client of the first organisation, and the first chaincode.
 *
 * <pre>
 * &#64;Test
 * void the_buyer_pays(&#64;As(organization = "Org2MSP", user = "buyer") Contract orders) { ... }
 * </pre>
 */
@Documented
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
public @interface As {
    /** MSP id, of the identity as well as of the gateway that is dialled; "" is the first organisation. */
    String organization() default "";

    /** The identity's name; it is issued when it is first asked for. */
    String user() default "user";

    /** Which chaincode, for a {@code Contract}; "" is the first one. */
    String chaincode() default "";
}
