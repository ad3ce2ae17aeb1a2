package io.clearmarket.gateway.up;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How to come up.
 *
 * @param root the project's folder, with the modules' built jars
 * @param data where all state lives
 * @param port the gateway's; 0 chooses a free one, likewise below
 * @param networkPort the first of the network's ports
 * @param chainPort the development chain's
 * @param fresh true to begin with nothing
 * @param kind what the ledger runs on; null for what the data folder has, else embedded
 * @param lan the encrypted door to the local network; null, and by default, for none
 */
public record UpOptions(
        Path root,
        Path data,
        int port,
        int networkPort,
        int chainPort,
        boolean fresh,
        @Nullable NetworkKind kind,
        LanDoor.@Nullable Asked lan) {
    Path logs() {
        return data.resolve("logs");
    }

    Path network() {
        return data.resolve("network");
    }

    Path identities() {
        return data.resolve("identities");
    }

    Path attesters() {
        return data.resolve("attesters");
    }

    Path chain() {
        return data.resolve("chain");
    }

    Path gateway() {
        return data.resolve("gateway");
    }

    /** Written once everything is healthy, removed on the way down. */
    Path state() {
        return data.resolve("up.json");
    }
}
