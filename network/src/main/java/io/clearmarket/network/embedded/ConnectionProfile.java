package io.clearmarket.network.embedded;

import io.clearmarket.wallet.PrivateFiles;
import io.clearmarket.wallet.identity.Pem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes what a client must know as a connection profile in the form of Fabric's SDKs and tools (version 1.0.0; JSON, which is
 * YAML, too): channels, organisations, peers and orderers with their addresses and TLS roots. Beside the standard's entries
 * each organisation has {@code peer}, {@code tlsCaCertificate} and {@code msp}, and the top {@code channel} and {@code orderer}, for readers
 * that want no more than that.
 */
final class ConnectionProfile {
    static final String FILE = "connection-profile.json";

    private static final JsonMapper JSON = JsonMapper.shared();

    private ConnectionProfile() {}

    static void write(EmbeddedNetwork network) {
        PrivateFiles.write(
                network.connectionProfile(),
                JSON.writerWithDefaultPrettyPrinter().writeValueAsString(profile(network)) + "\n");
    }

    private static Map<String, Object> profile(EmbeddedNetwork network) {
        NetworkConfig config = network.config();
        String orderer = "orderer." + NetworkConfig.ORDERER_MSP;
        Map<String, Object> profile = new LinkedHashMap<>();
        profile.put("name", "clearmarket-" + network.channel());
        profile.put("version", "1.0.0");
        profile.put("channel", network.channel());
        profile.put("orderer", network.ordererAddress());
        Map<String, Object> channels = new LinkedHashMap<>();
        config.channels().forEach(channel -> channels.put(channel.name(), channel(config.peers(channel), orderer)));
        profile.put("channels", channels);
        Map<String, Object> organizations = new LinkedHashMap<>();
        config.organizations()
                .forEach(settings -> organizations.put(
                        settings.mspId(), organization(network.organization(settings.mspId()), settings.peers())));
        profile.put("organizations", organizations);
        profile.put("orderers", Map.of(orderer, node(network.ordererAddress(), network.ordererOrganization())));
        Map<String, Object> peers = new LinkedHashMap<>();
        config.peers().forEach(peer -> {
            Organization organization = network.organization(peer.key());
            peers.put(name(peer), node(organization.peerAddress(), organization));
        });
        profile.put("peers", peers);
        return profile;
    }

    private static String name(PeerId peer) {
        return peer.name() + "." + peer.mspId();
    }

    private static Map<String, Object> channel(List<PeerId> members, String orderer) {
        Map<String, Object> peers = new LinkedHashMap<>();
        members.forEach(peer -> peers.put(
                name(peer),
                Map.of("endorsingPeer", true, "chaincodeQuery", true, "ledgerQuery", true, "eventSource", true)));
        return Map.of("orderers", List.of(orderer), "peers", peers);
    }

    private static Map<String, Object> organization(Organization organization, List<PeerId> peers) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("mspid", organization.mspId());
        entry.put("peers", peers.stream().map(ConnectionProfile::name).toList());
        entry.put("peer", organization.peerAddress());
        entry.put("tlsCaCertificate", organization.tlsCaFile().toAbsolutePath().toString());
        entry.put("msp", organization.mspDirectory().toAbsolutePath().toString());
        return entry;
    }

    private static Map<String, Object> node(String address, Organization organization) {
        Map<String, Object> node = new LinkedHashMap<>();
        node.put("url", "grpcs://" + address);
        node.put("tlsCACerts", Map.of("pem", Pem.encode(organization.tlsCaCertificate())));
        // the certificate names the node and the loopback; a tool that dials another name must check for this one
        node.put("grpcOptions", Map.of("ssl-target-name-override", "localhost", "hostnameOverride", "localhost"));
        return node;
    }
}
