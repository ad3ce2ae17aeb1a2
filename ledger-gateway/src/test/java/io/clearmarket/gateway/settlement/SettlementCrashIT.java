package io.clearmarket.gateway.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.gateway.testing.GatewayUnderTest;
import io.clearmarket.gateway.testing.TestHttp;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * The gateway's process stops dead between persisting and sending, once at each of its steps; whoever uses it repeats what got no
 * answer. The steps of a standby's takeover are in {@link AttesterProcessIT}, where an attester is dead.
 */
class SettlementCrashIT {
    private static final int KILLED = 137;
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration RECOVERY = Duration.ofSeconds(30);
    private static final Set<SettlementStep> STEPS = EnumSet.complementOf(EnumSet.of(
            SettlementStep.STANDBY_SIGNED, SettlementStep.STANDBY_PERSISTED, SettlementStep.STANDBY_SETTLING));

    private static MoneyTestMarket market;

    @BeforeAll
    static void start() throws Exception {
        market = MoneyTestMarket.prepare();
        market.attestedBy("PlatformMSP", "MerchantsMSP", "AuditMSP");
    }

    @AfterAll
    static void stop() {
        if (market != null) {
            market.close();
        }
    }

    /** With each gateway, before anybody asks for anything: what the last one left behind is done with soon, or this one dies of it. */
    @Test
    void whatever_step_it_dies_at_everything_is_settled_exactly_once() {
        List<MoneyJourney> journeys = new ArrayList<>();
        boolean founded = false;
        for (SettlementStep step : STEPS) {
            try (GatewayUnderTest gateway = gateway(step.name())) {
                if (!founded) {
                    market.found();
                    founded = true;
                }
                recover(gateway, step.name());
                journeys.add(new MoneyJourney(market, "order-" + step.name().toLowerCase(Locale.ROOT)));
                assertThat(driveAll(
                                journeys,
                                gateway,
                                step == SettlementStep.TRANSACTION_REPRICED ? new DearBlocks(market.chain) : () -> {}))
                        .as("settled without reaching %s", step)
                        .isFalse();
                assertThat(gateway.awaitEnd(10)).isEqualTo(KILLED);
            }
        }
        try (GatewayUnderTest gateway = gateway("")) {
            recover(gateway, "no step");
            assertThat(driveAll(journeys, gateway, () -> {})).isTrue();
            journeys.forEach(MoneyJourney::requireSettledOnce);
        }
    }

    private static GatewayUnderTest gateway(String crashAt) {
        market.system.with(Map.of("clearmarket.crash-at", crashAt, "clearmarket.chain.stuck-after", "2s"));
        return market.system.startGatewayProcess();
    }

    /** Waits until nothing is pending; the gateway may die at its own step before. */
    private static void recover(GatewayUnderTest gateway, String diesAt) {
        Instant ready = Instant.now();
        Optional<String> pending = pending(gateway);
        while (pending.isPresent()) {
            assertThat(Duration.between(ready, Instant.now()))
                    .as("still pending in the gateway that dies at %s: %s", diesAt, pending.orElseThrow())
                    .isLessThan(RECOVERY);
            pause();
            pending = pending(gateway);
        }
        System.out.printf(
                "to die at %-20s %s after %d ms%n",
                diesAt,
                gateway.isAlive() ? "nothing was pending" : "died of what was pending",
                Duration.between(ready, Instant.now()).toMillis());
    }

    /** What waits for either ledger; nothing does where nobody is alive to say so. */
    private static Optional<String> pending(GatewayUnderTest gateway) {
        try {
            TestHttp operator = market.http("operator-PlatformMSP");
            JsonNode settlement = operator.get("/api/v1/settlement").body();
            JsonNode commands = operator.get("/actuator/metrics/clearmarket.commands.in.flight")
                    .body();
            boolean idle = settlement.path("transactionsOpen").asInt(1) == 0
                    && settlement.path("factsOpen").asInt(1) == 0
                    && settlement.path("due").isEmpty()
                    && commands.at("/measurements/0/value").asInt(1) == 0;
            return idle ? Optional.empty() : Optional.of(settlement + ", commands in flight " + commands);
        } catch (UncheckedIOException e) {
            return gateway.isAlive() ? Optional.of("no answer: " + e.getMessage()) : Optional.empty();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * False if the gateway died meanwhile.
     *
     * @param trouble made all the time
     */
    private static boolean driveAll(List<MoneyJourney> journeys, GatewayUnderTest gateway, Runnable trouble) {
        Instant deadline = Instant.now().plus(PATIENCE);
        for (MoneyJourney journey : journeys) {
            boolean settled = false;
            while (!settled) {
                try {
                    settled = journey.step();
                    trouble.run();
                    pause();
                } catch (UncheckedIOException | AssertionError e) {
                    if (!gateway.isAlive()) {
                        return false;
                    }
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
}
