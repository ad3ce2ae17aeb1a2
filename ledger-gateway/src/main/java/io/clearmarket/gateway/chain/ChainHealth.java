package io.clearmarket.gateway.chain;

import java.time.Clock;
import java.time.Duration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/** Up while the node answers and its newest final block is not old. */
@Component
@ConditionalOnProperty("clearmarket.chain.rpc-url")
class ChainHealth extends AbstractHealthIndicator {
    private static final Duration OLD = Duration.ofMinutes(30);

    private final EscrowChain chain;
    private final Clock clock = Clock.systemUTC();

    ChainHealth(EscrowChain chain) {
        this.chain = chain;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        BlockRef head = chain.finalizedBlock();
        Duration age = Duration.between(head.time(), clock.instant());
        builder.status(age.compareTo(OLD) > 0 ? "OUT_OF_SERVICE" : "UP")
                .withDetail("finalizedBlock", head.number())
                .withDetail("finalizedAge", age.toString())
                .withDetail("openTransactions", chain.open());
    }
}
