package io.clearmarket.network.fabric;

import java.util.Optional;

/** In containers by Testcontainers; skipped where there is no Docker engine, or neither Fabric's images nor its binaries. */
class ContainerNetworkTest extends FabricNetworkContract {
    @Override
    Optional<String> unavailable() {
        return ContainerNetwork.unavailable();
    }

    @Override
    FabricNetwork open(FabricConfig config) {
        return ContainerNetwork.start(config);
    }
}
