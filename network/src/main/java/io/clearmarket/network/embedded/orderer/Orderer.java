package io.clearmarket.network.embedded.orderer;

import com.google.protobuf.ByteString;
import io.clearmarket.network.embedded.configtx.ChannelResources;
import io.clearmarket.network.embedded.msp.ConfigBlocks;
import io.clearmarket.network.embedded.msp.SigningIdentity;
import io.clearmarket.network.embedded.policy.Policy;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.Config;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Status;
import org.jspecify.annotations.Nullable;

/**
 * One channel's ordering service, a single node: admits envelopes, cuts them into blocks, signs and keeps the blocks. A
 * block is on disk here before any peer can see it, so no peer is ever ahead of the orderer.
 */
public final class Orderer implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Orderer.class.getName());
    private static final String READERS = "/Channel/Readers";
    private static final int QUEUE_CAPACITY = 10_000;
    private static final int KEPT_IN_MEMORY = 64;
    /** Ends the wait for messages on closing; an interrupt would close the block file under a write. */
    private static final BlockCutter.Message WAKE_UP = new BlockCutter.Message(ByteString.EMPTY, 0);

    private final BlockFile file;
    private final ChannelResources channel;
    private final Admission admission;
    private final BlockAssembler assembler;
    private final BlockCutter cutter;
    private final BlockingQueue<BlockCutter.Message> queue = new ArrayBlockingQueue<>(QUEUE_CAPACITY);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition blockAdded = lock.newCondition();
    private final @Nullable Block[] recent = new Block[KEPT_IN_MEMORY];
    private final Thread thread;
    private Block newest;
    private volatile BatchRules rules;
    private volatile boolean closed;

    private Orderer(BlockFile file, SigningIdentity identity) {
        this.file = file;
        this.newest = file.read(file.height() - 1);
        this.channel = ChannelResources.of(file.read(ConfigBlocks.lastConfig(newest)));
        this.rules = BatchRules.of(channel.config());
        this.admission = new Admission(channel, identity, Clock.systemUTC());
        this.assembler = new BlockAssembler(identity);
        this.cutter = new BlockCutter(rules.limits());
        this.thread = Thread.ofPlatform()
                .name("orderer-" + channel.channel())
                .daemon()
                .unstarted(this::run);
    }

    /** Opens the orderer's chain in a folder, or starts one with this genesis block, and begins to order. */
    public static Orderer open(Path folder, Block genesis, SigningIdentity identity) throws IOException {
        BlockFile file = BlockFile.open(folder.resolve("blocks.bin"));
        if (file.height() == 0) {
            file.append(genesis);
        }
        Orderer orderer = new Orderer(file, identity);
        orderer.thread.start();
        return orderer;
    }

    /** The channel's configuration as of the newest block. */
    public ChannelResources resources() {
        return channel;
    }

    /** Who may read the channel's blocks. */
    Policy readers() {
        return channel.policy(READERS)
                .orElseThrow(() -> new IllegalStateException("the channel has no policy " + READERS));
    }

    /** Checks an envelope and queues it; waits while the queue is full. */
    public BroadcastResult broadcast(Envelope envelope) {
        BlockCutter.Message message;
        switch (admission.admit(envelope)) {
            case Admission.Outcome.Refused refused -> {
                return refused.result();
            }
            case Admission.Outcome.Admitted admitted -> message = admitted.message();
        }
        try {
            if (!closed) {
                queue.put(message);
                return BroadcastResult.SUCCESS;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return new BroadcastResult(Status.SERVICE_UNAVAILABLE, "the orderer is stopping");
    }

    /** Number of blocks. */
    public long height() {
        lock.lock();
        try {
            return newest.getHeader().getNumber() + 1;
        } finally {
            lock.unlock();
        }
    }

    /** The block, if there is one of this number yet. */
    public Optional<Block> block(long number) {
        if (number < 0 || number >= height()) {
            return Optional.empty();
        }
        lock.lock();
        try {
            Block cached = recent[(int) (number % KEPT_IN_MEMORY)];
            if (cached != null && cached.getHeader().getNumber() == number) {
                return Optional.of(cached);
            }
        } finally {
            lock.unlock();
        }
        return Optional.of(file.read(number));
    }

    /** The block, waiting until it is cut; empty when the orderer has been closed or {@code goOn} no longer holds. */
    Optional<Block> awaitBlock(long number, BooleanSupplier goOn) throws InterruptedException {
        lock.lock();
        try {
            while (number > newest.getHeader().getNumber() && !closed && goOn.getAsBoolean()) {
                blockAdded.await();
            }
            if (closed || !goOn.getAsBoolean()) {
                return Optional.empty();
            }
        } finally {
            lock.unlock();
        }
        return block(number);
    }

    /** Has every wait for a block look again whether to go on. */
    void wakeUp() {
        lock.lock();
        try {
            blockAdded.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try {
            while (!closed) {
                BlockCutter.Message first = queue.take();
                if (!first.isWakeUp()) {
                    order(first);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop();
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "the orderer cannot go on and refuses further envelopes", e);
            stop();
        }
    }

    /** From the first pending message to the cut that leaves none pending. */
    private void order(BlockCutter.Message first) throws InterruptedException {
        long deadline = deadline();
        take(first);
        while (cutter.hasPending()) {
            long left = deadline - System.nanoTime();
            BlockCutter.Message next = left > 0 ? queue.poll(left, TimeUnit.NANOSECONDS) : null;
            if (next == null || next.isWakeUp()) {
                write(cutter.cut());
                return;
            }
            if (take(next)) {
                deadline = deadline();
            }
        }
    }

    private long deadline() {
        return System.nanoTime() + rules.timeout().toNanos();
    }

    /** True if it had a block cut. */
    private boolean take(BlockCutter.Message admitted) {
        Optional<BlockCutter.Message> message = admission.admitAgain(admitted);
        if (message.isEmpty()) {
            LOG.log(
                    Level.INFO,
                    "an envelope on channel {0} is dropped: the configuration has changed",
                    channel.channel());
            return false;
        }
        if (message.get().configuration()) {
            configure(message.get());
            return true;
        }
        List<List<BlockCutter.Message>> batches = cutter.ordered(message.get());
        batches.forEach(this::write);
        return !batches.isEmpty();
    }

    /** A configuration is alone in its block, after all that came before it, and in effect from then on. */
    private void configure(BlockCutter.Message message) {
        if (cutter.hasPending()) {
            write(cutter.cut());
        }
        long number = newest.getHeader().getNumber() + 1;
        Config config = ConfigBlocks.configIn(message.envelope())
                .orElseThrow(() -> new IllegalStateException("a configuration that was admitted cannot be read"));
        write(List.of(message), number);
        channel.replace(config, number);
        rules = BatchRules.of(config);
        cutter.limit(rules.limits());
    }

    private void write(List<BlockCutter.Message> batch) {
        write(batch, channel.block());
    }

    private void write(List<BlockCutter.Message> batch, long lastConfig) {
        Block block = assembler.next(newest.getHeader(), batch, lastConfig);
        file.append(block);
        lock.lock();
        try {
            newest = block;
            recent[(int) (block.getHeader().getNumber() % KEPT_IN_MEMORY)] = block;
            blockAdded.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void stop() {
        lock.lock();
        try {
            closed = true;
            blockAdded.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Stops after the block being written; what is only queued is lost, as it would be in a crash. */
    @Override
    public void close() throws IOException {
        stop();
        queue.offer(WAKE_UP);
        try {
            thread.join(TimeUnit.SECONDS.toMillis(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        file.close();
    }
}
