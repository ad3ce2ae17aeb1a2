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
        Map<String, Object> peers = new LinkedHashMap<>();
        Map<String, Object> organizations = new LinkedHashMap<>();
        Map<String, Object> onChannel = new LinkedHashMap<>();
        for (Organization organization : network.organizations()) {
            String peer = "peer0." + organization.mspId();
            peers.put(peer, node(organization.peerAddress(), organization));
            onChannel.put(
                    peer,
                    Map.of("endorsingPeer", true, "chaincodeQuery", true, "ledgerQuery", true, "eventSource", true));
            organizations.put(organization.mspId(), organization(organization, peer));
        }
        String orderer = "orderer." + NetworkConfig.ORDERER_MSP;
        Map<String, Object> profile = new LinkedHashMap<>();
        profile.put("name", "clearmarket-" + network.channel());
        profile.put("version", "1.0.0");
        profile.put("channel", network.channel());
        profile.put("orderer", network.ordererAddress());
        profile.put("channels", Map.of(network.channel(), Map.of("orderers", List.of(orderer), "peers", onChannel)));
        profile.put("organizations", organizations);
        profile.put("orderers", Map.of(orderer, node(network.ordererAddress(), network.ordererOrganization())));
        profile.put("peers", peers);
        return profile;
    }

    private static Map<String, Object> organization(Organization organization, String peer) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("mspid", organization.mspId());
        entry.put("peers", List.of(peer));
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
