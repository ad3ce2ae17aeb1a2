package io.clearmarket.network.conformance;

import java.util.Optional;
import java.util.Set;

/**
 * A kind of network, found by its name with {@link java.util.ServiceLoader} (list it in {@code
 * META-INF/services/io.clearmarket.network.conformance.NetworkProvider}).
 */
public interface NetworkProvider {
    /** What {@code --network} calls it: {@code embedded}, {@code native} or {@code compose}. */
    String name();

    /** Why no such network can be started on this machine; empty if it can. */
    Optional<String> unavailable();

    /** What these networks can do beyond the plan's minimum. */
    Set<Capability> capabilities();

    /** Starts one as planned; returns when its channel and chaincode definitions are on both peers. */
    NetworkUnderTest start(NetworkPlan plan) throws Exception;
}
