package io.clearmarket.gateway.settlement;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/** Up while the loop runs; tells how much money's word waits, and how much of that keeps being refused. */
@Component
@ConditionalOnProperty("clearmarket.chain.rpc-url")
class SettlementHealth extends AbstractHealthIndicator {
    private final SettlementLoop loop;
    private final FactStore facts;
    private final ModeStore modes;

    SettlementHealth(SettlementLoop loop, FactStore facts, ModeStore modes) {
        this.loop = loop;
        this.facts = facts;
        this.modes = modes;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        builder.status(loop.isHealthy() ? "UP" : "DOWN")
                .withDetail("mode", modes.current().mode())
                .withDetail("factsOpen", facts.open())
                .withDetail("factsStuck", facts.stuck());
    }
}
