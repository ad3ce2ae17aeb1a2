package io.clearmarket.network;

import io.clearmarket.network.embedded.ChaincodeConfig;
import io.clearmarket.network.embedded.EmbeddedNetwork;
import io.clearmarket.network.embedded.NetworkConfig;
import io.clearmarket.network.embedded.Organization;
import io.clearmarket.wallet.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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

    static Path in(Path data) {
        return data.resolve(NAME);
    }

    static void remove(Path data) throws IOException {
        Files.deleteIfExists(in(data));
    }

    /** Written whole or not at all. */
    static void write(EmbeddedNetwork network, @Nullable ChaincodeConfig chaincode, long chaincodePid) {
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("pid", ProcessHandle.current().pid());
        file.put("channel", network.channel());
        List<Object> organizations = new ArrayList<>();
        network.organizations().forEach(organization -> organizations.add(organization(organization)));
        file.put("organizations", organizations);
        file.put("orderer", Map.of("mspId", NetworkConfig.ORDERER_MSP, "address", network.ordererAddress()));
        if (chaincode != null) {
            file.put("chaincode", chaincode(chaincode, chaincodePid));
        }
        PrivateFiles.write(
                in(network.config().dataDirectory()),
                JSON.writerWithDefaultPrettyPrinter().writeValueAsString(file) + "\n");
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

    private static Map<String, Object> chaincode(ChaincodeConfig chaincode, long pid) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("name", chaincode.name());
        entry.put("version", chaincode.version());
        entry.put("policy", chaincode.policy());
        entry.put("packageId", chaincode.packageId());
        entry.put("servers", new LinkedHashMap<>(chaincode.servers()));
        if (pid != 0) {
            entry.put("pid", pid);
        }
        return entry;
    }
}
