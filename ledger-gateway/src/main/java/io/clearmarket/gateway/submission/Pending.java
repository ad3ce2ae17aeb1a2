package io.clearmarket.gateway.submission;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** A signed transaction whose fate is not known yet. */
final class Pending {
    private final String transactionId;
    private final byte[] payload;
    private final byte[] signature;
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    private volatile Instant resendAt;
    private volatile boolean inEarlierBlock;
    private int sendings;
    private int holders;

    Pending(String transactionId, byte[] payload, byte[] signature, Instant resendAt) {
        this.transactionId = transactionId;
        this.payload = payload;
        this.signature = signature;
        this.resendAt = resendAt;
    }

    /** One more counts on its being watched. Only as the watch's map is changed, like {@link #released}. */
    Pending held() {
        holders++;
        return this;
    }

    /** One fewer does; true if nobody is left. */
    boolean released() {
        return --holders == 0;
    }

    String transactionId() {
        return transactionId;
    }

    /** The bytes that are sent, always the same. */
    byte[] payload() {
        return payload;
    }

    byte[] signature() {
        return signature;
    }

    /** Completed once a block tells. */
    CompletableFuture<Outcome> outcome() {
        return outcome;
    }

    boolean isDue(Instant now) {
        return !resendAt.isAfter(now);
    }

    /** Sent again from then on, as long as nothing is heard of it. */
    void resendAt(Instant then) {
        resendAt = then;
    }

    /** Sent then at the latest, also where whoever announced it does not send it. */
    void resendBy(Instant then) {
        resendAt = resendAt.isAfter(then) ? then : resendAt;
    }

    /** It is in the ledger already, from before anybody here waited for it: it is looked up there, and not sent again. */
    void foundInEarlierBlock(Instant lookUpAt) {
        inEarlierBlock = true;
        resendAt = lookUpAt;
    }

    boolean isInEarlierBlock() {
        return inEarlierBlock;
    }

    /** How often it has been sent again; for the one thread that does so. */
    int sendings() {
        return sendings;
    }

    /** For that thread too. */
    void sentAgain(Instant next) {
        sendings = sendings + 1;
        resendAt = next;
    }
}
