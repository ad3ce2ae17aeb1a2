package io.clearmarket.chaincode.api;

import io.clearmarket.wallet.identity.PartyId;
import io.clearmarket.wallet.json.CanonicalJson;
import java.time.Instant;

/**
 * What a merchant offers to everybody; terms cite it by its hash.
 *
 * @param price for one piece before the discount
 * @param discountBps basis points off the price; the discounted price is rounded down
 * @param validFrom first moment at which an order may cite it
 * @param validUntil last moment
 * @param uses how many lines may cite it, each naming a number of its own from 1 on
 * @param perUse most pieces of one such line
 * @param nonce makes equal offers different
 */
public record SaleOffer(
        @Form(MarketConfig.LEDGER) String ledger,
        PartyId merchant,
        String product,
        @Form(Gtin.FORM) String gtin,
        Money price,
        @Within(least = 0, most = Limits.ALL_BPS) int discountBps,
        Instant validFrom,
        Instant validUntil,
        @Within(least = 1, most = Limits.USES) int uses,
        @Within(least = 1, most = Limits.PIECES) int perUse,
        Digest nonce) {

    /** SHA-256 of the RFC 8785 bytes: what terms cite. */
    public Digest hash() {
        return Digest.sha256(CanonicalJson.bytes(this));
    }

    /** What a piece costs. */
    public Amount discounted() {
        return price.amount().minus(price.amount().basisPoints(discountBps).plus(roundedUp()));
    }

    /** One minor unit where the discount has a fraction: the price is rounded down, so the discount up. */
    private Amount roundedUp() {
        Amount down = price.amount().basisPoints(discountBps);
        boolean exact = down.times(10_000).equals(price.amount().times(discountBps));
        return exact ? Amount.ZERO : Amount.of(1);
    }
}
