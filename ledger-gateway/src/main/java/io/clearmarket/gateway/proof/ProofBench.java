package io.clearmarket.gateway.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clearmarket.wallet.ed25519.Ed25519Key;
import io.clearmarket.wallet.json.CanonicalJson;
import io.clearmarket.wallet.proof.Checkpoint;
import io.clearmarket.wallet.proof.Hash;
import io.clearmarket.wallet.proof.LogLeaf;
import io.clearmarket.wallet.proof.Merkle;
import io.clearmarket.wallet.proof.NoteSignature;
import io.clearmarket.wallet.proof.NoteSigner;
import io.clearmarket.wallet.proof.ProofFile;
import io.clearmarket.wallet.proof.ProofVerifier;
import io.clearmarket.wallet.proof.SignedNote;
import io.clearmarket.wallet.proof.TlogProof;
import io.clearmarket.wallet.proof.TrustPolicy;
import java.io.PrintStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Size of a proof file and time of its verification in a log of any size. The tree is synthetic: the leaf is a real one, and the
 * hashes beside its way to the root are made up, since size and work depend on their number alone.
 */
public final class ProofBench {
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
    private static final double NANOS = 1e6;
    private static final String NETWORK = "example.com/bench";
    private static final String ORIGIN = NETWORK + "/market";

    private ProofBench() {}

    /**
     * What was measured.
     *
     * @param fileBytes the proof file, with its record
     * @param recordBytes of those the record
     * @param java to parse and verify in this process
     * @param browser the same in a Chromium; absent where there is none
     */
    public record Figures(
            long leaves,
            int pathHashes,
            int fileBytes,
            int recordBytes,
            Times java,
            @Nullable Times browser) {
        /** The figures for people. */
        public void print(PrintStream out) {
            out.printf(
                    Locale.ROOT,
                    "a proof in a log of %d leaves: %d hashes, %d bytes with a record of %d; verified in Java in %s,"
                            + " in a browser in %s%n",
                    leaves,
                    pathHashes,
                    fileBytes,
                    recordBytes,
                    java,
                    browser == null ? "(no Chromium here)" : browser);
        }
    }

    /**
     * Milliseconds.
     *
     * @param p50 half of the calls took no longer
     * @param p99 all but a hundredth took no longer
     */
    public record Times(double p50, double p99) {
        private static Times of(long[] nanos) {
            long[] sorted = nanos.clone();
            Arrays.sort(sorted);
            int calls = sorted.length;
            return new Times(sorted[calls / 2] / NANOS, sorted[calls - 1 - calls / 100] / NANOS);
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "p50 %.2f ms, p99 %.2f ms", p50, p99);
        }
    }

    /**
     * Makes one proof in a log with three witnesses and verifies it so many times, after a quarter as many to warm up.
     *
     * @param inBrowser in a Chromium too, if there is one
     */
    public static Figures run(long leaves, int calls, boolean inBrowser) {
        NoteSigner log = NoteSigner.log(ORIGIN, key(1));
        List<NoteSigner> witnesses = List.of(
                NoteSigner.witness(NETWORK + "/AuditMSP", key(2)),
                NoteSigner.witness(NETWORK + "/MerchantsMSP", key(3)),
                NoteSigner.witness(NETWORK + "/PlatformMSP", key(4)));
        byte[] value = value();
        LogLeaf leaf = leaf(value);
        long index = leaves / 3;
        List<Hash> path = path(index, leaves);
        Checkpoint checkpoint = new Checkpoint(ORIGIN, leaves, root(index, leaves, leaf.hash(), path));
        List<NoteSignature> signatures = new ArrayList<>(List.of(log.sign(checkpoint, NOW)));
        witnesses.forEach(witness -> signatures.add(witness.sign(checkpoint, NOW)));
        TlogProof proof = new TlogProof(index, path, new SignedNote(checkpoint.text(), signatures));
        byte[] file = ProofFile.of(leaf, value, List.of(), proof).encoded();
        String policy = policy(log, witnesses);
        ProofVerifier verifier = new ProofVerifier(TrustPolicy.parse(policy));
        return new Figures(
                leaves,
                path.size(),
                file.length,
                value.length,
                Times.of(times(verifier, file, calls)),
                inBrowser
                        ? BrowserBench.times(file, policy, calls).map(Times::of).orElse(null)
                        : null);
    }

    private static long[] times(ProofVerifier verifier, byte[] file, int calls) {
        for (int i = 0; i < calls / 4; i++) {
            verifier.verify(file);
        }
        long[] nanos = new long[calls];
        for (int i = 0; i < calls; i++) {
            long start = System.nanoTime();
            verifier.verify(file);
            nanos[i] = System.nanoTime() - start;
        }
        return nanos;
    }

    private static String policy(NoteSigner log, List<NoteSigner> witnesses) {
        StringBuilder text = new StringBuilder("log " + log.key() + "\n");
        StringBuilder group = new StringBuilder("group quorum all");
        for (int i = 0; i < witnesses.size(); i++) {
            text.append("witness w")
                    .append(i)
                    .append(' ')
                    .append(witnesses.get(i).key())
                    .append('\n');
            group.append(" w").append(i);
        }
        return text.append(group).append("\nquorum quorum\n").toString();
    }

    /** As the ledger keeps of an EPCIS event. */
    private static byte[] value() {
        String hex = "5f".repeat(32);
        return CanonicalJson.bytes(Map.of(
                "by",
                hex,
                "mspId",
                "MerchantsMSP",
                "recordedAt",
                "2026-11-26T12:00:00Z",
                "event",
                Map.of(
                        "eventId", "ni:///sha-256;" + hex + "?ver=CBV2.0",
                        "type", "ObjectEvent",
                        "action", "OBSERVE",
                        "bizStep", "shipping",
                        "disposition", "in_transit",
                        "eventTime", "2026-11-26T12:00:00Z",
                        "epcs", List.of("https://id.gs1.org/01/09521234000044/21/A-1"),
                        "document", hex)));
    }

    private static LogLeaf leaf(byte[] value) {
        String id = Hash.sha256("transaction".getBytes(UTF_8)).hex();
        String key = "\u0000event\u0000ni:///sha-256;" + "5f".repeat(32) + "?ver=CBV2.0\u0000";
        return new LogLeaf(
                NETWORK,
                "market",
                1_000_000,
                7,
                0,
                id,
                id,
                "market",
                key,
                Hash.sha256(value).hex());
    }

    /** As many made-up hashes as index and size call for (RFC 9162, section 2.1.3.2). */
    private static List<Hash> path(long index, long size) {
        List<Hash> path = new ArrayList<>();
        long node = index;
        for (long last = size - 1; last > 0; last >>= 1) {
            boolean lonely = (node & 1) == 0 && node == last;
            if (!lonely) {
                path.add(Hash.sha256(("sibling " + path.size()).getBytes(UTF_8)));
            }
            node >>= 1;
        }
        return path;
    }

    private static Hash root(long index, long size, Hash leaf, List<Hash> path) {
        Hash hash = leaf;
        long node = index;
        int used = 0;
        for (long last = size - 1; last > 0; last >>= 1) {
            if ((node & 1) == 1) {
                hash = Merkle.node(path.get(used++), hash);
            } else if (node != last) {
                hash = Merkle.node(hash, path.get(used++));
            }
            node >>= 1;
        }
        return hash;
    }

    private static Ed25519Key key(int seed) {
        byte[] bytes = new byte[Ed25519Key.KEY_BYTES];
        bytes[31] = (byte) seed;
        return Ed25519Key.fromSeed(bytes);
    }
}
