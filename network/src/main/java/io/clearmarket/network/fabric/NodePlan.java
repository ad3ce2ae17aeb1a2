package io.clearmarket.network.fabric;

import io.clearmarket.network.FreePorts;
import io.clearmarket.network.embedded.NetworkConfig;
import io.clearmarket.network.embedded.NetworkException;
import io.clearmarket.wallet.PrivateFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Which nodes there are and where they listen. It is made once, {@code nodes.json}, and only gets more peers: the orderers'
 * addresses are in block 0, the peers' in what organisations know of each other.
 */
record NodePlan(List<String> channels, List<Node> orderers, List<Node> peers) {
    private static final String FILE = "nodes.json";
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int PORTS_PER_NODE = 4;
    private static final int LEAST_SPACING = 10;

    NodePlan {
        channels = List.copyOf(channels);
        orderers = List.copyOf(orderers);
        peers = List.copyOf(peers);
    }

    /**
     * A node.
     *
     * @param name within its organisation, such as {@code peer0}
     * @param port its clients' and the other nodes'
     * @param secondPort an orderer's administration, a peer's door for chaincode that dials it
     * @param operationsPort health and metrics
     * @param chaincodePort where a peer finds its chaincode's server; unused by orderers
     */
    record Node(String mspId, String name, int port, int secondPort, int operationsPort, int chaincodePort) {
        String address() {
            return "127.0.0.1:" + port;
        }

        String second() {
            return "127.0.0.1:" + secondPort;
        }

        String operations() {
            return "127.0.0.1:" + operationsPort;
        }

        String chaincode() {
            return "127.0.0.1:" + chaincodePort;
        }

        /** Unique in the network. */
        String id() {
            return name + "." + mspId;
        }
    }

    /** All nodes, orderers first. */
    Stream<Node> nodes() {
        return Stream.concat(orderers.stream(), peers.stream());
    }

    /** The other peers of a peer's organisation; itself where it is alone. */
    Stream<Node> neighbours(Node peer) {
        List<Node> others = peers.stream()
                .filter(other -> other.mspId().equals(peer.mspId()) && !other.equals(peer))
                .toList();
        return others.isEmpty() ? Stream.of(peer) : others.stream();
    }

    /**
     * The folder's plan. Where more peers are wanted than it has, they are added to it for good.
     *
     * @throws NetworkException if the folder holds another kind of network, or one of more peers
     */
    static NodePlan open(FabricConfig config) {
        Path file = config.dataDirectory().resolve(FILE);
        if (!Files.exists(file)) {
            return plan(config).written(file);
        }
        NodePlan founded = read(file);
        List<String> mspIds =
                founded.peers().stream().map(Node::mspId).distinct().toList();
        boolean same = founded.channels().equals(config.channels())
                && mspIds.equals(config.mspIds())
                && founded.orderers().size() == config.orderers()
                && founded.peers().size() <= config.mspIds().size() * config.peersPerOrganization();
        if (!same) {
            throw new NetworkException("the network in " + config.dataDirectory() + " was founded with channels "
                    + founded.channels() + ", organisations " + mspIds + ", "
                    + founded.orderers().size() + " orderers and "
                    + founded.peers().size()
                    + " peers: choose another directory, or start as it was founded, or with more peers");
        }
        NodePlan grown = founded.withPeers(config);
        return grown.equals(founded) ? founded : grown.written(file);
    }

    private NodePlan written(Path file) {
        PrivateFiles.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this));
        return this;
    }

    private NodePlan withPeers(FabricConfig config) {
        List<Node> all = new ArrayList<>();
        for (String mspId : config.mspIds()) {
            List<Node> own =
                    peers.stream().filter(peer -> peer.mspId().equals(mspId)).toList();
            all.addAll(own);
            for (int i = own.size(); i < config.peersPerOrganization(); i++) {
                all.add(node(mspId, "peer" + i, freePorts(PORTS_PER_NODE)));
            }
        }
        return new NodePlan(channels, orderers, all);
    }

    /** What a directory's network was founded with; empty if there is none yet. */
    static Optional<NodePlan> founded(Path dataDirectory) {
        Path file = dataDirectory.resolve(FILE);
        return Files.exists(file) ? Optional.of(read(file)) : Optional.empty();
    }

    private static NodePlan read(Path file) {
        try {
            return JSON.readValue(PrivateFiles.read(file), NodePlan.class);
        } catch (JacksonException e) {
            throw new NetworkException(file + " is not a network's plan: " + e.getOriginalMessage(), e);
        }
    }

    private static NodePlan plan(FabricConfig config) {
        int nodes = config.orderers() + config.mspIds().size() * config.peersPerOrganization();
        int spacing = Math.max(LEAST_SPACING, nodes);
        Deque<Integer> free = config.basePort() == 0 ? freePorts(nodes * PORTS_PER_NODE) : new ArrayDeque<>();
        List<Node> orderers = new ArrayList<>();
        List<Node> peers = new ArrayList<>();
        for (int i = 0; i < config.orderers(); i++) {
            orderers.add(
                    node(NetworkConfig.ORDERER_MSP, "orderer" + i, orderers.size(), config.basePort(), spacing, free));
        }
        for (String mspId : config.mspIds()) {
            for (int i = 0; i < config.peersPerOrganization(); i++) {
                peers.add(node(mspId, "peer" + i, orderers.size() + peers.size(), config.basePort(), spacing, free));
            }
        }
        return new NodePlan(config.channels(), orderers, peers);
    }

    /** @param spacing between the main ports, the chaincode's, and the extra ones of all nodes, where a base was asked for */
    private static Node node(String mspId, String name, int index, int basePort, int spacing, Deque<Integer> free) {
        if (basePort == 0) {
            return node(mspId, name, free);
        }
        int extra = basePort + 2 * spacing + 2 * index;
        return new Node(mspId, name, basePort + index, extra, extra + 1, basePort + spacing + index);
    }

    private static Node node(String mspId, String name, Deque<Integer> free) {
        return new Node(mspId, name, free.pop(), free.pop(), free.pop(), free.pop());
    }

    private static Deque<Integer> freePorts(int count) {
        return IntStream.generate(FreePorts::one)
                .limit(count)
                .boxed()
                .collect(Collectors.toCollection(ArrayDeque::new));
    }
}
