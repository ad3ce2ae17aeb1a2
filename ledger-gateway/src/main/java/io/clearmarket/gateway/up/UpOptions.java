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
    private static final int HIGHEST_PORT = 65_535;

    /** {@link UpException} naming the option, if there is no such port, or two parts have the same. */
    public UpOptions {
        requirePort(port, "--port");
        requirePort(networkPort, "--network-port");
        requirePort(chainPort, "--chain-port");
        if (lan != null) {
            requirePort(lan.port(), "--lan-port");
        }
        if (port == chainPort && port != 0) {
            throw new UpException("--port and --chain-port are both " + port + "; choose another for one of them");
        }
    }

    private static void requirePort(int port, String option) {
        if (port < 0 || port > HIGHEST_PORT) {
            throw new UpException(option + " is " + port + "; a port is a number from 1 to " + HIGHEST_PORT
                    + ", or 0 for one that is free");
        }
    }

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

    /** The same, with a port that is free at this moment in place of each 0. */
    UpOptions withChosenPorts() {
        List<Integer> free = Ports.free(4);
        return new UpOptions(
                root,
                data,
                port == 0 ? free.get(0) : port,
                networkPort == 0 ? free.get(1) : networkPort,
                chainPort == 0 ? free.get(2) : chainPort,
                fresh,
                kind,
                nodes,
                lan == null || lan.port() != 0 ? lan : new LanDoor.Asked(lan.address(), free.get(3)));
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
