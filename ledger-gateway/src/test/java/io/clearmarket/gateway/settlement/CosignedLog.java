package io.clearmarket.gateway.settlement;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.gateway.testing.TestHttp;
import io.clearmarket.wallet.proof.Checkpoint;
import io.clearmarket.wallet.proof.ProofVerifier;
import io.clearmarket.wallet.proof.SignedNote;
import io.clearmarket.wallet.proof.TrustPolicy;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;

/** A market's log as anybody sees it: at the gateway, and at each organisation's own origin. */
record CosignedLog(MoneyTestMarket market, WitnessKeys witnesses) {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** What an organisation's origin gives out. */
    String text(String mspId, String path) throws Exception {
        HttpResponse<String> answer = CLIENT.send(
                HttpRequest.newBuilder(witnesses.origin(mspId).resolve(path)).build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        return answer.body();
    }

    /** How many leaves an organisation's own copy has. */
    long size(String mspId) throws Exception {
        return Checkpoint.parse(SignedNote.parse(text(mspId, "/log/checkpoint")).text())
                .size();
    }

    /** The gateway's newest. */
    Checkpoint checkpoint() throws Exception {
        return Checkpoint.parse(
                SignedNote.parse(anybody().text("/log/checkpoint")).text());
    }

    /** Whose cosignatures the gateway's newest checkpoint has. */
    Set<String> cosigners() throws Exception {
        SignedNote note = SignedNote.parse(anybody().text("/log/checkpoint"));
        return new ProofVerifier(TrustPolicy.parse(witnesses.policy()))
                .verify(Checkpoint.parse(note.text()), note)
                .keySet();
    }

    /** Until the gateway's newest checkpoint is larger than that and cosigned by these. */
    void awaitCosigned(long size, List<String> mspIds) throws Exception {
        await(() -> checkpoint().size() > size && cosigners().containsAll(mspIds));
    }

    /** The proof of the market's record with that version, once the log has it. */
    byte[] marketsProof(int version) throws Exception {
        String[] found = {""};
        await(() -> {
            found[0] = anybody().text("/api/v1/proofs?kind=market&id=current");
            return found[0].contains("\"version\":" + version);
        });
        return found[0].getBytes(UTF_8);
    }

    void await(Callable<Boolean> condition) throws Exception {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (!condition.call()) {
            assertThat(Instant.now()).isBefore(deadline);
            Thread.sleep(200);
        }
    }

    private TestHttp anybody() {
        return market.system.http(null);
    }
}
