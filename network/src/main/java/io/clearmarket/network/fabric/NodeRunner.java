package io.clearmarket.network.fabric;

import io.clearmarket.network.fabric.NodePlan.Node;
import java.util.List;

/** Starts and ends nodes: as processes, or in containers. */
interface NodeRunner extends AutoCloseable {
    /** What runs, such as {@code Fabric v3.1.5}. */
    String version();

    /** {@code host:port} under which the other nodes reach a node. */
    default String address(Node node) {
        return node.address();
    }

    /** Names that the node's TLS certificate must cover, besides localhost. */
    default List<String> hostNames(Node node) {
        return List.of();
    }

    /** Writes what the node needs to start; done before the first start, and again on every later one. */
    void configure(Node node, MemberFolders members, FabricConfig config);

    /** {@code host:port} where a peer finds the chaincode server that listens on a port of this machine. */
    default String chaincodeServer(int port) {
        return "127.0.0.1:" + port;
    }

    /** Starts the node, if it does not run. */
    void start(Node node);

    /** @throws io.clearmarket.network.embedded.NetworkException with what its log tells, if it has ended by itself */
    void requireAlive(Node node);

    /** What the node's log tells of a failure. */
    String telling(Node node);

    /** Ends the node and waits for its end. */
    void stop(Node node);

    /** Ends all nodes. */
    @Override
    void close();
}
