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
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
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
    static final int AT_ONCE = 100;

    private final KeeperProperties properties;
    private final ReadModel readModel;
    private final Submissions submissions;
    private final Optional<ManagedIdentity> identity;
    private final Clock clock = Clock.systemUTC();
    private volatile boolean running;
    private int passedOver;
    private volatile Thread thread = new Thread(() -> {});

    Keeper(KeeperProperties properties, ReadModel readModel, Submissions submissions, ManagedIdentities identities) {
        this.properties = properties;
        this.readModel = readModel;
        this.submissions = submissions;
        this.identity = identities.find(properties.identity());
    }

    /**
     * One look: calls what is due now, all at once, so that nothing waits for what others keep changing. What comes to nothing is passed over in the next
     * look, until the end is reached.
     */
    int callWhatIsDue(ManagedIdentity caller, Instant now) {
        List<Consignment> overdue = readModel.overdue(now.minus(DueCommand.GRACE), passedOver, AT_ONCE);
        AtomicInteger called = new AtomicInteger();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Consignment consignment : overdue) {
                threads.execute(() -> {
                    if (call(caller, consignment, now)) {
                        called.incrementAndGet();
                    }
                });
            }
        }
        passedOver = overdue.size() < AT_ONCE ? 0 : passedOver + overdue.size() - called.get();
        return called.get();
    }

    private boolean call(ManagedIdentity caller, Consignment consignment, Instant now) {
        try {
            int arbiters = readModel
                    .terms(consignment.id())
                    .map(signed -> signed.terms().arbiters().size())
                    .orElse(0);
            return DueCommand.of(consignment, arbiters, now)
                    .map(due -> call(caller, due))
                    .orElse(false);
        } catch (SubmissionFailure | DataAccessException e) {
            LOG.warn("Consignment {} is looked at again: {}", consignment.id(), e.getMessage());
            return false;
        } catch (RuntimeException e) {
            LOG.error("Consignment {} is looked at again", consignment.id(), e);
            return false;
        }
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
                if (callWhatIsDue(caller, clock.instant()) == AT_ONCE) {
                    continue; // more may be due
                }
            } catch (DataAccessException e) {
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
