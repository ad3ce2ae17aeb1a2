package io.clearmarket.network.embedded;

import io.clearmarket.network.embedded.organization.GivenOrganization;
import io.clearmarket.network.embedded.organization.NodeFolder;
import io.clearmarket.network.embedded.organization.OrganizationFolder;
import io.clearmarket.wallet.WalletException;
import io.clearmarket.wallet.ca.NodeOu;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Where a network keeps its parts: {@code organizations/<MSP>}; {@code genesis.block}, {@code peers/<peer>} and {@code orderer} of its
 * first channel, and the same under {@code channels/<name>} of every other.
 */
final class NetworkFolders {
    private final NetworkConfig config;
    private final Map<String, OrganizationFolder> organizations = new LinkedHashMap<>();
    private final Map<PeerId, NodeFolder> peers = new LinkedHashMap<>();
    private final NodeFolder orderer;

    private NetworkFolders(NetworkConfig config) throws IOException {
        this.config = config;
        for (OrganizationSettings settings : config.organizations()) {
            Path folder = organizationFolder(settings.mspId());
            if (settings.cryptoFolder().isPresent()) {
                GivenOrganization.copy(settings.cryptoFolder().get(), folder);
            }
            OrganizationFolder organization = OrganizationFolder.open(folder, settings.mspId());
            organizations.put(settings.mspId(), organization);
            settings.peers()
                    .forEach(peer -> peers.put(peer, organization.node(peer.name(), NodeOu.PEER, config.host())));
        }
        OrganizationFolder ordering =
                OrganizationFolder.open(organizationFolder(NetworkConfig.ORDERER_MSP), NetworkConfig.ORDERER_MSP);
        organizations.put(NetworkConfig.ORDERER_MSP, ordering);
        orderer = ordering.node("orderer", NodeOu.ORDERER, config.host());
        // for tools that update the ordering part of a channel's configuration
        ordering.user("admin", NodeOu.ADMIN, Map.of());
    }

    static NetworkFolders open(NetworkConfig config) {
        try {
            Files.createDirectories(config.dataDirectory());
            return new NetworkFolders(config);
        } catch (IOException | WalletException | IllegalArgumentException e) {
            throw new NetworkException("the network's directory cannot be used: " + e.getMessage(), e);
        }
    }

    private Path organizationFolder(String mspId) {
        return config.dataDirectory().resolve("organizations").resolve(mspId);
    }

    /** Every organisation's folder by MSP id, the orderer's last. */
    Map<String, OrganizationFolder> organizations() {
        return organizations;
    }

    /** One organisation more, that runs no peers yet. */
    OrganizationFolder make(String mspId) {
        return organizations.computeIfAbsent(mspId, added -> OrganizationFolder.open(organizationFolder(added), added));
    }

    OrganizationFolder organization(String mspId) {
        return Objects.requireNonNull(organizations.get(mspId), () -> "no folder of " + mspId);
    }

    NodeFolder peer(PeerId peer) {
        return Objects.requireNonNull(peers.get(peer), () -> "no folder of " + peer);
    }

    NodeFolder orderer() {
        return orderer;
    }

    Path genesisBlock(String channel) {
        return root(channel).resolve("genesis.block");
    }

    Path ledger(String channel, PeerId peer) {
        return root(channel).resolve("peers").resolve(peer.fileName());
    }

    Path orderer(String channel) {
        return root(channel).resolve("orderer");
    }

    private Path root(String channel) {
        return channel.equals(config.channel())
                ? config.dataDirectory()
                : config.dataDirectory().resolve("channels").resolve(channel);
    }
}
