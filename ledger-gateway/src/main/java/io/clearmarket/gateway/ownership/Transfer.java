package io.clearmarket.gateway.ownership;

import io.clearmarket.chaincode.api.Epc;
import io.clearmarket.chaincode.api.HandOver;
import io.clearmarket.wallet.identity.PartyId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An owner's offer to hand one item on, behind a link.
 *
 * @param id the link's secret
 * @param chosen the taker whom the owner said yes to
 * @param words of those who asked for it, oldest first
 */
record Transfer(
        String id,
        Epc epc,
        PartyId owner,
        Instant expiresAt,
        boolean withdrawn,
        @Nullable PartyId chosen,
        List<Word> words) {
    Transfer {
        words = List.copyOf(words);
    }

    /**
     * What a taker gave: it takes effect once the owner brings it to the ledger, and never without.
     *
     * @param signature base64 of DER, over the hand-over's canonical bytes
     */
    record Word(PartyId party, HandOver handOver, String signature) {}

    /** How far it has come, as the ledger says. */
    enum Status {
        /** Nobody has asked for it. */
        OPEN,
        /** Somebody has; the owner has said nothing. */
        WANTED,
        /** The owner said yes to one; the ledger does not have it yet. */
        CHOSEN,
        /** The hand-over is on the ledger. */
        DONE,
        /** The owner called it off. */
        WITHDRAWN,
        /** Its time ran out before the owner said yes. */
        EXPIRED,
        /** The item left the owner in another way. */
        GONE
    }

    Optional<Word> wordOf(PartyId party) {
        return words.stream().filter(word -> word.party().equals(party)).findFirst();
    }
}
