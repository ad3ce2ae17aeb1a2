package io.clearmarket.gateway.up;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
 * @param nodes how many the network has
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
        Nodes nodes,
        LanDoor.@Nullable Asked lan) {
    /**
     * How many nodes Fabric's own network has; null for as it was founded, else one.
     *
     * @param orderers one or three
     * @param peers of each organisation, up to three
     */
    public record Nodes(
            @Nullable Integer orderers, @Nullable Integer peers) {
        /** As founded, else one of each. */
        public static final Nodes USUAL = new Nodes(null, null);

        /** For the network's program; {@link UpException} if the kind has no choice. */
        List<String> arguments(NetworkKind kind) {
            List<String> arguments = new ArrayList<>();
            if (orderers != null) {
                arguments.addAll(List.of("--orderers", orderers.toString()));
            }
            if (peers != null) {
                arguments.addAll(List.of("--peers", peers.toString()));
            }
            if (kind == NetworkKind.EMBEDDED && !arguments.isEmpty()) {
                throw new UpException(
                        "--orderers and --peers are for --network native or compose: the embedded network of up"
                                + " has one orderer and a peer of each organisation");
            }
            return arguments;
        }
    }

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
