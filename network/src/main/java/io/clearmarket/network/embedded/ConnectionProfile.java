package io.clearmarket.network.embedded;

import io.clearmarket.wallet.PrivateFiles;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Writes what a client must know: channel, and per organisation the peer's address and the TLS root to trust. */
final class ConnectionProfile {
    static final String FILE = "connection-profile.json";

    private static final JsonMapper JSON = JsonMapper.shared();

    private ConnectionProfile() {}

    static void write(EmbeddedNetwork network) {
        Map<String, Object> organizations = new LinkedHashMap<>();
        for (Organization organization : network.organizations()) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("peer", organization.peerAddress());
            entry.put(
                    "tlsCaCertificate",
                    organization.tlsCaFile().toAbsolutePath().toString());
            entry.put("msp", organization.mspDirectory().toAbsolutePath().toString());
            organizations.put(organization.mspId(), entry);
        }
        Map<String, Object> profile = new LinkedHashMap<>();
        profile.put("channel", network.channel());
        profile.put("organizations", organizations);
        profile.put("orderer", network.ordererAddress());
        PrivateFiles.write(
                network.connectionProfile(),
                JSON.writerWithDefaultPrettyPrinter().writeValueAsString(profile) + "\n");
    }
}
