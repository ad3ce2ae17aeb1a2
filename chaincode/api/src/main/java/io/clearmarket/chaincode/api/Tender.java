package io.clearmarket.chaincode.api;

/**
 * What the buyer hands over where that is not the settlement asset: to a provider, who deposits the terms' total for them. The ledger sees the deposit and
 * nothing of the tender; it holds what both sides agreed that the deposit costs the buyer, so that what goes back can be told at the same rate.
 *
 * @param unit an ISO 4217 code, or an asset's CAIP-19 name; never the settlement asset
 * @param amount minor units: total x numerator / denominator, the nearest whole one ({@link Conversion#tendered})
 * @param numerator with the denominator: minor units of the tender for one of the settlement asset
 * @param provider who takes it and deposits, in their own words
 */
public record Tender(
        @Form(Tender.UNIT) String unit,
        Amount amount,
        QuoteSide numerator,
        QuoteSide denominator,
        @Form(Tender.PROVIDER) String provider) {
    /** {@link Money#CURRENCY}, or an asset type of CAIP-19. */
    public static final String UNIT =
            Money.CURRENCY + "|[-a-z0-9]{3,8}:[-_a-zA-Z0-9]{1,32}/[-a-z0-9]{3,8}:[-.%a-zA-Z0-9]{1,128}";

    /** A name on one line, without control characters, that does not begin with a space. */
    public static final String PROVIDER = "[^\\x00-\\x20\\x7f-\\xa0][^\\x00-\\x1f\\x7f-\\x9f\\u2028\\u2029]{0,199}";
}
