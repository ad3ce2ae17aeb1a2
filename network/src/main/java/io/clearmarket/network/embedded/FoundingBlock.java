package io.clearmarket.network.embedded;

import io.clearmarket.network.embedded.configtx.ChannelResources;
import io.clearmarket.network.embedded.genesis.ChannelConfig;
import io.clearmarket.network.embedded.genesis.GenesisBlock;
import io.clearmarket.network.embedded.msp.ChannelMsps;
import io.clearmarket.network.embedded.organization.MspConfiguration;
import io.clearmarket.network.embedded.organization.OrganizationFolder;
import io.clearmarket.wallet.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hyperledger.fabric.protos.common.Block;

/** Block 0 of a channel, made once and kept beside the ledgers: it is what auditors begin from. */
final class FoundingBlock {
    private FoundingBlock() {}

    static Block open(NetworkConfig config, ChannelSettings channel, NetworkFolders folders) throws IOException {
        Path file = folders.genesisBlock(channel.name());
        if (!Files.exists(file)) {
            PrivateFiles.write(
                    file,
                    GenesisBlock.build(channelConfig(config, channel, folders), Instant.now())
                            .toByteArray());
        }
        Block block = Block.parseFrom(Files.readAllBytes(file));
        return block;
    }

    private static ChannelConfig channelConfig(NetworkConfig config, ChannelSettings channel, NetworkFolders folders) {
        NetworkConfig.Batch batch = channel.batch();
        return new ChannelConfig(
                channel.name(),
                channel.mspIds().stream()
                        .map(mspId -> organization(folders.organization(mspId)))
                        .toList(),
                organization(folders.organization(NetworkConfig.ORDERER_MSP)),
                List.of(ChannelConfig.OrdererNode.alone(config.host() + ":" + config.ordererPort())),
                new ChannelConfig.Batch(
                        batch.timeout(), batch.maxMessages(), batch.preferredBytes(), batch.absoluteBytes()));
    }

    /**
     * Channel and organisations are founded for good, but for what updates have changed since.
     *
     * @param now the channel's configuration as of its newest block
     */
    static void requireSame(NetworkConfig config, ChannelSettings settings, Block block, ChannelResources now) {
        Set<String> wanted = new HashSet<>(settings.mspIds());
        wanted.add(NetworkConfig.ORDERER_MSP);
        Set<String> needed = new HashSet<>(ChannelMsps.fromConfig(block).mspIds());
        needed.retainAll(now.mspIds());
        if (!now.channel().equals(settings.name())
                || !now.mspIds().containsAll(wanted)
                || !wanted.containsAll(needed)) {
            throw new NetworkException("the network in " + config.dataDirectory() + " has channel " + now.channel()
                    + " and organisations " + now.mspIds() + ", not channel " + settings.name() + " and " + wanted
                    + ": choose another directory, or start as it was founded");
        }
    }

    /** An organisation as a channel's configuration takes it. */
    static ChannelConfig.Organization organization(OrganizationFolder folder) {
        return new ChannelConfig.Organization(
                folder.mspId(), MspConfiguration.read(folder.mspDirectory(), folder.mspId()), List.of());
    }
}
