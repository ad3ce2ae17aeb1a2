package io.clearmarket.network.embedded;

import io.clearmarket.network.embedded.genesis.ChannelConfig;
import io.clearmarket.network.embedded.genesis.GenesisBlock;
import io.clearmarket.network.embedded.msp.ChannelMsps;
import io.clearmarket.network.embedded.msp.ConfigBlocks;
import io.clearmarket.network.embedded.organization.OrganizationFolder;
import io.clearmarket.wallet.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hyperledger.fabric.protos.common.Block;

/** Block 0 of the network, made once and kept beside the ledgers: it is what auditors begin from. */
final class FoundingBlock {
    private static final String FILE = "genesis.block";

    private FoundingBlock() {}

    static Block open(NetworkConfig config, Map<String, OrganizationFolder> folders) throws IOException {
        Path file = config.dataDirectory().resolve(FILE);
        if (!Files.exists(file)) {
            PrivateFiles.write(
                    file,
                    GenesisBlock.build(channelConfig(config, folders), Instant.now())
                            .toByteArray());
        }
        Block block = Block.parseFrom(Files.readAllBytes(file));
        requireSame(config, folders, block);
        return block;
    }

    private static ChannelConfig channelConfig(NetworkConfig config, Map<String, OrganizationFolder> folders) {
        NetworkConfig.Batch batch = config.batch();
        return new ChannelConfig(
                config.channel(),
                config.mspIds().stream()
                        .map(mspId -> organization(folders, mspId))
                        .toList(),
                organization(folders, NetworkConfig.ORDERER_MSP),
                List.of(ChannelConfig.OrdererNode.alone(config.host() + ":" + config.ordererPort())),
                new ChannelConfig.Batch(
                        batch.timeout(), batch.maxMessages(), batch.preferredBytes(), batch.absoluteBytes()));
    }

    private static ChannelConfig.Organization organization(Map<String, OrganizationFolder> folders, String mspId) {
        OrganizationFolder folder = folders.get(mspId);
        if (folder == null) {
            throw new IllegalStateException("no folder of " + mspId);
        }
        return new ChannelConfig.Organization(mspId, folder.caCertificate());
    }

    /** Channel and organisations are founded for good. */
    private static void requireSame(NetworkConfig config, Map<String, OrganizationFolder> folders, Block block) {
        String channel = ConfigBlocks.channel(block);
        Set<String> founded = ChannelMsps.fromConfig(block).mspIds();
        if (!channel.equals(config.channel()) || !founded.equals(new HashSet<>(folders.keySet()))) {
            throw new NetworkException("the network in " + config.dataDirectory() + " has channel " + channel
                    + " and organisations " + founded + ", not channel " + config.channel() + " and "
                    + folders.keySet() + ": choose another directory, or start as it was founded");
        }
    }
}
