package io.clearmarket.gateway.device;

import io.clearmarket.gateway.epcis.sensor.Measured;
import io.clearmarket.gateway.epcis.sensor.SensorReports;
import io.clearmarket.gateway.events.BlockDriven;
import io.clearmarket.gateway.identity.ManagedIdentities;
import io.clearmarket.gateway.identity.ManagedIdentity;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Tells of the batches under a root, once the ledger has it, as EPCIS events about what their devices were on. */
class ReportLoop extends BlockDriven {
    private static final Logger LOG = LoggerFactory.getLogger(ReportLoop.class);
    private static final int OURS = 500;

    private final Anchors anchors;
    private final SensorReports reports;
    private final ManagedIdentities identities;
    private final String collector;

    ReportLoop(Anchors anchors, SensorReports reports, ManagedIdentities identities, String collector, Duration every) {
        super("device-reports", every);
        this.anchors = anchors;
        this.reports = reports;
        this.identities = identities;
        this.collector = collector;
    }

    @Override
    protected boolean work() {
        Optional<ManagedIdentity> identity = identities.find(collector);
        Optional<UUID> anchor = identity.isEmpty() ? Optional.empty() : anchors.unreported();
        return anchor.isPresent() && identity.isPresent() && report(anchor.get(), identity.get());
    }

    /** True once it is done with; what could not be told through a failure of ours is tried again later. */
    private boolean report(UUID anchor, ManagedIdentity identity) {
        List<Measured> batches = anchors.batches(anchor).stream()
                .flatMap(compact -> SignedBatch.measured(compact).stream())
                .toList();
        List<JsonNode> problems = reports.report(identity, batches);
        problems.forEach(problem -> LOG.warn("An event of a device's readings was not recorded: {}", problem));
        if (problems.stream().anyMatch(problem -> problem.path("status").asInt(OURS) >= OURS)) {
            return false;
        }
        anchors.reported(anchor);
        return true;
    }
}
