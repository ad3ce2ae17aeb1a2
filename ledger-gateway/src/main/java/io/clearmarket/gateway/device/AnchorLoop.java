package io.clearmarket.gateway.device;

import io.clearmarket.chaincode.api.RefusalCode;
import io.clearmarket.gateway.events.BlockDriven;
import io.clearmarket.gateway.identity.ManagedIdentities;
import io.clearmarket.gateway.identity.ManagedIdentity;
import io.clearmarket.gateway.submission.Outcome;
import io.clearmarket.gateway.submission.Submissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records the roots over what came in, one after the other, every few seconds, under the name of the collector's identity. */
class AnchorLoop extends BlockDriven {
    private static final Logger LOG = LoggerFactory.getLogger(AnchorLoop.class);

    private final Anchors anchors;
    private final Submissions submissions;
    private final ManagedIdentities identities;
    private final String collector;
    private final Duration every;
    private final InstantSource clock;
    private Instant next = Instant.EPOCH;

    AnchorLoop(
            Anchors anchors,
            Submissions submissions,
            ManagedIdentities identities,
            String collector,
            Duration every,
            InstantSource clock) {
        super("device-anchors", every);
        this.anchors = anchors;
        this.submissions = submissions;
        this.identities = identities;
        this.collector = collector;
        this.every = every;
        this.clock = clock;
    }

    @Override
    protected boolean work() {
        Optional<ManagedIdentity> identity = identities.find(collector);
        // blocks come more often than roots are wanted, and each root makes one
        if (identity.isEmpty() || clock.instant().isBefore(next)) {
            return false;
        }
        next = clock.instant().plus(every);
        Optional<Anchors.Pending> pending = anchors.pending();
        if (pending.isEmpty()) {
            anchors.gather();
            pending = anchors.pending();
        }
        pending.ifPresent(found -> record(found, identity.get()));
        return false;
    }

    /** Another gateway that got the same batches, or anybody who did, recorded the same root before: it is on the ledger. */
    private static boolean isThere(Outcome outcome) {
        return outcome instanceof Outcome.Refused refused && refused.refusal().code() == RefusalCode.READINGS_EXIST;
    }

    private void record(Anchors.Pending pending, ManagedIdentity identity) {
        Outcome outcome = submissions.submit(identity.signer(), pending.command());
        if (outcome instanceof Outcome.Committed || isThere(outcome)) {
            anchors.recorded(pending.anchor());
        } else {
            LOG.warn(
                    "The root {} is not on the ledger yet: {}",
                    pending.command().root(),
                    outcome);
        }
    }
}
