package io.clearmarket.network.junit;

import io.clearmarket.network.embedded.ChaincodeConfig;
import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A chaincode of an {@link EmbeddedFabric} network. */
@Documented
@Target({})
@Retention(RetentionPolicy.RUNTIME)
public @interface Deploy {
    /** Its name on the channel. */
    String name();

    /**
     * A {@code ContractInterface} class with {@code @Contract}, or any {@code Chaincode} with a public constructor without
     * parameters. Each peer gets an instance of its own.
     */
    Class<?> type();

    /** Endorsement policy: signature policy text, or a channel policy's path. The default is a majority of organisations. */
    String policy() default ChaincodeConfig.MAJORITY_POLICY;
}
