package io.clearmarket.chaincode.api;

import io.clearmarket.wallet.identity.PartyId;
import io.clearmarket.wallet.json.CanonicalJson;
import java.time.Instant;
import java.util.List;

/** Custody of items passes: what both sides sign. */
public record HandOver(
        @Form(MarketConfig.LEDGER) String ledger,

        @Form(Epc.FORM) @Count(least = 1, most = Limits.ITEMS)
        List<String> epcs,

        PartyId from,
        PartyId to,
        Instant at,
        Digest nonce) {
    public HandOver {
        epcs = List.copyOf(epcs);
    }

    /** The RFC 8785 bytes that the other side signs. */
    public byte[] canonicalBytes() {
        return CanonicalJson.bytes(this);
    }
}
