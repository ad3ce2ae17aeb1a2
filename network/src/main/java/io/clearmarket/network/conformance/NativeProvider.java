package io.clearmarket.network.conformance;

import io.clearmarket.network.fabric.FabricNetwork;
import io.clearmarket.network.fabric.node.FabricBinaries;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** {@code native}: Fabric's own peers and orderer, as processes of this machine. */
public final class NativeProvider implements NetworkProvider {
    /** For {@link java.util.ServiceLoader}. */
    public NativeProvider() {}

    @Override
    public String name() {
        return "native";
    }

    @Override
    public Optional<String> unavailable() {
        return FabricBinaries.present()
                ? Optional.empty()
                : Optional.of("Fabric's peer and orderer are neither in " + FabricBinaries.VARIABLE + " nor on PATH");
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.allOf(Capability.class);
    }

    @Override
    public NetworkUnderTest start(NetworkPlan plan) {
        return FabricUnderTest.start(
                plan, config -> FabricNetwork.startNative(config, FabricBinaries.find(), step -> {}));
    }
}
