package io.clearmarket.gateway.proof.witness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clearmarket.gateway.fabric.LedgerBlock;
import io.clearmarket.gateway.proof.tree.Leaves;
import io.clearmarket.gateway.proof.tree.TilePath;
import io.clearmarket.gateway.proof.tree.TileTree;
import io.clearmarket.gateway.proof.verifier.PolicyText;
import io.clearmarket.gateway.proof.verifier.VerifierHtml;
import io.clearmarket.gateway.testing.LedgerFixture;
import io.clearmarket.wallet.ed25519.Ed25519Key;
import io.clearmarket.wallet.proof.Checkpoint;
import io.clearmarket.wallet.proof.CompactRange;
import io.clearmarket.wallet.proof.Hash;
import io.clearmarket.wallet.proof.LogLeaf;
import io.clearmarket.wallet.proof.Merkle;
import io.clearmarket.wallet.proof.NoteSigner;
import io.clearmarket.wallet.proof.ProofVerifier;
import io.clearmarket.wallet.proof.SignedNote;
import io.clearmarket.wallet.proof.TrustPolicy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A witness behind its door: what the log asks of it, what readers get, and what it still knows after it was killed. */
class WitnessDoorTest {
    private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final String NETWORK = "example.com/test";

    private final Leaves leaves = new Leaves(NETWORK, "market");
    private final NoteSigner log = NoteSigner.log(leaves.origin(), Ed25519Key.generate());
    private final NoteSigner audit = NoteSigner.witness(NETWORK + "/AuditMSP", Ed25519Key.generate());
    private final NoteSigner other = NoteSigner.witness(NETWORK + "/PlatformMSP", Ed25519Key.generate());
    private final String policy =
            PolicyText.of(log.key(), Map.of("AuditMSP", audit.key(), "PlatformMSP", other.key()), "AuditMSP");
    private final LedgerFixture ledger = new LedgerFixture();
    private final CompactRange tree = new CompactRange();
    private final List<Hash> roots = new ArrayList<>(List.of(tree.root()));

    @TempDir
    private Path folder;

    private Witness witness;
    private WitnessDoor door;
    private RemoteWitness remote;

