package io.clearmarket.gateway.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clearmarket.gateway.proof.tree.TilePath;
import io.clearmarket.gateway.proof.tree.TileTree;
import io.clearmarket.gateway.proof.verifier.PolicyText;
import io.clearmarket.wallet.ed25519.Ed25519Key;
import io.clearmarket.wallet.proof.Checkpoint;
import io.clearmarket.wallet.proof.Hash;
import io.clearmarket.wallet.proof.LogLeaf;
import io.clearmarket.wallet.proof.NoteSignature;
import io.clearmarket.wallet.proof.NoteSigner;
import io.clearmarket.wallet.proof.ProofFile;
import io.clearmarket.wallet.proof.SignedNote;
import io.clearmarket.wallet.proof.TlogProof;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A log of made-up records, signed by its own key and by three witnesses; all have the same keys, whatever they hold. */
public final class WrittenLog {
    private static final String NETWORK = "example.com/test";
    private static final NoteSigner LOG = NoteSigner.log(NETWORK + "/market", key(1));
    private static final List<NoteSigner> WITNESSES = List.of(witness("AuditMSP", 2), witness("MerchantsMSP", 3));
    private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");

    private final List<LogLeaf> leaves;
    private final List<byte[]> values;
    private final List<byte[]> levels = new ArrayList<>();

    private WrittenLog(int size, int forkedAt) {
        this.values = IntStream.range(0, size)
                .mapToObj(n -> "{\"n\":%d,\"of\":\"%s\"}".formatted(n, n < forkedAt ? "all" : "another"))
                .map(json -> json.getBytes(UTF_8))
                .toList();
        this.leaves = IntStream.range(0, size).mapToObj(this::leaf).toList();
        byte[] hashes = joined(leaves.stream().map(LogLeaf::hash).toList());
        while (hashes.length > 0) {
            byte[] level = hashes;
            levels.add(level);
            hashes = joined(IntStream.range(0, level.length / TileTree.TILE_WIDTH / Hash.BYTES)
                    .mapToObj(tile -> TileTree.full(tile(level, tile)))
                    .toList());
        }
    }

    /** The log of so many records. */
    public static WrittenLog of(int size) {
        return new WrittenLog(size, size);
    }

    /**
     * Another log by the same keys.
     *
     * @param forkedAt the first record that is not the other's
     */
    public static WrittenLog forked(int size, int forkedAt) {
        return new WrittenLog(size, forkedAt);
    }

    /** The policy that knows its keys. */
    public static String policy() {
        return PolicyText.of(
                LOG.key(),
                Map.of(
                        "AuditMSP",
                        WITNESSES.get(0).key(),
                        "MerchantsMSP",
                        WITNESSES.get(1).key()),
                "AuditMSP");
    }

    Checkpoint checkpoint() {
        return new Checkpoint(LOG.key().name(), leaves.size(), tree().root(leaves.size()));
    }

    /** Its checkpoint, signed by the log and both witnesses. */
    public SignedNote note() {
        Checkpoint checkpoint = checkpoint();
        List<NoteSignature> signatures = new ArrayList<>(List.of(LOG.sign(checkpoint, NOW)));
        WITNESSES.forEach(witness -> signatures.add(witness.sign(checkpoint, NOW)));
        return new SignedNote(checkpoint.text(), signatures);
    }

    /** The proof file of a record. */
    public byte[] proof(int index) {
        TlogProof proof = new TlogProof(index, tree().inclusion(index, leaves.size()), note());
        return ProofFile.of(leaves.get(index), values.get(index), List.of(), proof)
                .encoded();
    }

    /** Writes its tiles below a folder, as C2SP tlog-tiles has them. */
    public Path saveTiles(Path folder) throws IOException {
        for (int level = 0; level < levels.size(); level++) {
            int tiles = -Math.floorDiv(-levels.get(level).length, TileTree.TILE_WIDTH * Hash.BYTES);
            for (int index = 0; index < tiles; index++) {
                TilePath path = TilePath.in(leaves.size(), level, index).orElseThrow();
                Path file = folder.resolve("tile/" + level + "/" + path.text());
                Files.createDirectories(file.getParent());
                Files.write(file, tile(levels.get(level), index));
            }
        }
        return folder;
    }

    private TileTree tree() {
        return new TileTree((level, index) -> tile(levels.get(level), index));
    }

    private LogLeaf leaf(int n) {
        String id = Hash.sha256(("transaction " + n).getBytes(UTF_8)).hex();
        return new LogLeaf(
                NETWORK,
                "market",
                n,
                0,
                0,
                id,
                id,
                "market",
                "record " + n,
                Hash.sha256(values.get(n)).hex());
    }

    private static byte[] tile(byte[] level, long index) {
        int from = (int) index * TileTree.TILE_WIDTH * Hash.BYTES;
        return Arrays.copyOfRange(level, from, Math.min(level.length, from + TileTree.TILE_WIDTH * Hash.BYTES));
    }

    private static byte[] joined(List<Hash> hashes) {
        byte[] all = new byte[hashes.size() * Hash.BYTES];
        for (int i = 0; i < hashes.size(); i++) {
            System.arraycopy(hashes.get(i).bytes(), 0, all, i * Hash.BYTES, Hash.BYTES);
        }
        return all;
    }

    private static NoteSigner witness(String mspId, int seed) {
        return NoteSigner.witness(NETWORK + "/" + mspId, key(seed));
    }

    private static Ed25519Key key(int seed) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) seed;
        return Ed25519Key.fromSeed(bytes);
    }
}
