package io.clearmarket.gateway.keeper;

import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.gateway.identity.ManagedIdentities;
import io.clearmarket.gateway.identity.ManagedIdentity;
import io.clearmarket.gateway.readmodel.ReadModel;
import io.clearmarket.gateway.submission.Outcome;
import io.clearmarket.gateway.submission.SubmissionFailure;
import io.clearmarket.gateway.submission.Submissions;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Calls each command that only time makes legal, as soon as it is. Nobody has to trust it: the chaincode checks the time, and
 * every organisation may run one.
 */
@Component
@EnableConfigurationProperties(KeeperProperties.class)
class Keeper implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);
    private static final int AT_ONCE = 100;

    private final KeeperProperties properties;
    private final ReadModel readModel;
    private final Submissions submissions;
    private final Optional<ManagedIdentity> identity;
    private final Clock clock = Clock.systemUTC();
    private volatile boolean running;
    private volatile Thread thread = new Thread(() -> {});

    Keeper(KeeperProperties properties, ReadModel readModel, Submissions submissions, ManagedIdentities identities) {
        this.properties = properties;
        this.readModel = readModel;
        this.submissions = submissions;
        this.identity = identities.find(properties.identity());
    }

    /** One look: calls everything that is due now. */
    int callWhatIsDue(ManagedIdentity caller, Instant now) {
        int called = 0;
        for (Consignment consignment : readModel.overdue(now.minus(DueCommand.GRACE), AT_ONCE)) {
            int arbiters = readModel
                    .terms(consignment.id())
                    .map(signed -> signed.terms().arbiters().size())
                    .orElse(0);
            Optional<Command> due = DueCommand.of(consignment, arbiters, now);
            if (due.isPresent() && call(caller, due.get())) {
                called++;
            }
        }
        return called;
    }

    private boolean call(ManagedIdentity caller, Command command) {
        return switch (submissions.submit(caller.signer(), command)) {
            case Outcome.Committed committed -> {
                LOG.info("{} in transaction {}", command, committed.transactionId());
                yield true;
            }
            case Outcome.Refused refused -> {
                // a party was faster, or the read model is a block behind: the next look tells
                LOG.debug("{} was refused: {}", command, refused.refusal().message());
                yield false;
            }
            case Outcome.Invalidated invalidated -> {
                LOG.debug("{} met a conflict: {}", command, invalidated.code());
                yield false;
            }
            case Outcome.Unknown unknown -> {
                LOG.warn("{} may or may not be committed: {}", command, unknown.transactionId());
                yield false;
            }
        };
    }

    private void watch(ManagedIdentity caller) {
        while (running) {
            try {
                callWhatIsDue(caller, clock.instant());
            } catch (SubmissionFailure | DataAccessException e) {
                LOG.warn("The keeper tries again in {}: {}", properties.interval(), e.getMessage());
            }
            try {
                Thread.sleep(properties.interval());
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    @Override
    public void start() {
        if (identity.isEmpty()) {
            LOG.info("The keeper rests: there is no managed identity \"{}\"", properties.identity());
            return;
        }
        running = true;
        ManagedIdentity caller = identity.get();
        thread = Thread.ofVirtual().name("keeper").start(() -> watch(caller));
    }

    @Override
    public void stop() {
        running = false;
        thread.interrupt();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
