package io.clearmarket.network.fabric;

import io.clearmarket.network.fabric.node.FabricBinaries;
import java.util.Optional;

/** With Fabric's binaries in FABRIC_BIN or on PATH; skipped where there are none. */
class NativeNetworkTest extends FabricNetworkContract {
    @Override
    Optional<String> unavailable() {
        return FabricBinaries.present()
                ? Optional.empty()
                : Optional.of("Fabric's peer and orderer are neither in FABRIC_BIN nor on PATH");
    }

    @Override
    FabricNetwork open(FabricConfig config) {
        return FabricNetwork.startNative(config, FabricBinaries.find(), step -> {});
    }
}
