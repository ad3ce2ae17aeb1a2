package io.clearmarket.network;

import io.clearmarket.network.embedded.ChaincodeConfig;
import io.clearmarket.network.embedded.EmbeddedNetwork;
import io.clearmarket.network.embedded.NetworkConfig;
import io.clearmarket.network.embedded.Organization;
import io.clearmarket.network.embedded.PeerId;
import io.clearmarket.wallet.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** {@code network.json}: there while the network is ready, and what another process needs to use it. */
final class NetworkFile {
    private static final String NAME = "network.json";
    private static final JsonMapper JSON = JsonMapper.shared();

    private NetworkFile() {}

    /**
     * The chaincode of a network.
     *
     * @param servers {@code host:port} of each peer's, by organisation, or by peer where an organisation has several
     * @param pid of the process that runs it; 0 where somebody else does
     */
    record Chaincode(
            String name, String version, String policy, String packageId, Map<String, String> servers, long pid) {
        static Chaincode of(ChaincodeConfig config, long pid) {
            return new Chaincode(
                    config.name(), config.version(), config.policy(), config.packageId(), config.servers(), pid);
        }
    }

    static Path in(Path data) {
        return data.resolve(NAME);
    }

    static void remove(Path data) throws IOException {
        Files.deleteIfExists(in(data));
    }

    /**
     * Of an embedded network as it was configured.
     *
     * @param pid of the chaincode's process; 0 where somebody else runs it
     */
    static void write(EmbeddedNetwork network, long pid) {
        List<ChaincodeConfig> chaincodes = network.config().chaincodes();
        write(network, chaincodes.isEmpty() ? null : Chaincode.of(chaincodes.getFirst(), pid));
    }

    /** Of an embedded network: the first channel and its first chaincode as everywhere, and all peers and channels besides. */
    static void write(EmbeddedNetwork network, @Nullable Chaincode chaincode) {
        NetworkConfig config = network.config();
        Map<String, Object> file =
                base(network.channel(), network.organizations(), network.ordererAddress(), chaincode);
        file.put(
                "peers",
                config.peers().stream().map(peer -> peer(network, peer)).toList());
        file.put(
                "channels",
                config.channels().stream()
                        .map(channel -> Map.of(
                                "name",
                                channel.name(),
                                "organizations",
                                channel.mspIds(),
                                "chaincodes",
                                channel.chaincodes().stream()
                                        .map(ChaincodeConfig::name)
                                        .toList()))
                        .toList());
        write(config.dataDirectory(), file);
    }

    private static Map<String, Object> peer(EmbeddedNetwork network, PeerId peer) {
        return Map.of(
                "peer",
                peer.key(),
                "mspId",
                peer.mspId(),
                "address",
                network.organization(peer.key()).peerAddress());
    }

    /**
     * Written whole or not at all.
     *
     * @param chaincode null where the network was given none
     */
    static void write(
            Path data,
            String channel,
            List<Organization> organizations,
            String ordererAddress,
            @Nullable Chaincode chaincode) {
        write(data, base(channel, organizations, ordererAddress, chaincode));
    }

    private static void write(Path data, Map<String, Object> file) {
        PrivateFiles.write(in(data), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(file) + "\n");
    }

    private static Map<String, Object> base(
            String channel, List<Organization> organizations, String ordererAddress, @Nullable Chaincode chaincode) {
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("pid", ProcessHandle.current().pid());
        file.put("channel", channel);
        file.put(
                "organizations",
                organizations.stream().map(NetworkFile::organization).toList());
        file.put("orderer", Map.of("mspId", NetworkConfig.ORDERER_MSP, "address", ordererAddress));
        if (chaincode != null) {
            file.put("chaincode", chaincode);
        }
        return file;
    }

    private static Map<String, Object> organization(Organization organization) {
        Path msp = organization.mspDirectory().toAbsolutePath().normalize();
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("mspId", organization.mspId());
        entry.put("peerAddress", organization.peerAddress());
        entry.put(
                "tlsCaCertificate",
                organization.tlsCaFile().toAbsolutePath().normalize().toString());
        entry.put("mspDirectory", msp.toString());
        entry.put("caDirectory", msp.resolveSibling("ca").toString());
        entry.put("usersDirectory", msp.resolveSibling("users").toString());
        return entry;
    }
}
