package io.clearmarket.gateway.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.EscrowTypes;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.gateway.chain.ChainLog;
import io.clearmarket.gateway.chain.EscrowReader;
import java.util.List;

/** One order from placing to the refund of its rest. Every step of it may be repeated. */
final class MoneyJourney {
    static final long TOTAL = 9_000;

    private final MoneyTestMarket market;
    private final Terms terms;

    MoneyJourney(MoneyTestMarket market, String order) {
        this.market = market;
        this.terms = market.terms(order, TOTAL);
    }

    ConsignmentId id() {
        return terms.consignmentId();
    }

    Digest escrowId() {
        return EscrowTypes.escrowId(terms);
    }

    /** Does what can be done next; true once all is settled. */
    boolean step() {
        if (!market.isPlaced(id())) {
            market.place(terms);
        }
        Consignment now = market.consignment(id());
        if (now.money().deposited().isZero()) {
            market.fund(terms);
            market.http("buyer").post("/api/v1/deposits", market.depositRequest(terms));
        } else if (now.money().gross().isZero()) {
            market.accept(terms, TOTAL / 3);
        } else if (!now.money().held().isZero()) {
            market.refundRest(terms);
        }
        return now.closed() && now.money().isSettled();
    }

    void requireSettledOnce() {
        Consignment.Ledgered money = market.consignment(id()).money();
        assertThat(money.paidGross()).isEqualTo(Amount.of(TOTAL / 3));
        assertThat(money.paidBuyer()).isEqualTo(Amount.of(TOTAL - TOTAL / 3));
        try (EscrowReader reader = market.chain.reader()) {
            List<ChainLog> history =
                    reader.history(escrowId(), reader.finalizedBlock().number());
            assertThat(history).filteredOn(ChainLog.Deposited.class::isInstance).hasSize(1);
            assertThat(history).filteredOn(ChainLog.Skipped.class::isInstance).isEmpty();
            // both decisions may have been paid together, but nothing twice
            assertThat(history).filteredOn(ChainLog.Settled.class::isInstance).hasSizeBetween(1, 2);
        }
    }
}
