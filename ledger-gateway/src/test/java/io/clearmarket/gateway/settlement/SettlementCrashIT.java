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
import io.clearmarket.gateway.testing.GatewayUnderTest;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The gateway's process stops dead between persisting and sending, once at each of its steps; whoever uses it repeats what got no
 * answer.
 */
class SettlementCrashIT {
    private static final int KILLED = 137;
    private static final long TOTAL = 9_000;
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private static MoneyTestMarket market;

    @BeforeAll
    static void start() throws Exception {
        market = MoneyTestMarket.prepare();
        market.attestedBy("PlatformMSP", "MerchantsMSP", "AuditMSP");
    }

    @AfterAll
    static void stop() {
        market.close();
    }

    @Test
    void whatever_step_it_dies_at_everything_is_settled_exactly_once() {
        List<Journey> journeys = new ArrayList<>();
        boolean founded = false;
        for (SettlementStep step : SettlementStep.values()) {
            try (GatewayUnderTest gateway = gateway(step.name())) {
                if (!founded) {
                    market.found();
                    founded = true;
                }
                journeys.add(new Journey("order-" + step.name().toLowerCase(Locale.ROOT)));
                assertThat(driveAll(journeys, gateway))
                        .as("settled without reaching %s", step)
                        .isFalse();
                assertThat(gateway.awaitEnd(10)).isEqualTo(KILLED);
            }
        }
        try (GatewayUnderTest gateway = gateway("")) {
            assertThat(driveAll(journeys, gateway)).isTrue();
            journeys.forEach(SettlementCrashIT::requireSettledOnce);
        }
    }

    private static GatewayUnderTest gateway(String crashAt) {
        market.system.with(Map.of("clearmarket.crash-at", crashAt));
        return market.system.startGatewayProcess();
    }

    /** One order from placing to the refund of its rest. Every step of it may be repeated. */
    private static final class Journey {
        private final Terms terms;

        Journey(String order) {
            this.terms = market.terms(order, TOTAL);
        }

        ConsignmentId id() {
            return terms.consignmentId();
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
    }

    /** False if the gateway died meanwhile. */
    private static boolean driveAll(List<Journey> journeys, GatewayUnderTest gateway) {
        Instant deadline = Instant.now().plus(PATIENCE);
        for (Journey journey : journeys) {
            boolean settled = false;
            while (!settled) {
                try {
                    settled = journey.step();
                    Thread.sleep(100);
                } catch (UncheckedIOException | AssertionError e) {
                    if (!gateway.isAlive()) {
                        return false;
                    }
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                if (!gateway.isAlive()) {
                    return false;
                }
                assertThat(Instant.now())
                        .as("still not settled: %s", journey.id())
                        .isBefore(deadline);
            }
        }
        return true;
    }

    private static void requireSettledOnce(Journey journey) {
        Consignment.Ledgered money = market.consignment(journey.id()).money();
        assertThat(money.paidGross()).isEqualTo(Amount.of(TOTAL / 3));
        assertThat(money.paidBuyer()).isEqualTo(Amount.of(TOTAL - TOTAL / 3));
        Digest escrowId = EscrowTypes.escrowId(journey.terms);
        try (EscrowReader reader = market.chain.reader()) {
            List<ChainLog> history =
                    reader.history(escrowId, reader.finalizedBlock().number());
            assertThat(history).filteredOn(ChainLog.Deposited.class::isInstance).hasSize(1);
            assertThat(history).filteredOn(ChainLog.Skipped.class::isInstance).isEmpty();
            // both decisions may have been paid together, but nothing twice
            assertThat(history).filteredOn(ChainLog.Settled.class::isInstance).hasSizeBetween(1, 2);
        }
    }
}
