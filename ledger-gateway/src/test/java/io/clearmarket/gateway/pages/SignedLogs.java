package io.clearmarket.gateway.pages;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clearmarket.gateway.testing.GatewayTestSystem;
import io.clearmarket.wallet.ed25519.Ed25519Key;
import io.clearmarket.wallet.proof.Checkpoint;
import io.clearmarket.wallet.proof.CompactRange;
import io.clearmarket.wallet.proof.Hash;
import io.clearmarket.wallet.proof.NoteSignature;
import io.clearmarket.wallet.proof.NoteSigner;
import io.clearmarket.wallet.proof.SignedNote;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Checkpoints with the test system's own keys: what an operator who holds all of them could have shown somebody. */
final class SignedLogs {
    static final String GOES_ON = "a log that goes on from what was seen";
    static final String FORKED = "a log that was another one before";
    private static final int SIZE = 5;

    private SignedLogs() {}

    /** What a browser may have kept: the log's own first leaves, and as many of another log. */
    static Map<String, String> before(GatewayTestSystem system) throws IOException, InterruptedException {
        Path keys = system.folder().resolve("gateway/proof");
        String origin = new String(get(system, "/log/checkpoint"), UTF_8)
                .lines()
                .findFirst()
                .orElseThrow();
        byte[] tile = get(system, "/log/tile/0/000.p/" + SIZE);
        CompactRange own = new CompactRange();
        CompactRange other = new CompactRange();
        for (int i = 0; i < SIZE; i++) {
            own.append(Hash.of(Arrays.copyOfRange(tile, i * Hash.BYTES, (i + 1) * Hash.BYTES)));
            other.append(Hash.sha256(new byte[] {(byte) i}));
        }
        return Map.of(
                GOES_ON, signed(keys, new Checkpoint(origin, SIZE, own.root())),
                FORKED, signed(keys, new Checkpoint(origin, SIZE, other.root())));
    }

    private static String signed(Path keys, Checkpoint checkpoint) throws IOException {
        String network = checkpoint.origin().substring(0, checkpoint.origin().lastIndexOf('/'));
        Instant now = Instant.now();
        List<NoteSignature> signatures = new ArrayList<>();
        signatures.add(NoteSigner.log(checkpoint.origin(), key(keys.resolve("log.key")))
                .sign(checkpoint, now));
        for (String mspId : List.of("AuditMSP", "MerchantsMSP", "PlatformMSP")) {
            signatures.add(NoteSigner.witness(network + "/" + mspId, key(keys.resolve("witness-" + mspId + ".key")))
                    .sign(checkpoint, now));
        }
        return new SignedNote(checkpoint.text(), signatures).encoded();
    }

    private static Ed25519Key key(Path file) throws IOException {
        return Ed25519Key.fromSeed(
                HexFormat.of().parseHex(Files.readString(file, UTF_8).strip()));
    }

    private static byte[] get(GatewayTestSystem system, String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(system.address() + path))
                                .build(),
                        BodyHandlers.ofByteArray())
                .body();
    }
}
