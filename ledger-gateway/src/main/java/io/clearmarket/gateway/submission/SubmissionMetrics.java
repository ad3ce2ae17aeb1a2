package io.clearmarket.gateway.submission;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** {@code clearmarket.commands} by outcome, and how many are on their way. */
@Component
class SubmissionMetrics {
    private final MeterRegistry registry;

    SubmissionMetrics(MeterRegistry registry, CommitWatch watch) {
        this.registry = registry;
        Gauge.builder("clearmarket.commands.in.flight", watch, CommitWatch::inFlight)
                .description("transactions sent whose fate is not known")
                .register(registry);
        Gauge.builder("clearmarket.ledger.height", watch, CommitWatch::height)
                .description("blocks seen by the commit watch")
                .register(registry);
    }

    /** Runs it and records how long it took and how it ended. */
    Outcome measure(Supplier<Outcome> submission) {
        Timer.Sample sample = Timer.start(registry);
        String ended = "failed";
        try {
            Outcome outcome = submission.get();
            ended = switch (outcome) {
                case Outcome.Committed committed -> "committed";
                case Outcome.Refused refused -> "refused";
                case Outcome.Invalidated invalidated -> "invalidated";
                case Outcome.Unknown unknown -> "unknown";
            };
            return outcome;
        } finally {
            sample.stop(registry.timer("clearmarket.commands", "outcome", ended));
        }
    }
}
