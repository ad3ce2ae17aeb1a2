package io.clearmarket.gateway.checkout;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.gateway.testing.GatewayTestSystem;
import io.clearmarket.gateway.testing.TestHttp.Answer;
import io.clearmarket.gateway.testing.TestMarket;
import io.clearmarket.wallet.eth.EthAddress;
import io.clearmarket.wallet.json.Json;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** What the ledger would refuse the buyer is refused the merchant's server, which can do something about it. */
class CheckoutTermsTest {
    private static final String PAST = "2026-01-01T00:00:00Z";

    private final TestMarket market = TestMarket.get();

    @Test
    void terms_that_the_ledger_takes_are_a_checkout_and_the_same_one_again() {
        ObjectNode terms = terms(same -> {});
        Answer made = create(terms);
        assertThat(made.status()).isEqualTo(201);
        assertThat(create(terms).text("id")).isEqualTo(made.text("id"));
    }

    @Test
    void terms_that_the_ledger_refuses_are_no_checkout() {
        refused("TERMS_BAD_GTIN", terms -> line(terms).put("gtin", "SKU-1"));
        refused("TERMS_BAD_GTIN", terms -> line(terms).put("gtin", "09521234123454"));
        refused("INVALID_VALUE", terms -> line(terms).put("line", 7));
        refused("INVALID_VALUE", terms -> line(terms).put("product", "a\0b"));
        refused("TERMS_WRONG_LEDGER", terms -> terms.put("ledger", "clearmarket:other:market"));
        refused("TERMS_UNKNOWN_ASSET", terms -> terms.put("asset", "eip155:1/erc20:0x" + "1".repeat(40)));
        refused("TERMS_FEES_TOO_HIGH", terms -> terms.put("feeBps", 10_001));
        refused("TERMS_BAD_ARBITERS", terms -> terms.putArray("arbiters"));
        refused("TERMS_BAD_ARBITERS", terms -> terms.putArray("arbiters").add("ab".repeat(32)));
        refused("TERMS_BAD_TIMERS", terms -> terms.withObject("timers").put("shipWithin", 0));
        refused("TERMS_BAD_TIMERS", terms -> terms.put("payBy", "2999-01-01T00:00:00.5Z"));
        refused(
                "TERMS_STOP_DATE_TOO_EARLY",
                terms -> terms.put("stopDate", terms.path("payBy").asString()));
        refused("TERMS_QUOTE_EXPIRED", terms -> terms.withObject("quote").put("expiry", PAST));
    }

    @Test
    void half_of_a_surrogate_pair_is_refused_each_time() {
        GatewayTestSystem system = GatewayTestSystem.get();
        String wish = Json.MAPPER
                .writeValueAsString(Map.of("terms", terms(same -> {})))
                .replace("sku-1", "\\ud800");
        for (int time = 0; time < 2; time++) {
            Answer answer = system.http(system.token("merchant")).post("/api/v1/checkouts", wish);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.text("code")).isEqualTo("INVALID_VALUE");
        }
    }

    private void refused(String code, Consumer<ObjectNode> change) {
        Answer answer = create(terms(change));
        assertThat(answer.status()).as(code).isEqualTo(400);
        assertThat(answer.text("code")).isEqualTo(code);
        assertThat(answer.text("hint")).isNotBlank();
    }

    private ObjectNode terms(Consumer<ObjectNode> change) {
        String order = "order-" + UUID.randomUUID();
        GatewayTestSystem system = GatewayTestSystem.get();
        ObjectNode terms = Json.MAPPER.valueToTree(
                market.terms(order, system.person("merchant").party(), EthAddress.ZERO));
        terms.remove(List.of("buyer", "escrow"));
        change.accept(terms);
        return terms;
    }

    private static ObjectNode line(ObjectNode terms) {
        return (ObjectNode) terms.withArray("lines").get(0);
    }

    private static Answer create(ObjectNode terms) {
        GatewayTestSystem system = GatewayTestSystem.get();
        return system.http(system.token("merchant")).post("/api/v1/checkouts", Map.of("terms", terms));
    }
}
