package io.clearmarket.gateway.settlement;

import io.clearmarket.gateway.fabric.DevelopmentReader;
import io.clearmarket.gateway.proof.verifier.PolicyText;
import io.clearmarket.gateway.proof.witness.ProofKeys;
import io.clearmarket.gateway.proof.witness.WitnessConfig;
import io.clearmarket.wallet.proof.LogLeaf;
import io.clearmarket.wallet.proof.NoteKey;
import io.clearmarket.wallet.proof.NoteSigner;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The keys of a market's log and of its witnesses, who run beside its attesters, and the policy that names them.
 *
 * @param ports of the witnesses' doors by organisation
 */
record WitnessKeys(Path folder, Map<String, Integer> ports) {
    static final String NETWORK = "example.com/witnessed";

    NoteSigner log() {
        return NoteSigner.log(LogLeaf.origin(NETWORK, "market"), ProofKeys.open(folder.resolve("log.key"), true));
    }

    private Path keyFile(String mspId) {
        return folder.resolve("witness-" + mspId + ".key");
    }

    private NoteKey key(String mspId) {
        return NoteSigner.witness(NETWORK + "/" + mspId, ProofKeys.open(keyFile(mspId), true))
                .key();
    }

    String policy() {
        Map<String, NoteKey> keys = new TreeMap<>();
        ports.keySet().forEach(mspId -> keys.put(mspId, key(mspId)));
        return PolicyText.of(log().key(), keys, "AuditMSP");
    }

    URI origin(String mspId) {
        return URI.create("http://127.0.0.1:" + ports.get(mspId));
    }

    /** What a gateway has to know. */
    Map<String, String> settings() {
        log();
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("clearmarket.proof.network", NETWORK);
        settings.put("clearmarket.proof.log-key", folder.resolve("log.key").toString());
        List<String> mspIds = List.copyOf(ports.keySet());
        for (int i = 0; i < mspIds.size(); i++) {
            String prefix = "clearmarket.proof.witnesses[" + i + "].";
            settings.put(prefix + "msp-id", mspIds.get(i));
            settings.put(prefix + "url", origin(mspIds.get(i)).toString());
            settings.put(prefix + "vkey", key(mspIds.get(i)).vkey());
        }
        return settings;
    }

    /**
     * Writes a witness's configuration.
     *
     * @param ca its organisation's, which certifies who reads the peer's blocks
     * @param data of its own
     */
    Path configure(String mspId, Path networkFile, Path ca, Path data) throws IOException {
        Path policy = folder.resolve("policy");
        Files.writeString(policy, policy());
        Path file = Files.createDirectories(data).resolve("witness.json");
        new WitnessConfig(
                        mspId,
                        networkFile,
                        DevelopmentReader.folder(ca, "attester"),
                        NETWORK,
                        keyFile(mspId),
                        policy,
                        data,
                        ports.get(mspId),
                        null,
                        null,
                        null)
                .write(file);
        return file;
    }
}
