package io.clearmarket.network.fabric;

import io.clearmarket.network.embedded.NetworkConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What a real Fabric network is made of. Channel, organisations, number of orderers and block rules are founded for good; peers may be added.
 *
 * @param dataDirectory where everything is kept; a network is found again there
 * @param channels one or more, all with all organisations; the first is the market's
 * @param mspIds the organisations that run peers
 * @param peersPerOrganization one, or more; no fewer than there are
 * @param orderers one, or three
 * @param basePort the first of the ports; 0 takes free ones. A network keeps the ports that it was founded with
 * @param batch when blocks are cut
 * @param executeTimeout how long a chaincode may take
 * @param patience how long a single step may take before it counts as failed
 */
public record FabricConfig(
        Path dataDirectory,
        List<String> channels,
        List<String> mspIds,
        int peersPerOrganization,
        int orderers,
        int basePort,
        NetworkConfig.Batch batch,
        Duration executeTimeout,
        Duration patience) {
    private static final int MOST_PEERS = 3;

    public FabricConfig {
        channels = List.copyOf(channels);
        mspIds = List.copyOf(mspIds);
        if (channels.isEmpty()) {
            throw new IllegalArgumentException("a network needs at least one channel");
        }
        if (mspIds.isEmpty() || mspIds.contains(NetworkConfig.ORDERER_MSP)) {
            throw new IllegalArgumentException(
                    "a network needs at least one organisation, none of them named " + NetworkConfig.ORDERER_MSP);
        }
        if (orderers != 1 && orderers != 3) {
            throw new IllegalArgumentException("one orderer or three, not " + orderers);
        }
        if (peersPerOrganization < 1 || peersPerOrganization > MOST_PEERS) {
            throw new IllegalArgumentException(
                    "one to " + MOST_PEERS + " peers an organisation, not " + peersPerOrganization);
        }
    }

    /** Three organisations with a peer each, one orderer, channel {@code market}, quick blocks. */
    public static FabricConfig in(Path dataDirectory) {
        return new FabricConfig(
                dataDirectory.toAbsolutePath().normalize(),
                List.of("market"),
                NetworkConfig.DEFAULT_ORGANIZATIONS,
                1,
                1,
                0,
                NetworkConfig.Batch.QUICK,
                Duration.ofSeconds(30),
                Duration.ofMinutes(2));
    }

    /** The first of the channels. */
    public String channel() {
        return channels.getFirst();
    }

    public FabricConfig withChannels(List<String> names) {
        return new FabricConfig(
                dataDirectory,
                names,
                mspIds,
                peersPerOrganization,
                orderers,
                basePort,
                batch,
                executeTimeout,
                patience);
    }

    public FabricConfig withOrganizations(List<String> others) {
        return new FabricConfig(
                dataDirectory,
                channels,
                others,
                peersPerOrganization,
                orderers,
                basePort,
                batch,
                executeTimeout,
                patience);
    }

    /** Another number of nodes. */
    public FabricConfig withNodes(int peersOfEach, int ordererCount) {
        return new FabricConfig(
                dataDirectory, channels, mspIds, peersOfEach, ordererCount, basePort, batch, executeTimeout, patience);
    }

    /** With as many nodes as the directory's network has; the same if there is none yet. */
    public FabricConfig withNodesAsFounded() {
        return NodePlan.founded(dataDirectory)
                .map(founded -> withNodes(
                        founded.peers().size() / mspIds.size(),
                        founded.orderers().size()))
                .orElse(this);
    }

    public FabricConfig withBasePort(int port) {
        return new FabricConfig(
                dataDirectory, channels, mspIds, peersPerOrganization, orderers, port, batch, executeTimeout, patience);
    }

    public FabricConfig withBatch(NetworkConfig.Batch rules) {
        return new FabricConfig(
                dataDirectory,
                channels,
                mspIds,
                peersPerOrganization,
                orderers,
                basePort,
                rules,
                executeTimeout,
                patience);
    }

    public FabricConfig withExecuteTimeout(Duration timeout) {
        return new FabricConfig(
                dataDirectory, channels, mspIds, peersPerOrganization, orderers, basePort, batch, timeout, patience);
    }
}
