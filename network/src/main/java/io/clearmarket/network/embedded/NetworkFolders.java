package io.clearmarket.network.embedded;

import io.clearmarket.network.embedded.organization.OrganizationFolder;
import io.clearmarket.wallet.WalletException;
import io.clearmarket.wallet.ca.NodeOu;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where a network keeps its parts: {@code organizations/<MSP>}, {@code peers/<MSP>}, {@code orderer}. */
final class NetworkFolders {
    private NetworkFolders() {}

    /** Every organisation's folder by MSP id, the orderer's included. */
    static Map<String, OrganizationFolder> open(NetworkConfig config) {
        Path organizations = config.dataDirectory().resolve("organizations");
        try {
            Files.createDirectories(organizations);
            Map<String, OrganizationFolder> folders = new LinkedHashMap<>();
            for (String mspId : config.mspIds()) {
                folders.put(
                        mspId,
                        OrganizationFolder.open(
                                organizations.resolve(mspId), mspId, "peer0", NodeOu.PEER, config.host()));
            }
            folders.put(
                    NetworkConfig.ORDERER_MSP,
                    OrganizationFolder.open(
                            organizations.resolve(NetworkConfig.ORDERER_MSP),
                            NetworkConfig.ORDERER_MSP,
                            "orderer",
                            NodeOu.ORDERER,
                            config.host()));
            return folders;
        } catch (IOException | WalletException e) {
            throw new NetworkException("the network's directory cannot be used: " + e.getMessage(), e);
        }
    }

    static Path ledger(NetworkConfig config, String mspId) {
        return config.dataDirectory().resolve("peers").resolve(mspId);
    }

    static Path orderer(NetworkConfig config) {
        return config.dataDirectory().resolve("orderer");
    }
}
