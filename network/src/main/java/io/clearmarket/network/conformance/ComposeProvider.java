package io.clearmarket.network.conformance;

import io.clearmarket.network.fabric.ComposeImages;
import io.clearmarket.network.fabric.FabricNetwork;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** {@code compose}: Fabric's own peers and orderer, in containers. */
public final class ComposeProvider implements NetworkProvider {
    /** For {@link java.util.ServiceLoader}. */
    public ComposeProvider() {}

    @Override
    public String name() {
        return "compose";
    }

    @Override
    public Optional<String> unavailable() {
        return FabricNetwork.composeUnavailable(ComposeImages.configured());
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.allOf(Capability.class);
    }

    @Override
    public NetworkUnderTest start(NetworkPlan plan) {
        return FabricUnderTest.start(
                plan, config -> FabricNetwork.startCompose(config, ComposeImages.configured(), step -> {}));
    }
}
