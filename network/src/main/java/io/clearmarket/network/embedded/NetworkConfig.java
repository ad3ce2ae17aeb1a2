package io.clearmarket.network.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an embedded network is made of.
 *
 * @param dataDirectory where everything is kept; a network is found again there
 * @param channel the one channel
 * @param peerPorts port of each organisation's peer by MSP id, in the order of preference; 0 takes any free one
 * @param ordererPort port of the orderer; 0 takes any free one
 * @param host address to listen on
 * @param chaincodes defined on the channel at start
 * @param batch when blocks are cut
 * @param executeTimeout how long a chaincode may take
 */
public record NetworkConfig(
        Path dataDirectory,
        String channel,
        Map<String, Integer> peerPorts,
        int ordererPort,
        String host,
        List<ChaincodeConfig> chaincodes,
        Batch batch,
        Duration executeTimeout) {

    /** The organisations of every sample network: the market's operator, the sellers' association, the auditors. */
    public static final List<String> DEFAULT_ORGANIZATIONS = List.of("PlatformMSP", "MerchantsMSP", "AuditMSP");

    /** The ordering organisation. */
    public static final String ORDERER_MSP = "OrdererMSP";

    /**
     * Block cutting, Fabric's BatchSize and BatchTimeout. They are written into block 0 and stay as they were founded.
     *
     * @param timeout how long a block's first transaction waits for others
     * @param maxMessages transactions in a block
     * @param preferredBytes blocks stay below, but for a single larger transaction
     * @param absoluteBytes a larger transaction is refused
     */
    public record Batch(Duration timeout, int maxMessages, int preferredBytes, int absoluteBytes) {
        /** Short blocks, for development: 20 ms, 500 transactions, 2 MB, 10 MB. */
        public static final Batch QUICK = new Batch(Duration.ofMillis(20), 500, 2 << 20, 10 << 20);

        public Batch withTimeout(Duration other) {
            return new Batch(other, maxMessages, preferredBytes, absoluteBytes);
        }

        public Batch withMaxMessages(int other) {
            return new Batch(timeout, other, preferredBytes, absoluteBytes);
        }
    }

    public NetworkConfig {
        if (peerPorts.isEmpty() || peerPorts.containsKey(ORDERER_MSP)) {
            throw new IllegalArgumentException(
                    "a network needs at least one organisation, none of them named " + ORDERER_MSP);
        }
        peerPorts = Collections.unmodifiableMap(new LinkedHashMap<>(peerPorts));
        peerPorts.keySet().forEach(NetworkConfig::requireMspId);
        chaincodes = List.copyOf(chaincodes);
        for (ChaincodeConfig chaincode : chaincodes) {
            requireOwnServers(chaincode, peerPorts.keySet().stream().toList());
        }
    }

    /** The organisations that run peers, in order. */
    public List<String> mspIds() {
        return List.copyOf(peerPorts.keySet());
    }

    private static void requireMspId(String mspId) {
        if (!mspId.matches("[A-Za-z0-9][A-Za-z0-9.-]{0,63}")) {
            throw new IllegalArgumentException("'" + mspId + "' is not an MSP id: letters, digits, '.' and '-'");
        }
    }

    private static void requireOwnServers(ChaincodeConfig chaincode, List<String> mspIds) {
        for (String mspId : chaincode.servers().keySet()) {
            if (!mspIds.contains(mspId)) {
                throw new IllegalArgumentException(
                        "chaincode " + chaincode.name() + " has a server for " + mspId + ", which runs no peer here");
            }
        }
        if (chaincode.servers().values().stream().distinct().count()
                < chaincode.servers().size()) {
            throw new IllegalArgumentException("chaincode " + chaincode.name()
                    + " has one server for several peers: the shim loses calls then, give each its own");
        }
    }

    /** A network in this directory: three organisations, channel {@code market}, free ports, quick blocks. */
    public static Builder in(Path dataDirectory) {
        return new Builder(dataDirectory);
    }

    /** Collects what differs from the usual. */
    public static final class Builder {
        private final Path dataDirectory;
        private final Map<String, Integer> peerPorts = new LinkedHashMap<>();
        private final List<ChaincodeConfig> chaincodes = new ArrayList<>();
        private String channel = "market";
        private String host = "127.0.0.1";
        private int ordererPort;
        private Batch batch = Batch.QUICK;
        private Duration executeTimeout = Duration.ofSeconds(30);

        private Builder(Path dataDirectory) {
            this.dataDirectory = dataDirectory;
        }

        public Builder channel(String name) {
            this.channel = name;
            return this;
        }

        /** Adds an organisation; the first one added replaces the default three. */
        public Builder organization(String mspId, int peerPort) {
            peerPorts.put(mspId, peerPort);
            return this;
        }

        /** The default organisations on ports from this one: the orderer's first, then the peers'. */
        public Builder basePort(int port) {
            ordererPort = port;
            for (int i = 0; i < DEFAULT_ORGANIZATIONS.size(); i++) {
                peerPorts.put(DEFAULT_ORGANIZATIONS.get(i), port == 0 ? 0 : port + 1 + i);
            }
            return this;
        }

        public Builder ordererPort(int port) {
            this.ordererPort = port;
            return this;
        }

        public Builder host(String address) {
            this.host = address;
            return this;
        }

        public Builder chaincode(ChaincodeConfig chaincode) {
            chaincodes.add(chaincode);
            return this;
        }

        public Builder batch(Batch rules) {
            this.batch = rules;
            return this;
        }

        public Builder executeTimeout(Duration timeout) {
            this.executeTimeout = timeout;
            return this;
        }

        /** @throws IllegalArgumentException saying what does not fit together */
        public NetworkConfig build() {
            if (peerPorts.isEmpty()) {
                DEFAULT_ORGANIZATIONS.forEach(mspId -> peerPorts.put(mspId, 0));
            }
            return new NetworkConfig(
                    dataDirectory, channel, peerPorts, ordererPort, host, chaincodes, batch, executeTimeout);
        }
    }
}
