package io.clearmarket.gateway.checkout;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.gateway.testing.DeviceBuyer;
import io.clearmarket.gateway.testing.GatewayTestSystem;
import io.clearmarket.gateway.testing.TestHttp;
import io.clearmarket.gateway.testing.TestHttp.Answer;
import io.clearmarket.gateway.testing.TestMarket;
import io.clearmarket.wallet.ca.Csr;
import io.clearmarket.wallet.eth.EthAddress;
import io.clearmarket.wallet.eth.Secp256k1Key;
import io.clearmarket.wallet.identity.PartyId;
import io.clearmarket.wallet.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** One buyer who has a checkout open twice. */
class CheckoutTabsTest {
    private final GatewayTestSystem system = GatewayTestSystem.get();
    private final TestHttp nobody = system.http(null);

    @Test
    void who_placed_the_order_with_one_wallet_goes_on_with_its_terms_although_another_was_tried_meanwhile() {
        String checkout = offer();
        DeviceBuyer.Claimed first = DeviceBuyer.claim(system, checkout);
        Terms other = claim(checkout, first.buyer(), Secp256k1Key.generate().address());
        assertThat(other.hash()).isNotEqualTo(first.terms().hash());

        assertThat(first.place().status()).isEqualTo(200);
        system.awaitRead();

        assertThat(claim(checkout, first.buyer(), null).hash())
                .isEqualTo(first.terms().hash());
    }

    private String offer() {
        Terms whole = TestMarket.get().terms(TestMarket.newOrder(), new PartyId("0".repeat(64)), EthAddress.ZERO);
        ObjectNode draft = Json.MAPPER.valueToTree(whole);
        draft.remove("buyer");
        draft.withObject("escrow").remove(List.of("payer", "salt"));
        Answer made = system.http(system.token("merchant")).post("/api/v1/checkouts", Map.of("terms", draft));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        return made.text("id");
    }

    private Terms claim(String checkout, DeviceBuyer buyer, @Nullable EthAddress wallet) {
        String path = "/api/v1/checkouts/" + checkout;
        String challenge = nobody.get(path + "/offer").text("challenge");
        Map<String, Object> claim = new LinkedHashMap<>();
        claim.put(
                "csr",
                Csr.create(buyer.keys(), "clearmarket-checkout-" + challenge).toPem());
        if (wallet != null) {
            claim.put("address", wallet);
        }
        Answer claimed = nobody.post(path + "/claims", claim);
        assertThat(claimed.status()).as(claimed.toString()).isEqualTo(201);
        return Json.MAPPER.treeToValue(claimed.body().path("terms"), Terms.class);
    }
}
