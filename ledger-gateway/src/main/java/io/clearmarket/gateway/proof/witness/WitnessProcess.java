package io.clearmarket.gateway.proof.witness;

import io.clearmarket.gateway.config.Parts;
import io.clearmarket.gateway.fabric.PeerBlocks;
import io.clearmarket.gateway.proof.tree.Leaves;
import io.clearmarket.wallet.PrivateFiles;
import io.clearmarket.wallet.identity.MspFolder;
import io.clearmarket.wallet.proof.InvalidProof;
import io.clearmarket.wallet.proof.NoteKey;
import io.clearmarket.wallet.proof.NoteSigner;
import io.clearmarket.wallet.proof.ProofVerifier;
import io.clearmarket.wallet.proof.TrustPolicy;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import org.slf4j.LoggerFactory;

/** A witness with all that it needs: peer, key, files, door. Newest parts are closed first. */
public final class WitnessProcess implements AutoCloseable {
    private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(WitnessProcess.class);

    private final Parts parts = new Parts();

    private WitnessProcess() {}

    /**
     * Starts one, which answers from then on.
     *
     * @throws IllegalArgumentException if its policy does not name its key or its log, or another of its files can't be read
     * @throws IllegalStateException if another process runs on its files
     */
    public static WitnessProcess start(WitnessConfig config) throws IOException {
        WitnessProcess process = new WitnessProcess();
        try {
            process.open(config);
            return process;
        } catch (IOException | RuntimeException failure) {
            process.close();
            throw failure;
        }
    }

    private void open(WitnessConfig config) throws IOException {
        Leaves leaves = new Leaves(config.network(), config.channelOrUsual());
        NoteSigner signer =
                NoteSigner.witness(config.network() + "/" + config.mspId(), ProofKeys.open(config.key(), false));
        String text = PrivateFiles.readText(config.policy());
        TrustPolicy policy = policy(config, text);
        NoteKey log = policy.log(leaves.origin())
                .orElseThrow(() ->
                        new IllegalArgumentException(config.policy() + " does not name the log " + leaves.origin()));
        if (policy.nameOf(signer.key()).isEmpty()) {
            throw new IllegalArgumentException(config.policy() + " does not name this witness, " + signer.key());
        }
        Witness witness = parts.add(new Witness(config.mspId(), signer, log, leaves, config.data(), Clock.systemUTC()));
        PeerBlocks peer = parts.add(new PeerBlocks(
                config.networkFile(),
                config.mspId(),
                MspFolder.read(config.mspId(), config.msp()),
                config.channelOrUsual(),
                config.chaincodeOrUsual()));
        parts.add(peer.follow(witness.nextBlock(), witness::accept));
        Origin origin = new Origin(
                witness,
                text,
                new ProofVerifier(policy),
                NoteFile.open(config.data().resolve("checkpoint")));
        WitnessDoor door = parts.add(
                new WitnessDoor(new InetSocketAddress(config.addressOrUsual(), config.portOrFree()), witness, origin));
        door.open();
        LOG.info("{}'s witness answers on {}:{}", config.mspId(), config.addressOrUsual(), door.port());
    }

    private static TrustPolicy policy(WitnessConfig config, String text) {
        try {
            return TrustPolicy.parse(text);
        } catch (InvalidProof e) {
            throw new IllegalArgumentException(config.policy() + " is no policy: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        parts.close();
    }
}
