package io.clearmarket.network.fabric;

import io.clearmarket.network.embedded.NetworkConfig;
import io.clearmarket.network.embedded.NetworkException;
import io.clearmarket.network.embedded.genesis.ChannelConfig;
import io.clearmarket.network.embedded.genesis.GenesisBlock;
import io.clearmarket.network.embedded.organization.OrganizationFolder;
import io.clearmarket.wallet.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.hyperledger.fabric.protos.common.Block;

/** Block 0 of a channel, made once and kept: the orderers and peers join by it, and auditors begin from it. */
final class Founding {
    private Founding() {}

    /** @param address under which the other nodes reach a node, {@code host:port} */
    static Block open(
            FabricConfig config,
            String channel,
            NodePlan plan,
            MemberFolders members,
            Function<NodePlan.Node, String> address) {
        String name = channel.equals(config.channel()) ? "genesis.block" : "genesis-" + channel + ".block";
        Path file = config.dataDirectory().resolve(name);
        try {
            if (!Files.exists(file)) {
                PrivateFiles.write(
                        file,
                        GenesisBlock.build(channel(config, channel, plan, members, address), Instant.now())
                                .toByteArray());
            }
            return Block.parseFrom(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new NetworkException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static ChannelConfig channel(
            FabricConfig config,
            String channel,
            NodePlan plan,
            MemberFolders members,
            Function<NodePlan.Node, String> address) {
        List<ChannelConfig.Organization> applications = config.mspIds().stream()
                .map(mspId -> organization(
                        members.organization(mspId),
                        plan.peers().stream()
                                .filter(peer -> peer.mspId().equals(mspId))
                                .map(address)
                                .toList()))
                .toList();
        NetworkConfig.Batch batch = config.batch();
        return new ChannelConfig(
                channel,
                applications,
                organization(members.organization(NetworkConfig.ORDERER_MSP), List.of()),
                plan.orderers().stream()
                        .map(node -> new ChannelConfig.OrdererNode(address.apply(node), members.tlsCertificate(node)))
                        .toList(),
                new ChannelConfig.Batch(
                        batch.timeout(), batch.maxMessages(), batch.preferredBytes(), batch.absoluteBytes()));
    }

    private static ChannelConfig.Organization organization(OrganizationFolder folder, List<String> anchors) {
        return new ChannelConfig.Organization(
                folder.mspId(), folder.caCertificate(), folder.tlsCaCertificate(), anchors);
    }
}
