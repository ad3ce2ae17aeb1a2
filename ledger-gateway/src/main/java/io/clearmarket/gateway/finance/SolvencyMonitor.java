package io.clearmarket.gateway.finance;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Checks solvency again and again, for the alert: {@code clearmarket.solvency.surplus} of each asset and
 * {@code clearmarket.solvency.differences} of each kind. Before the first check, and after one that failed, they are not a
 * number.
 */
@Component
@ConditionalOnProperty("clearmarket.chain.rpc-url")
class SolvencyMonitor implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(SolvencyMonitor.class);

    /** How soon a check is repeated that failed: a node or the read model may not be there yet. */
    private static final Duration AGAIN = Duration.ofSeconds(10);

    private final Solvencies solvencies;
    private final MeterRegistry metrics;
    private final Duration interval;
    private final Map<String, Double> surplus = new ConcurrentHashMap<>();
    private volatile @Nullable Solvency last;
    private @Nullable Thread thread;

    SolvencyMonitor(
            Solvencies solvencies,
            MeterRegistry metrics,
            @Value("${clearmarket.finance.solvency-interval:5m}") Duration interval) {
        this.solvencies = solvencies;
        this.metrics = metrics;
        this.interval = interval;
        for (Solvency.Kind kind : Solvency.Kind.values()) {
            Gauge.builder("clearmarket.solvency.differences", this, monitor -> monitor.differences(kind))
                    .tag("kind", kind.name().toLowerCase(Locale.ROOT))
                    .description("consignments' amounts on which ledger and contract differ")
                    .register(metrics);
        }
    }

    /** One check. */
    void check() {
        try {
            Solvency now = solvencies.now(null);
            last = now;
            now.assets().forEach(this::publish);
            if (!now.sound()) {
                LOG.error("Not solvent: {}", now);
            }
        } catch (RuntimeException e) {
            last = null;
            surplus.replaceAll((asset, value) -> Double.NaN);
            LOG.warn("Solvency could not be checked: {}", e.toString());
        }
    }

    private void publish(Solvency.OfAsset asset) {
        String name = asset.asset().caip19();
        if (surplus.put(name, asset.surplus().units().doubleValue()) == null) {
            Gauge.builder("clearmarket.solvency.surplus", surplus, map -> map.getOrDefault(name, Double.NaN))
                    .tag("asset", name)
                    .description("contract's tokens less what it owes, in minor units")
                    .register(metrics);
        }
    }

    private double differences(Solvency.Kind kind) {
        Solvency known = last;
        return known == null
                ? Double.NaN
                : known.differences().stream()
                        .filter(each -> each.kind() == kind)
                        .count();
    }

    @Override
    public synchronized void start() {
        thread = Thread.ofVirtual().name("solvency").start(this::repeat);
    }

    private void repeat() {
        try {
            while (true) {
                check();
                boolean failed = last == null;
                Thread.sleep(failed && AGAIN.compareTo(interval) < 0 ? AGAIN : interval);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized void stop() {
        Thread running = thread;
        thread = null;
        if (running != null) {
            running.interrupt();
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return thread != null;
    }
}
