package io.clearmarket.network.fabric;

import java.util.Optional;

/** With a Docker engine, compose and Fabric's images; skipped where one of them is missing. */
class ComposeNetworkTest extends FabricNetworkContract {
    @Override
    Optional<String> unavailable() {
        return FabricNetwork.composeUnavailable(ComposeImages.configured());
    }

    @Override
    FabricNetwork open(FabricConfig config) {
        return FabricNetwork.startCompose(config, ComposeImages.configured(), step -> {});
    }
}
