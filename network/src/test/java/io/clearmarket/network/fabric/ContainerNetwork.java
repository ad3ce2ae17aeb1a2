package io.clearmarket.network.fabric;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** Fabric's own nodes in containers that Testcontainers manages. */
public final class ContainerNetwork {
    private ContainerNetwork() {}

    /** Why there can be none on this machine; empty if there can. */
    public static Optional<String> unavailable() {
        return FabricImages.unavailable();
    }

    /** Starts one, or the one that is in the directory. */
    public static FabricNetwork start(FabricConfig config) {
        DirectoryLock lock = DirectoryLock.take(config.dataDirectory());
        try {
            NodePlan plan = NodePlan.open(config);
            ComposeImages images = FabricImages.get();
            return FabricNetwork.start(
                    config, plan, new ContainerRunner(images, config.dataDirectory(), plan, lock), step -> {});
        } catch (IOException e) {
            lock.close();
            throw new UncheckedIOException(e);
        } catch (RuntimeException | Error failure) {
            lock.close();
            throw failure;
        }
    }
}
