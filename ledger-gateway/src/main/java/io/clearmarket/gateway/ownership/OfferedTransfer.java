package io.clearmarket.gateway.ownership;

import io.clearmarket.chaincode.api.Epc;
import io.clearmarket.chaincode.api.HandOver;
import io.clearmarket.wallet.identity.PartyId;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A transfer, for its owner.
 *
 * @param url the page to send the taker to; whoever has it may ask for the item
 * @param code the url's QR code: rows of 1 (dark) and 0, without a quiet zone
 * @param takers who asked for it, oldest first
 * @param chosen the one whom the owner said yes to
 */
record OfferedTransfer(
        String id,
        Epc epc,
        URI url,
        List<String> code,
        Instant expiresAt,
        Transfer.Status status,
        List<Taker> takers,
        @Nullable PartyId chosen) {
    OfferedTransfer {
        code = List.copyOf(code);
        takers = List.copyOf(takers);
    }

    /**
     * Somebody who asked for the item.
     *
     * @param handOver what they signed, for the owner to record
     * @param signature base64 of DER, over its RFC 8785 bytes
     * @param publicKey base64 of the SubjectPublicKeyInfo, whose SHA-256 is the party
     */
    record Taker(PartyId party, HandOver handOver, String signature, String publicKey) {}
}