    @BeforeEach
    void start() throws Exception {
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        witness = new Witness("AuditMSP", audit, log.key(), leaves, folder, clock);
        Origin origin = new Origin(
                witness,
                policy,
                new ProofVerifier(TrustPolicy.parse(policy)),
                NoteFile.open(folder.resolve("checkpoint")));
        door = new WitnessDoor(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), witness, origin);
        door.open();
        remote = new RemoteWitness("AuditMSP", audit.key(), address(""), Duration.ofSeconds(20), clock);
    }

    @AfterEach
    void stop() {
        door.close();
        witness.close();
    }

    private void restart() throws Exception {
        stop();
        start();
    }

    private URI address(String path) {
        return URI.create("http://127.0.0.1:" + door.port() + path);
    }

    private HttpResponse<byte[]> get(String path) throws Exception {
        return CLIENT.send(HttpRequest.newBuilder(address(path)).build(), BodyHandlers.ofByteArray());
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        return CLIENT.send(
                HttpRequest.newBuilder(address(path))
                        .method(method, BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    /** Blocks of an order each, four leaves in each. */
    private List<LedgerBlock> grow(int blocks) {
        List<LedgerBlock> grown = new ArrayList<>();
        for (int i = 0; i < blocks; i++) {
            ledger.place("order-%04d".formatted(ledger.blocks().size()), LedgerFixture.MERCHANT);
            LedgerBlock block = ledger.seal();
            for (LogLeaf leaf : leaves.of(block)) {
                tree.append(leaf.hash());
                roots.add(tree.root());
            }
            grown.add(block);
        }
        return grown;
    }

    private void read(List<LedgerBlock> blocks) throws Exception {
        for (LedgerBlock block : blocks) {
            witness.accept(block);
        }
    }

    private Checkpoint checkpoint(int size) {
        return new Checkpoint(leaves.origin(), size, roots.get(size));
    }

    private SignedNote signed(Checkpoint checkpoint) {
        return new SignedNote(checkpoint.text(), List.of(log.sign(checkpoint, NOW)));
    }

    private List<Hash> consistency(int from, int to) {
        return witness.log().tree().consistency(from, to);
    }

    @Test
    void what_the_log_asks_by_http_is_answered_as_by_the_witness_itself() throws Exception {
        assertThat(remote.cosign(0, List.of(), signed(new Checkpoint(leaves.origin(), 4, Hash.sha256()))))
                .as("its peer has shown nothing yet")
                .isInstanceOf(Cosigning.Away.class);
        read(grow(3));
        assertThat(remote.cosign(0, List.of(), signed(checkpoint(8)))).isInstanceOf(Cosigning.Cosigned.class);
        assertThat(remote.cosign(0, List.of(), signed(checkpoint(12)))).isEqualTo(new Cosigning.Conflict(8));
        assertThat(remote.cosign(8, consistency(8, 12), signed(checkpoint(12)))).isInstanceOf(Cosigning.Cosigned.class);
        Checkpoint forged = new Checkpoint(leaves.origin(), 12, roots.get(12));
        SignedNote unsigned = new SignedNote(
                forged.text(),
                List.of(NoteSigner.log(leaves.origin(), Ed25519Key.generate()).sign(forged, NOW)));
        assertThat(kind(remote.cosign(12, List.of(), unsigned))).isEqualTo(Cosigning.Reason.BAD_SIGNATURE);
        Checkpoint elsewhere = new Checkpoint("example.com/other", 12, roots.get(12));
        assertThat(kind(remote.cosign(12, List.of(), signed(elsewhere)))).isEqualTo(Cosigning.Reason.UNKNOWN_LOG);
        assertThat(send("POST", "/add-checkpoint", "old 012\n\nx").statusCode()).isEqualTo(400);
        assertThat(send("POST", "/add-checkpoint", "old 1\n" + "A".repeat(70_000))
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void a_fork_is_refused_before_and_after_the_witness_was_killed() throws Exception {
        read(grow(3));
        assertThat(remote.cosign(0, List.of(), signed(checkpoint(8)))).isInstanceOf(Cosigning.Cosigned.class);
        restart();
        read(ledger.blocks());
        Checkpoint fork = new Checkpoint(leaves.origin(), 8, roots.get(7));
        assertThat(remote.cosign(8, List.of(), signed(fork))).isEqualTo(new Cosigning.Conflict(8));
        Checkpoint larger = new Checkpoint(leaves.origin(), 12, roots.get(11));
        assertThat(kind(remote.cosign(8, consistency(8, 12), signed(larger)))).isEqualTo(Cosigning.Reason.INCONSISTENT);
        assertThat(remote.cosign(0, List.of(), signed(fork))).isEqualTo(new Cosigning.Conflict(8));
        assertThat(new String(get("/log/cosigned").body(), UTF_8))
                .startsWith(checkpoint(8).text());
    }

    @Test
    void its_copy_of_the_log_is_the_log_also_after_a_crash_in_the_middle_of_a_block() throws Exception {
        List<LedgerBlock> blocks = grow(150);
        read(blocks.subList(0, 100));
        // the next block's tiles are there, and the process died before it said so
        Path position = folder.resolve("position");
        byte[] before = Files.readAllBytes(position);
        read(blocks.subList(100, 101));
        stop();
        Files.write(position, before);
        start();
        assertThat(witness.nextBlock()).isEqualTo(100);
        read(blocks);
        requireWholeLog(600);

        stop();
        Files.delete(folder.resolve("tile/0/001"));
        start();
        assertThat(witness.nextBlock())
                .as("lost files are read from the peer again")
                .isZero();
        read(blocks);
        requireWholeLog(600);
    }

    private void requireWholeLog(int size) throws Exception {
        CompactRange read = new CompactRange();
        for (int index = 0; index * TileTree.TILE_WIDTH < size; index++) {
            TilePath path = TilePath.in(size, 0, index).orElseThrow();
            byte[] entries = get("/log/tile/entries/" + path.text()).body();
            byte[] hashes = get("/log/tile/0/" + path.text()).body();
            assertThat(hashes).hasSize(path.width() * Hash.BYTES);
            int at = 0;
            for (int i = 0; i < path.width(); i++) {
                int length = Byte.toUnsignedInt(entries[at]) << 8 | Byte.toUnsignedInt(entries[at + 1]);
                Hash leaf = Merkle.leaf(Arrays.copyOfRange(entries, at + 2, at + 2 + length));
                assertThat(Arrays.copyOfRange(hashes, i * Hash.BYTES, (i + 1) * Hash.BYTES))
                        .isEqualTo(leaf.bytes());
                read.append(leaf);
                at += 2 + length;
            }
            assertThat(at).isEqualTo(entries.length);
        }
        assertThat(read.root()).isEqualTo(roots.get(size));
        assertThat(get("/log/tile/1/000.p/" + size / TileTree.TILE_WIDTH).statusCode())
                .isEqualTo(200);
        assertThat(get("/log/tile/0/" + new TilePath(size / TileTree.TILE_WIDTH, TileTree.TILE_WIDTH).text())
                        .statusCode())
                .as("not yet full")
                .isEqualTo(404);
    }

    @Test
    void readers_get_a_checkpoint_of_a_quorum_only_if_it_is_this_peers_log() throws Exception {
        read(grow(2));
        assertThat(get("/log/checkpoint").statusCode()).isEqualTo(404);
        Checkpoint four = checkpoint(4);
        SignedNote alone = signed(four).with(audit.sign(four, NOW));
        assertThat(send("PUT", "/log/checkpoint", alone.encoded()).statusCode())
                .as("no quorum")
                .isEqualTo(403);
        remote.publish(alone.with(other.sign(four, NOW)));
        assertThat(new String(get("/log/checkpoint").body(), UTF_8)).startsWith(four.text());
        Checkpoint fork = new Checkpoint(leaves.origin(), 8, roots.get(7));
        SignedNote forked = signed(fork).with(audit.sign(fork, NOW)).with(other.sign(fork, NOW));
        assertThat(send("PUT", "/log/checkpoint", forked.encoded()).statusCode())
                .as("another log, by a quorum")
                .isEqualTo(422);
        restart();
        assertThat(new String(get("/log/checkpoint").body(), UTF_8)).startsWith(four.text());
    }

    @Test
    void readers_get_the_policy_and_the_verifier_page_and_no_other_file() throws Exception {
        HttpResponse<byte[]> page = get("/verify");
        assertThat(Hash.sha256(page.body())).isEqualTo(VerifierHtml.of(policy).hash());
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("connect-src 'none'");
        assertThat(new String(get("/log/policy").body(), UTF_8)).isEqualTo(policy);
        for (String none : List.of("/position", "/log/tile/0/../../cosigned", "/log/tile/entries/..", "/cosigned")) {
            assertThat(send("GET", none, "").statusCode()).as(none).isIn(400, 404);
        }
        assertThat(send("DELETE", "/log/checkpoint", "").statusCode()).isEqualTo(405);
    }

    @Test
    void two_witnesses_do_not_run_on_one_folder() {
        assertThatThrownBy(() -> new Witness("AuditMSP", audit, log.key(), leaves, folder, Clock.systemUTC()))
                .hasMessageContaining("in use");
    }

    private static Cosigning.Reason kind(Cosigning answer) {
        return ((Cosigning.Refused) answer).kind();
    }
}
