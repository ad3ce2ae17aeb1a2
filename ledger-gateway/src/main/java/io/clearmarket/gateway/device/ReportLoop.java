package io.clearmarket.gateway.device;

import io.clearmarket.gateway.epcis.sensor.Measured;
import io.clearmarket.gateway.events.BlockDriven;
import io.clearmarket.gateway.identity.ManagedIdentities;
import io.clearmarket.gateway.identity.ManagedIdentity;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Tells of the batches under a root, once the ledger has it, as EPCIS events about what their devices were on. What can't be told waits, twice as
 * long each time up to an hour, and holds up no other root; each failure is counted in {@code clearmarket.device.reports.failed}, and how many
 * roots wait is {@code clearmarket.device.reports.failing}.
 */
class ReportLoop extends BlockDriven {
    private static final Logger LOG = LoggerFactory.getLogger(ReportLoop.class);
    private static final int OURS = 500;
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);
    private static final int MOST_DOUBLINGS = 20;

    private final Anchors anchors;
    private final Reporter reports;
    private final ManagedIdentities identities;
    private final String collector;
    private final Duration every;
    private final InstantSource clock;
    private final Counter failed;

    /** What records the events; gives a problem for each that could not be. */
    interface Reporter {
        List<JsonNode> report(ManagedIdentity by, List<Measured> batches);
    }

    ReportLoop(
            Anchors anchors,
            Reporter reports,
            ManagedIdentities identities,
            DeviceProperties properties,
            MeterRegistry meters,
            InstantSource clock) {
        super("device-reports", properties.anchorEvery());
        this.anchors = anchors;
        this.reports = reports;
        this.identities = identities;
        this.collector = properties.collector();
        this.every = properties.anchorEvery();
        this.clock = clock;
        this.failed = meters.counter("clearmarket.device.reports.failed");
        meters.gauge("clearmarket.device.reports.failing", anchors, Anchors::failing);
    }

    @Override
    protected boolean work() {
        Optional<ManagedIdentity> identity = identities.find(collector);
        Optional<Anchors.Untold> untold = identity.isEmpty() ? Optional.empty() : anchors.untold(clock.instant());
        untold.ifPresent(found -> report(found, identity.get()));
        return untold.isPresent();
    }

    /** What could not be told through a failure of ours is tried again later; what is refused is done with. */
    private void report(Anchors.Untold untold, ManagedIdentity identity) {
        if (isTold(untold, identity)) {
            anchors.reported(untold.anchor());
            return;
        }
        failed.increment();
        Duration wait = wait(untold.failures());
        anchors.notReported(untold, clock.instant().plus(wait));
        LOG.warn(
                "The batches of root {} were not told of, {} times now; again in {}",
                untold.anchor(),
                untold.failures() + 1,
                wait);
    }

    private boolean isTold(Anchors.Untold untold, ManagedIdentity identity) {
        try {
            List<Measured> batches = anchors.batches(untold.anchor()).stream()
                    .flatMap(compact -> SignedBatch.measured(compact).stream())
                    .toList();
            List<JsonNode> problems = reports.report(identity, batches);
            problems.forEach(problem -> LOG.warn("An event of a device's readings was not recorded: {}", problem));
            return problems.stream().noneMatch(problem -> problem.path("status").asInt(OURS) >= OURS);
        } catch (RuntimeException failure) {
            LOG.warn("The events of root {} failed", untold.anchor(), failure);
            return false;
        }
    }

    private Duration wait(int failures) {
        Duration wait = every.multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
        return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    }
}
