package io.clearmarket.gateway.up;

import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.gateway.proof.verifier.PolicyText;
import io.clearmarket.gateway.proof.verifier.VerifierHtml;
import io.clearmarket.gateway.proof.witness.ProofKeys;
import io.clearmarket.wallet.proof.LogLeaf;
import io.clearmarket.wallet.proof.NoteKey;
import io.clearmarket.wallet.proof.NoteSigner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The public keys of a development system's transparency log and of its witnesses.
 *
 * @param witnesses by organisation
 */
record DevelopmentLog(NoteKey log, SortedMap<String, NoteKey> witnesses) {
    /** The network's name in the log's origin. */
    static final String NETWORK = "clearmarket.example/demonstration";

    private static final String CHANNEL = "market";
    private static final String REQUIRED = "AuditMSP";

    DevelopmentLog {
        witnesses = Collections.unmodifiableSortedMap(new TreeMap<>(witnesses));
    }

    /**
     * Opens the keys, making what is missing.
     *
     * @param gateway where the gateway has the log's key, and had the witnesses' when they ran in its process: those are moved
     */
    static DevelopmentLog open(Path gateway, DevelopmentAttesters attesters) {
        Path earlier = gateway.resolve("proof");
        SortedMap<String, NoteKey> witnesses = new TreeMap<>();
        for (DevelopmentAttesters.One each : attesters.all().values()) {
            Path key = keyFile(each);
            move(earlier.resolve("witness-" + each.mspId() + ".key"), key);
            witnesses.put(
                    each.mspId(),
                    NoteSigner.witness(NETWORK + "/" + each.mspId(), ProofKeys.open(key, true))
                            .key());
        }
        String origin = LogLeaf.origin(NETWORK, CHANNEL);
        NoteKey log = NoteSigner.log(origin, ProofKeys.open(earlier.resolve("log.key"), true))
                .key();
        return new DevelopmentLog(log, witnesses);
    }

    private static void move(Path earlier, Path key) {
        try {
            if (Files.exists(earlier) && !Files.exists(key)) {
                Files.createDirectories(key.getParent());
                Files.move(earlier, key);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path keyFile(DevelopmentAttesters.One each) {
        return each.witnessFolder().resolve("key");
    }

    /** The key of an organisation's witness. */
    NoteKey witness(String mspId) {
        return Objects.requireNonNull(witnesses.get(mspId), mspId);
    }

    /** Whom a verifier of this system trusts. */
    String policy() {
        return PolicyText.of(log, witnesses, REQUIRED);
    }

    /** SHA-256 of the verifier page that has this policy in it. */
    Digest verifierPage() {
        return Digest.of(VerifierHtml.of(policy()).hash().bytes());
    }
}
