package io.clearmarket.gateway.proof;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clearmarket.gateway.proof.tree.TilePath;
import io.clearmarket.gateway.testing.Browser;
import io.clearmarket.gateway.testing.GatewayTestSystem;
import io.clearmarket.gateway.testing.Trade;
import io.clearmarket.wallet.proof.Checkpoint;
import io.clearmarket.wallet.proof.CompactRange;
import io.clearmarket.wallet.proof.Hash;
import io.clearmarket.wallet.proof.InvalidProof;
import io.clearmarket.wallet.proof.Merkle;
import io.clearmarket.wallet.proof.ProofVerifier;
import io.clearmarket.wallet.proof.SignedNote;
import io.clearmarket.wallet.proof.TrustPolicy;
import io.clearmarket.wallet.proof.VerifiedProof;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** From a thing's page to a proof that a buyer checks alone, over the whole system. */
class ProofOnSystemTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static byte[] eventProof = {};
    private static String eventId = "";
    private static String consignment = "";

    @BeforeAll
    static void ship() throws Exception {
        Trade trade = Trade.placed().fund().ship();
        consignment = trade.id().value();
        // the read model knows of it
        trade.seenBy("buyer");
        GatewayTestSystem system = GatewayTestSystem.get();
        JsonNode events = system.http(system.token("buyer"))
                .get("/api/v1/items/01/" + Trade.GTIN + "/21/" + trade.serial() + "/events")
                .body();
        eventId = events.path("events").get(0).path("event").path("eventId").asString();
        eventProof = awaited("/api/v1/proofs?kind=event&id=" + encoded(eventId));
    }

    /** Once a checkpoint covers it. */
    private static byte[] awaited(String path) throws Exception {
        HttpResponse<byte[]> answer = get(path, null);
        for (Instant end = Instant.now().plusSeconds(90);
                answer.statusCode() != 200 && Instant.now().isBefore(end);
                answer = get(path, null)) {
            Thread.sleep(50);
        }
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }

    private static HttpResponse<byte[]> get(String path, @Nullable String role)
            throws IOException, InterruptedException {
        GatewayTestSystem system = GatewayTestSystem.get();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(system.address() + path));
        if (role != null) {
            request.header("Authorization", "Bearer " + system.token(role));
        }
        return CLIENT.send(request.build(), BodyHandlers.ofByteArray());
    }

    private static TrustPolicy policy() throws IOException, InterruptedException {
        return TrustPolicy.parse(new String(get("/log/policy", null).body(), UTF_8));
    }

    @Test
    void anybody_gets_the_proof_of_an_epcis_event_and_verifies_it() throws Exception {
        VerifiedProof verified = new ProofVerifier(policy()).verify(eventProof);
        JsonNode record = Objects.requireNonNull(verified.record());
        assertThat(record.path("event").path("eventId").asString()).isEqualTo(eventId);
        assertThat(verified.leaf().creator()).hasSize(64);
        assertThat(verified.witnesses()).containsKey("AuditMSP").hasSizeGreaterThan(1);
        assertThat(eventProof).hasSizeLessThan(4096 + record.toString().length());
    }

    @Test
    void a_consignments_proof_is_for_those_who_have_a_part_in_it() throws Exception {
        String path = "/api/v1/proofs?kind=consignment&id=" + consignment;
        assertThat(get(path, null).statusCode()).isEqualTo(404);
        HttpResponse<byte[]> answer = get(path, "buyer");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(new ProofVerifier(policy()).verify(answer.body()).leaf().key())
                .contains(consignment);
        assertThat(get("/api/v1/proofs?kind=nonsense&id=1", null).statusCode()).isEqualTo(400);
        assertThat(get("/api/v1/proofs?kind=event&id=unheard-of", null).statusCode())
                .isEqualTo(404);
    }

    @Test
    void the_whole_log_can_be_read_as_tiles_and_hashes_to_its_checkpoint() throws Exception {
        SignedNote note =
                SignedNote.parse(new String(get("/log/checkpoint", null).body(), UTF_8));
        Checkpoint checkpoint = Checkpoint.parse(note.text());
        new ProofVerifier(policy()).verify(checkpoint, note);
        CompactRange tree = new CompactRange();
        for (long tile = 0; tile * 256 < checkpoint.size(); tile++) {
            int width = (int) Math.min(256, checkpoint.size() - tile * 256);
            String place = "%03d".formatted(tile) + (width == 256 ? "" : ".p/" + width);
            byte[] hashes = get("/log/tile/0/" + place, null).body();
            byte[] entries = get("/log/tile/entries/" + place, null).body();
            int at = 0;
            for (int i = 0; i < width; i++) {
                int length = Byte.toUnsignedInt(entries[at]) << 8 | Byte.toUnsignedInt(entries[at + 1]);
                Hash leaf = Merkle.leaf(Arrays.copyOfRange(entries, at + 2, at + 2 + length));
                assertThat(Hash.of(Arrays.copyOfRange(hashes, i * 32, i * 32 + 32)))
                        .isEqualTo(leaf);
                tree.append(leaf);
                at += 2 + length;
            }
        }
        assertThat(tree.root()).isEqualTo(checkpoint.root());
        assertThat(get("/log/tile/0/999", null).statusCode()).isEqualTo(404);
        assertThat(get("/log/tile/0/x000/001", null).statusCode()).isEqualTo(400);
    }

    @Test
    void the_log_and_the_page_are_saved_as_files_that_verify_by_themselves(@TempDir Path folder) throws Exception {
        URI gateway = GatewayTestSystem.get().address();
        ProofVerifier verifier = new ProofVerifier(policy());
        LogExport.Saved saved = LogExport.run(gateway, folder, verifier);
        Checkpoint checkpoint = saved.checkpoint();
        assertThat(LogTiles.saved(folder).tree(checkpoint.size()).root(checkpoint.size()))
                .isEqualTo(checkpoint.root());
        SeenCheckpoint seen = SeenCheckpoint.of(Files.readAllBytes(folder.resolve("checkpoint")));
        assertThat(verifier.verify(checkpoint, seen.note())).containsKey("AuditMSP");
        assertThat(LogComparison.of(SeenCheckpoint.of(eventProof).checkpoint(), checkpoint, LogTiles.saved(folder)))
                .isEqualTo(new LogComparison.Continues());
        assertThat(Hash.sha256(get("/verify", null).body())).isEqualTo(saved.page());
        assertThat(Files.readAllBytes(folder.resolve("verify.html")))
                .isEqualTo(get("/verify", null).body());
        assertThat(LogExport.run(gateway, folder, verifier).files()).isLessThan(saved.files());
        assertThatThrownBy(() -> {
                    // a log that grows meanwhile has another last tile
                    for (int i = 0; i < 20; i++) {
                        flipFirstTile(
                                folder, LogExport.run(gateway, folder, verifier).checkpoint());
                    }
                })
                .hasMessageContaining("does not hash");
    }

    private static void flipFirstTile(Path folder, Checkpoint checkpoint) throws IOException {
        Path tile = folder.resolve(
                "tile/0/" + TilePath.in(checkpoint.size(), 0, 0).orElseThrow().text());
        byte[] flipped = Files.readAllBytes(tile);
        flipped[0] ^= 1;
        Files.write(tile, flipped);
    }

    @Test
    void the_log_shows_that_it_goes_on_from_what_a_proof_saw() throws Exception {
        Checkpoint before = SeenCheckpoint.of(eventProof).checkpoint();
        Trade.placed();
        Checkpoint now = newest();
        Instant end = Instant.now().plusSeconds(60);
        while (now.size() == before.size() && Instant.now().isBefore(end)) {
            Thread.sleep(50);
            now = newest();
        }
        String path = "/log/consistency/" + before.size() + "/" + now.size();
        List<Hash> proof = new String(get(path, null).body(), UTF_8)
                .lines()
                .map(Hash::fromBase64)
                .toList();
        assertThat(Merkle.isConsistent(before.size(), now.size(), before.root(), now.root(), proof))
                .isTrue();
        for (String never : List.of("/0/1", "/1/1", "/2/1", "/1/99999999")) {
            assertThat(get("/log/consistency" + never, null).statusCode()).isEqualTo(404);
        }
        assertThat(get("/log/consistency/one/2", null).statusCode()).isEqualTo(400);
    }

    private static Checkpoint newest() throws Exception {
        return Checkpoint.parse(
                SignedNote.parse(new String(get("/log/checkpoint", null).body(), UTF_8))
                        .text());
    }

    @Test
    void a_saved_page_verifies_with_the_network_off_and_one_flipped_bit_turns_it_red() throws Exception {
        Browser browser = Browser.open();
        Path page = Files.createTempFile("verify", ".html");
        Files.write(page, get("/verify", null).body());
        byte[] flipped = eventProof.clone();
        flipped[flipped.length - 5] ^= 1;
        assertThatThrownBy(() -> new ProofVerifier(policy()).verify(flipped)).isInstanceOf(InvalidProof.class);
        List<JsonNode> seen = browser.run(
                "verifier.mjs",
                Map.of(
                        "chromium", browser.chromium(),
                        "page", page.toString(),
                        "proofs", List.of(proof("true", eventProof), proof("flipped", flipped))));
        assertThat(seen).hasSize(2).allSatisfy(visit -> {
            assertThat(visit.path("errors")).isEmpty();
            assertThat(visit.path("violations")).isEmpty();
            assertThat(visit.path("overflow").asInt()).isLessThanOrEqualTo(0);
            assertThat(visit.path("translated").path("zh").path("language").asString())
                    .isEqualTo("zh-Hans");
            assertThat(visit.path("translated").path("ar").path("direction").asString())
                    .isEqualTo("rtl");
            assertThat(visit.path("translated")).hasSize(5).allSatisfy(shown -> {
                assertThat(shown.path("overflow").asInt()).isLessThanOrEqualTo(0);
                assertThat(shown.path("ours")
                                .valueStream()
                                .filter(text -> !text.asString().isBlank()))
                        .isNotEmpty()
                        .doesNotContainAnyElementsOf(visit.path("ours"));
            });
        });
        assertThat(seen.getFirst().path("verdict").asString()).isEqualTo("authentic");
        assertThat(seen.getFirst().path("text").asString())
                .contains("AuditMSP")
                .contains("copied code looks identical");
        assertThat(seen.getLast().path("verdict").asString()).isEqualTo("refused");
    }

    private static Map<String, String> proof(String name, byte[] bytes) {
        return Map.of("name", name, "base64", Base64.getEncoder().encodeToString(bytes));
    }
}
