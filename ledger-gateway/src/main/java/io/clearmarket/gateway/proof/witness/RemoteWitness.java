package io.clearmarket.gateway.proof.witness;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clearmarket.gateway.config.BoundedHttp;
import io.clearmarket.wallet.proof.Hash;
import io.clearmarket.wallet.proof.InvalidProof;
import io.clearmarket.wallet.proof.NoteKey;
import io.clearmarket.wallet.proof.NoteSignature;
import io.clearmarket.wallet.proof.SignedNote;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A witness in a process of its own, asked by C2SP tlog-witness. One that does not answer in time, or not at all, is not asked for a while, so
 * that it holds up no checkpoint.
 */
public final class RemoteWitness implements Cosigner {
    private static final Logger LOG = LoggerFactory.getLogger(RemoteWitness.class);
    private static final Duration REST = Duration.ofSeconds(10);

    private final String mspId;
    private final NoteKey key;
    private final URI url;
    private final Duration timeout;
    private final Clock clock;
    private final HttpClient http = BoundedHttp.client();
    private volatile Instant restsUntil = Instant.EPOCH;

    /**
     * @param key whose cosignature counts, whatever answers at the address
     * @param url of its door; no path
     * @param timeout how long an answer may take
     */
    public RemoteWitness(String mspId, NoteKey key, URI url, Duration timeout, Clock clock) {
        this.mspId = mspId;
        this.key = key;
        this.url = url;
        this.timeout = timeout;
        this.clock = clock;
    }

    @Override
    public String mspId() {
        return mspId;
    }

    @Override
    public NoteKey key() {
        return key;
    }

    @Override
    public Cosigning cosign(long oldSize, List<Hash> consistency, SignedNote note) {
        if (clock.instant().isBefore(restsUntil)) {
            return new Cosigning.Away("is asked again at " + restsUntil);
        }
        String body = new AddCheckpoint(oldSize, consistency, note).encoded();
        try {
            HttpResponse<byte[]> answer = send("POST", AddCheckpoint.PATH, body);
            return read(answer.statusCode(), new String(answer.body(), UTF_8), note);
        } catch (TimeoutException | ExecutionException e) {
            restsUntil = clock.instant().plus(REST);
            return new Cosigning.Away("does not answer at " + url + ": " + e);
        } catch (InvalidProof e) {
            return new Cosigning.Away("answers what is no answer: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Cosigning.Away("was not waited for");
        }
    }

    private Cosigning read(int status, String answer, SignedNote asked) {
        String reason = answer.strip();
        return switch (status) {
            case 200 -> signature(answer, asked);
            case 409 -> new Cosigning.Conflict(AddCheckpoint.size(reason));
            case 400 -> new Cosigning.Refused(Cosigning.Reason.MALFORMED, reason);
            case 403 -> new Cosigning.Refused(Cosigning.Reason.BAD_SIGNATURE, reason);
            case 404 -> new Cosigning.Refused(Cosigning.Reason.UNKNOWN_LOG, reason);
            case 422 -> new Cosigning.Refused(Cosigning.Reason.INCONSISTENT, reason);
            default -> new Cosigning.Away("answers " + status + " " + reason);
        };
    }

    private Cosigning signature(String lines, SignedNote asked) {
        SignedNote answered = SignedNote.parse(asked.text() + "\n" + lines);
        if (!key.hasSigned(answered)) {
            return new Cosigning.Away("answers with no cosignature of " + key.name());
        }
        NoteSignature own = answered.signatures().stream()
                .filter(signature ->
                        signature.keyId() == key.id() && signature.name().equals(key.name()))
                .findFirst()
                .orElseThrow();
        return new Cosigning.Cosigned(own);
    }

    @Override
    public void publish(SignedNote note) {
        if (clock.instant().isBefore(restsUntil)) {
            return;
        }
        try {
            int status = send("PUT", Origin.CHECKPOINT, note.encoded()).statusCode();
            if (status != 200) {
                LOG.info("{}'s witness does not show its readers the newest checkpoint: {}", mspId, status);
            }
        } catch (TimeoutException | ExecutionException e) {
            restsUntil = clock.instant().plus(REST);
            LOG.warn("{}'s witness does not answer at {}: {}", mspId, url, e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpResponse<byte[]> send(String method, String path, String body)
            throws InterruptedException, ExecutionException, TimeoutException {
        HttpRequest request = HttpRequest.newBuilder(url.resolve(path))
                .method(method, BodyPublishers.ofString(body))
                .build();
        return BoundedHttp.send(http, request, timeout, AddCheckpoint.LONGEST);
    }
}
