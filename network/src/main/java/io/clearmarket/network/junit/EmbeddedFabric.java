package io.clearmarket.network.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs a test class against a Fabric network in this process, with chaincode deployed from classes; parameters are injected
 * as {@link As} says.
 *
 * <pre>
 * &#64;EmbeddedFabric(chaincode = &#64;Deploy(name = "assets", type = AssetContract.class))
 * class AssetsTest {
 *     &#64;Test
 *     void an_asset_has_an_owner(Contract assets) throws Exception { ... }
 * }
 * </pre>
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(EmbeddedFabricExtension.class)
public @interface EmbeddedFabric {
    /** How long a network is kept. */
    enum Reuse {
        /** A new network for each test. */
        TEST,
        /** One for all tests of the class, nested classes included. */
        CLASS,
        /** One for every class with an equal annotation, closed when the last test of the run has ended. */
        SUITE
    }

    /** The chaincodes on the channel. */
    Deploy[] chaincode();

    /** MSP ids of the organisations, one peer each; empty for the library's three. */
    String[] organizations() default {};

    /** The channel's name. */
    String channel() default "market";

    /** How long a block waits for a second transaction, in milliseconds. Fabric's usual value is 2000. */
    long batchTimeoutMillis() default 20;

    /** How long the network is kept. */
    Reuse reuse() default Reuse.CLASS;
}
