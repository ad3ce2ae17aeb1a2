package io.clearmarket.network.fabric;

import io.clearmarket.network.embedded.NetworkConfig;
import io.clearmarket.network.fabric.NodePlan.Node;
import io.clearmarket.network.fabric.node.OrdererConfiguration;
import io.clearmarket.network.fabric.node.PeerConfiguration;
import io.clearmarket.network.fabric.node.ServiceBuilder;
import io.clearmarket.wallet.PrivateFiles;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** What a node of this machine needs to start: its {@code core.yaml} or {@code orderer.yaml}, a peer's builder. */
final class NodeFiles {
    private static final Pattern SECOND_RELEASE = Pattern.compile("[v:]2\\.");

    private NodeFiles() {}

    static boolean orders(Node node) {
        return node.mspId().equals(NetworkConfig.ORDERER_MSP);
    }

    /**
     * Written anew on every start, so that a new release of this project can change it.
     *
     * @param release of the node, such as {@code Fabric v3.1.5} or {@code hyperledger/fabric-peer:3.1.5}
     */
    static void write(Node node, NodePlan plan, MemberFolders members, FabricConfig config, String release) {
        Path folder = members.folder(node);
        if (orders(node)) {
            PrivateFiles.write(folder.resolve("config/orderer.yaml"), orderer(node, folder));
        } else {
            ServiceBuilder.write(folder.resolve("builder"));
            PrivateFiles.write(folder.resolve("config/core.yaml"), peer(node, folder, plan, config, release));
        }
    }

    private static String orderer(Node node, Path folder) {
        return new OrdererConfiguration(
                        node.mspId(), "127.0.0.1", node.port(), node.second(), node.operations(), folder.toString())
                .yaml();
    }

    private static String peer(Node node, Path folder, NodePlan plan, FabricConfig config, String release) {
        return new PeerConfiguration(
                        node.name(),
                        node.mspId(),
                        "127.0.0.1",
                        node.address(),
                        node.second(),
                        node.operations(),
                        plan.neighbours(node).map(Node::address).toList(),
                        folder.toString(),
                        config.executeTimeout(),
                        !SECOND_RELEASE.matcher(release).find())
                .yaml();
    }
}
