package io.clearmarket.gateway.submission;

import io.clearmarket.gateway.config.GatewayProperties;
import io.clearmarket.gateway.fabric.BlockStream;
import io.clearmarket.gateway.fabric.CommitListener.Commit;
import io.clearmarket.gateway.fabric.LedgerClient;
import io.clearmarket.gateway.fabric.LedgerFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Learns from the blocks what became of sent transactions, and sends those again, byte for byte, that no block tells of for
 * a while. Starts where it left off, so nothing is missed that was committed while the gateway was down.
 */
@Component
class CommitWatch implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(CommitWatch.class);
    private static final String DUPLICATE = "DUPLICATE_TXID";
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration FIRST_RESEND = Duration.ofSeconds(5);

    /** Ten seconds: nothing waits longer than half a minute once what went wrong has ended. */
    private static final int MOST_DOUBLINGS = 1;

    /** Blocks without a submission of ours are only noted now and then: reading them twice costs little. */
    private static final int NOTED_EVERY = 64;

    private final SubmissionStore store;
    private final LedgerClient ledger;
    private final BlockStream blocks;
    private final SubmissionProbe probe;
    private final String mspId;
    private final Clock clock;
    private final Map<String, Pending> pending = new ConcurrentHashMap<>();

    private volatile long height;
    private volatile BlockStream.@Nullable Subscription subscription;
    private volatile @Nullable Thread resender;

    @Autowired
    CommitWatch(
            SubmissionStore store,
            LedgerClient ledger,
            BlockStream blocks,
            SubmissionProbe probe,
            GatewayProperties properties) {
        this(store, ledger, blocks, probe, properties, Clock.systemUTC());
    }

    CommitWatch(
            SubmissionStore store,
            LedgerClient ledger,
            BlockStream blocks,
            SubmissionProbe probe,
            GatewayProperties properties,
            Clock clock) {
        this.store = store;
        this.ledger = ledger;
        this.blocks = blocks;
        this.probe = probe;
        this.mspId = properties.mspId();
        this.clock = clock;
    }

    /**
     * Has a transaction found here from before it is stored, so that whoever finds it there waits for it too; nothing is sent yet. {@link #expect} or
     * {@link #withdraw} follows.
     */
    Pending announce(SignedCommand signed) {
        return pending.compute(
                signed.transactionId(),
                (id, known) -> (known == null
                                ? new Pending(id, signed.payload(), signed.signature(), Instant.MAX)
                                : known)
                        .held());
    }

    /** No longer has a transaction found here that was announced and not stored after all, unless somebody else submits the same one. */
    void withdraw(Pending announced) {
        pending.computeIfPresent(
                announced.transactionId(), (id, known) -> known == announced && known.released() ? null : known);
    }

    /** Has a transaction watched that is stored, from before it is sent; the one that is watched, if another was announced too. */
    Pending expect(Pending announced) {
        Pending watched = pending.compute(
                announced.transactionId(),
                (id, known) -> known == null || known == announced ? announced : known.held());
        watched.resendAt(clock.instant().plus(FIRST_RESEND));
        return watched;
    }

    /** Has a transaction watched that is stored as sent, although nobody here sent it: it is sent soon. */
    Pending adopt(SubmissionStore.Row row) {
        Pending adopted =
                pending.compute(row.transactionId(), (id, known) -> (known == null ? unsent(row) : known).held());
        adopted.resendBy(clock.instant());
        return adopted;
    }

    private Pending unsent(SubmissionStore.Row row) {
        return new Pending(
                row.transactionId(),
                Objects.requireNonNull(row.payload()),
                Objects.requireNonNull(row.signature()),
                Instant.MAX);
    }

    /** The one that is watched under this id; null once its fate is stored. */
    @Nullable
    Pending find(String transactionId) {
        return pending.get(transactionId);
    }

    /** No longer expects a transaction that was refused before it was ordered. */
    void dismiss(Pending refused) {
        pending.remove(refused.transactionId(), refused);
    }

    /** How many transactions are on their way. */
    int inFlight() {
        return pending.size();
    }

    /** Number of blocks seen. */
    long height() {
        return height;
    }

    @Override
    public void start() {
        resume();
        resender = Thread.ofVirtual().name("resender").start(this::resendForever);
    }

    /** Follows the blocks from where it left off; what is to be sent again waits for {@link #resendDue}. */
    void resume() {
        long next = store.nextBlock();
        height = next;
        for (SubmissionStore.Row row : store.sent()) {
            adopt(row);
        }
        subscription = blocks.followCommits(mspId, next, this::onCommits);
    }

    @Override
    public void stop() {
        BlockStream.Subscription running = subscription;
        Thread sending = resender;
        subscription = null;
        resender = null;
        if (sending != null) {
            sending.interrupt();
        }
        if (running != null) {
            running.close();
        }
    }

    @Override
    public boolean isRunning() {
        return subscription != null;
    }

    /** Before the web server, so that no request comes first; after it when stopping. */
    @Override
    public int getPhase() {
        return 0;
    }

    private void onCommits(long block, List<Commit> commits) {
        // of an envelope that was sent twice the first entry in the ledger is the one that counts
        List<Commit> ours = commits.stream()
                .filter(commit -> pending.containsKey(commit.transactionId())
                        && !commit.code().equals(DUPLICATE))
                .toList();
        // the block is what says so: who waits for a commit need not wait until it is noted
        ours.stream().filter(Commit::valid).forEach(commit -> tell(block, commit));
        if (!ours.isEmpty()) {
            probe.committedNotSettled();
        }
        if (!ours.isEmpty() || block % NOTED_EVERY == 0) {
            store.settle(block, ours);
        }
        height = block + 1;
        for (Commit commit : ours) {
            // a new transaction of the command takes the row of one that was void, so that one is told when it is noted
            tell(block, commit);
            pending.remove(commit.transactionId());
        }
        commits.stream().filter(commit -> commit.code().equals(DUPLICATE)).forEach(this::lookUp);
    }

    /** Who sent it before did so by another way than this gateway, or it is in a block that another gateway on this database has noted. */
    private void lookUp(Commit duplicate) {
        Pending waiting = pending.get(duplicate.transactionId());
        if (waiting != null) {
            waiting.foundInEarlierBlock(clock.instant());
        }
    }

    private void tell(long block, Commit commit) {
        Pending waiting = pending.get(commit.transactionId());
        if (waiting != null) {
            waiting.outcome().complete(outcome(block, commit));
        }
    }

    private static Outcome outcome(long block, Commit commit) {
        return commit.valid()
                ? new Outcome.Committed(commit.transactionId(), block, commit.index())
                : new Outcome.Invalidated(commit.transactionId(), commit.code());
    }

    private void resendForever() {
        try {
            while (isRunning()) {
                Thread.sleep(TICK);
                resendDue();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Sends again, byte for byte, what no block has told of for a while and the ledger does not have. */
    void resendDue() {
        Instant now = clock.instant();
        pending.values().stream().filter(one -> one.isDue(now)).forEach(one -> resend(one, now));
    }

    private void resend(Pending one, Instant now) {
        try {
            // one in an earlier block stays due: the read model will have it in a moment. One of which a block told may
            // have been stored after that
            if (isNoted(one)
                    || isOnLedger(one)
                    || one.isInEarlierBlock()
                    || one.outcome().isDone()) {
                return;
            }
            ledger.submit(one.payload(), one.signature());
            LOG.info("transaction {} sent again", one.transactionId());
        } catch (LedgerFailure | DataAccessException e) {
            LOG.warn("transaction {} can't be sent again: {}", one.transactionId(), e.getMessage());
        }
        one.sentAgain(now.plus(FIRST_RESEND.multipliedBy(1L << Math.min(one.sendings(), MOST_DOUBLINGS))));
    }

    /** True if another gateway on this database has noted what became of it, from a block that this one had read before. */
    private boolean isNoted(Pending one) {
        Optional<SubmissionStore.Row> row =
                store.find(one.transactionId()).filter(known -> known.status() != SubmissionStore.Status.SENT);
        row.ifPresent(known -> {
            one.outcome().complete(known.outcome());
            pending.remove(one.transactionId(), one);
        });
        return row.isPresent();
    }

    /** True if the read model's blocks have it, sent by another way or before this gateway watched. */
    private boolean isOnLedger(Pending one) {
        Optional<SubmissionStore.Entry> entry = store.onLedger(one.transactionId());
        entry.ifPresent(known -> {
            store.note(known);
            one.outcome().complete(outcome(known.block(), known.commit()));
            pending.remove(one.transactionId(), one);
        });
        return entry.isPresent();
    }
}
