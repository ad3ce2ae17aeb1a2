package io.clearmarket.chaincode.domain;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.Money;
import io.clearmarket.chaincode.api.SaleOffer;
import java.time.Instant;

/** Offers of the first line's product: 1000 cents after a third off, three times up to two pieces. */
public final class SaleOfferBuilder {
    private SaleOfferBuilder() {}

    public static SaleOffer valid() {
        return of(1_500, Bazaar.START.plusSeconds(Bazaar.HOUR));
    }

    /** Somebody else's. */
    public static SaleOffer by(Person merchant) {
        SaleOffer offer = valid();
        return new SaleOffer(
                offer.ledger(),
                merchant.id(),
                offer.product(),
                offer.gtin(),
                offer.price(),
                offer.discountBps(),
                offer.validFrom(),
                offer.validUntil(),
                offer.uses(),
                offer.perUse(),
                offer.nonce());
    }

    /** Over before the order comes. */
    public static SaleOffer over() {
        return of(1_500, Bazaar.START.minusSeconds(1));
    }

    /** At another price than the terms say. */
    public static SaleOffer cheaper() {
        return of(1_499, Bazaar.START.plusSeconds(Bazaar.HOUR));
    }

    private static SaleOffer of(long price, Instant until) {
        return new SaleOffer(
                Bazaar.LEDGER,
                Bazaar.MERCHANT.id(),
                "product-1",
                Bazaar.GTIN,
                new Money(Amount.of(price), "BRL"),
                3_333,
                Bazaar.START.minusSeconds(Bazaar.HOUR),
                until,
                3,
                2,
                Digest.ZERO);
    }
}
