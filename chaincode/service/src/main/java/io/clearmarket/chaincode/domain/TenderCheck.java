package io.clearmarket.chaincode.domain;

import static io.clearmarket.chaincode.domain.Refuse.unless;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Conversion;
import io.clearmarket.chaincode.api.InvalidValue;
import io.clearmarket.chaincode.api.RefusalCode;
import io.clearmarket.chaincode.api.Tender;
import io.clearmarket.chaincode.api.Terms;

/** Whether what the buyer hands over is the terms' total at its rate; how long that rate holds is the quote's own expiry. */
final class TenderCheck {
    private TenderCheck() {}

    static void require(Tender tender, Terms terms) {
        Bounds.require(tender.unit(), "quote.tender.unit", Tender.UNIT, "an ISO 4217 code or a CAIP-19 name");
        Bounds.require(tender.provider(), "quote.tender.provider", Tender.PROVIDER, "a name on one line");
        if (tender.unit().equalsIgnoreCase(terms.asset().caip19())) {
            throw new InvalidValue(
                    "quote.tender.unit", tender.unit(), "another than the settlement asset: leave the tender out");
        }
        unless(
                tender.numerator().isPositive() && tender.denominator().isPositive(),
                RefusalCode.TERMS_AMOUNTS_DIFFER,
                () -> "the tender's rate is " + rate(tender) + "; both must be positive");
        Amount whole = Conversion.tendered(tender, terms.total());
        unless(
                tender.amount().equals(whole),
                RefusalCode.TERMS_AMOUNTS_DIFFER,
                () -> "the tender is " + tender.amount() + "; the total " + terms.total() + " at the rate "
                        + rate(tender) + " is " + whole);
        unless(
                !whole.isZero(),
                RefusalCode.AMOUNT_ZERO,
                () -> "the tender is 0; whoever deposits " + terms.total() + " is to get at least 1 minor unit");
    }

    private static String rate(Tender tender) {
        return tender.numerator() + " / " + tender.denominator();
    }
}
