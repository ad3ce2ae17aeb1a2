package io.clearmarket.gateway.settlement;

import io.clearmarket.gateway.config.GatewayProperties;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Stops the process dead at a step, for tests of what a kill leaves behind: {@code CLEARMARKET_CRASH_AT=LOGS_READ:2} at its
 * second passing. Only in development; elsewhere it refuses to start.
 */
@Component
class CrashPoints implements ProbedSteps {
    private static final Logger LOG = LoggerFactory.getLogger(CrashPoints.class);
    private static final int KILLED = 137;

    private final @Nullable SettlementStep crashAt;
    private final AtomicInteger left;

    CrashPoints(GatewayProperties gateway, @Value("${clearmarket.crash-at:}") String crashAt) {
        if (crashAt.isEmpty()) {
            this.crashAt = null;
            this.left = new AtomicInteger();
            return;
        }
        if (!gateway.development()) {
            throw new IllegalStateException("clearmarket.crash-at is for development only");
        }
        String[] parts = crashAt.split(":", 2);
        this.crashAt = SettlementStep.valueOf(parts[0]);
        this.left = new AtomicInteger(parts.length == 2 ? Integer.parseInt(parts[1]) : 1);
    }

    @Override
    public void reached(SettlementStep step) {
        if (step == crashAt && left.decrementAndGet() == 0) {
            LOG.error("Stopping dead at {}", step);
            Runtime.getRuntime().halt(KILLED);
        }
    }
}
