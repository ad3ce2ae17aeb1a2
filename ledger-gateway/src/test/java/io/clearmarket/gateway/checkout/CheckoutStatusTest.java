package io.clearmarket.gateway.checkout;

import static io.clearmarket.gateway.testing.LedgerFixture.MERCHANT;
import static io.clearmarket.gateway.testing.LedgerFixture.OTHER_MERCHANT;
import static io.clearmarket.gateway.testing.LedgerFixture.STRANGER;
import static io.clearmarket.gateway.testing.LedgerFixture.held;
import static io.clearmarket.gateway.testing.LedgerFixture.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.OrderId;
import io.clearmarket.gateway.checkout.Checkouts.Status;
import io.clearmarket.gateway.identity.Enrolments;
import io.clearmarket.gateway.identity.ManagedIdentities;
import io.clearmarket.gateway.readmodel.ReadModelFixture;
import io.clearmarket.gateway.testing.GatewayTestSystem;
import io.clearmarket.gateway.testing.LedgerFixture;
import io.clearmarket.gateway.testing.TestDatabase;
import io.clearmarket.wallet.identity.PartyId;
import io.clearmarket.wallet.json.Json;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** How far a checkout has come follows from the order that its merchant signed for, and from no other. */
class CheckoutStatusTest {
    private final GatewayTestSystem system = GatewayTestSystem.get();
    private final LedgerFixture ledger = new LedgerFixture();
    private final TestDatabase database = TestDatabase.create();
    private final ReadModelFixture readModel = new ReadModelFixture(database);

    @Test
    void a_funded_order_of_its_merchant_is_the_checkouts() {
        fund("order-0001", MERCHANT);
        assertThat(checkouts().status(checkout("order-0001"))).isEqualTo(Status.FUNDED);
    }

    @Test
    void an_order_of_another_merchant_under_the_same_id_is_not() {
        fund("order-0001", OTHER_MERCHANT);
        assertThat(checkouts().status(checkout("order-0001"))).isEqualTo(Status.OPEN);
    }

    private void fund(String order, PartyId merchant) {
        Consignment placed = ledger.place(order, merchant);
        ledger.change(with(placed, Consignment.Goods.PLACED, held(1)), "consignment.funded", "recordDeposit", STRANGER);
        readModel.apply(ledger.seal());
    }

    private Checkouts checkouts() {
        return new Checkouts(
                new CheckoutStore(database.client()),
                readModel.model(),
                system.context().getBean(ManagedIdentities.class),
                system.context().getBean(Enrolments.class));
    }

    private static Checkout checkout(String order) {
        return new Checkout(
                "link",
                MERCHANT,
                "merchant",
                new OrderId(order),
                Json.MAPPER.createObjectNode(),
                Instant.now().plus(Duration.ofHours(1)),
                null,
                "challenge",
                null,
                false);
    }
}
