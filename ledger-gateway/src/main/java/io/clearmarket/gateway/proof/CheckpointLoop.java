package io.clearmarket.gateway.proof;

import io.clearmarket.gateway.events.CommittedBlockListener;
import io.clearmarket.gateway.fabric.BlockStream;
import io.clearmarket.gateway.fabric.LedgerBlock;
import io.clearmarket.gateway.proof.ProofConfiguration.Witnesses;
import io.clearmarket.gateway.proof.witness.Witness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Has witnesses follow their peers, and makes a checkpoint soon after something was written. */
@Component
class CheckpointLoop implements SmartLifecycle, CommittedBlockListener {
    private static final Logger LOG = LoggerFactory.getLogger(CheckpointLoop.class);
    /** Something may have been missed: a wake-up that got lost, a witness that was away. */
    private static final Duration LONGEST_REST = Duration.ofSeconds(10);

    private final Checkpoints checkpoints;
    private final Witnesses witnesses;
    private final BlockStream blocks;
    private final Duration interval;
    private final Semaphore wakeUps = new Semaphore(0);
    private final List<BlockStream.Subscription> following = new ArrayList<>();
    private @Nullable Thread thread;

    CheckpointLoop(Checkpoints checkpoints, Witnesses witnesses, BlockStream blocks, ProofProperties properties) {
        this.checkpoints = checkpoints;
        this.witnesses = witnesses;
        this.blocks = blocks;
        this.interval = properties.interval();
    }

    @Override
    public void committed(LedgerBlock block) {
        wakeUps.release();
    }

    @Override
    public synchronized void start() {
        if (thread == null) {
            for (Witness witness : witnesses.here()) {
                following.add(blocks.follow(witness.mspId(), witness.nextBlock(), witness::accept));
            }
            thread = Thread.ofVirtual().name("checkpoints").start(this::run);
        }
    }

    @Override
    public synchronized void stop() {
        Thread running = thread;
        if (running != null) {
            running.interrupt();
            try {
                running.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            following.forEach(BlockStream.Subscription::close);
            following.clear();
            thread = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return thread != null;
    }

    private void run() {
        try {
            while (true) {
                boolean done = advance();
                Thread.sleep(interval);
                if (done) {
                    wakeUps.tryAcquire(LONGEST_REST.toMillis(), TimeUnit.MILLISECONDS);
                }
                wakeUps.drainPermits();
            }
        } catch (InterruptedException asked) {
            LOG.debug("no more checkpoints");
        }
    }

    @SuppressWarnings("CatchingUnchecked") // whatever goes wrong, the next look may go well
    private boolean advance() {
        try {
            return checkpoints.advance();
        } catch (Exception e) {
            LOG.error("no checkpoint could be made: {}", e.toString());
            LOG.debug("checkpoint", e);
            return false;
        }
    }
}
