package io.clearmarket.gateway.checkout;

import io.clearmarket.chaincode.api.OrderId;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.wallet.identity.PartyId;
import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A merchant's offer of one order behind a link.
 *
 * @param id the link's secret
 * @param managed the managed identity that signs the terms for the merchant
 * @param draft the terms without the buyer's part ({@link TermsDraft})
 * @param payBy the last moment for the deposit; without an order by then it is over
 * @param returnUrl where the page leads back to
 * @param challenge what the next certificate request must name
 * @param taken the buyer who took it up last
 * @param withdrawn true once its merchant called it off
 */
record Checkout(
        String id,
        PartyId merchant,
        String managed,
        OrderId orderId,
        ObjectNode draft,
        Instant payBy,
        @Nullable URI returnUrl,
        String challenge,
        @Nullable Taken taken,
        boolean withdrawn) {

    /**
     * A buyer's part.
     *
     * @param certificate PEM
     * @param terms with the buyer's party and address, signed by the merchant
     * @param merchantSignature base64 of DER
     */
    record Taken(PartyId buyer, String mspId, String certificate, Terms terms, String merchantSignature) {}
}
