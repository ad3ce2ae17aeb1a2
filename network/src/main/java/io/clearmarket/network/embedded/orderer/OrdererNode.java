package io.clearmarket.network.embedded.orderer;

import io.clearmarket.network.embedded.server.NodeServer;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.Envelope;
import org.jspecify.annotations.Nullable;

/** The ordering service as peers see it: running, or not to be reached until it is started again. */
public final class OrdererNode implements AutoCloseable {
    /** Opens the orderer on its chain. */
    @FunctionalInterface
    public interface Opening {
        Orderer open() throws IOException;
    }

    /** Opens the door of a running orderer. */
    @FunctionalInterface
    public interface Door {
        /** @param port 0 the first time, then the one that it had */
        NodeServer open(Orderer orderer, int port) throws IOException;
    }

    private final String mspId;
    private final Opening opening;
    private final Door door;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final AtomicReference<@Nullable Runnable> beforeNext = new AtomicReference<>();
    private volatile @Nullable Orderer running;
    private @Nullable NodeServer server;
    private volatile String address = "";
    private int port;
    private volatile boolean closed;

    public OrdererNode(String mspId, Opening opening, Door door) {
        this.mspId = mspId;
        this.opening = opening;
        this.door = door;
    }

    /** Opens the chain and begins to order; nobody outside can reach it yet. */
    public void start() throws IOException {
        lock.lock();
        try {
            if (running == null) {
                running = opening.open();
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Opens the door, after {@link #start}. */
    public void listen() throws IOException {
        Orderer orderer = running;
        if (orderer != null && server == null) {
            server = door.open(orderer, port);
            address = server.address();
            port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
        }
    }

    /** Stops after the block being written; what is only queued is lost. */
    public void stop() throws IOException {
        NodeServer open = server;
        server = null;
        if (open != null) {
            open.close();
        }
        Orderer orderer = running;
        running = null;
        if (orderer != null) {
            orderer.close();
        }
    }

    public String mspId() {
        return mspId;
    }

    /** {@code host:port}, also while it is stopped; empty before it ever listened. */
    public String address() {
        return address;
    }

    /** Has something done before the next envelope is taken in, once; what it submits itself goes first. */
    public void beforeNextEnvelope(Runnable action) {
        beforeNext.set(action);
    }

    /** What the orderer says, or empty if it is not to be reached. */
    public Optional<BroadcastResult> broadcast(Envelope envelope) {
        Runnable first = beforeNext.getAndSet(null);
        if (first != null) {
            first.run();
        }
        Orderer orderer = running;
        return orderer == null ? Optional.empty() : Optional.of(orderer.broadcast(envelope));
    }

    /** Number of blocks; 0 while it is stopped. */
    public long height() {
        Orderer orderer = running;
        return orderer == null ? 0 : orderer.height();
    }

    /**
     * The block, waiting until it is cut, also through stops; empty when the network ends or {@code goOn} no longer holds.
     * Whoever changes what it says calls {@link #wakeUp}.
     */
    public Optional<Block> awaitBlock(long number, BooleanSupplier goOn) throws InterruptedException {
        while (!closed && goOn.getAsBoolean()) {
            Orderer orderer = awaitRunning(goOn);
            Optional<Block> block = orderer == null ? Optional.empty() : orderer.awaitBlock(number, goOn);
            if (block.isPresent()) {
                return block;
            }
        }
        return Optional.empty();
    }

    /** Has every wait for a block look again whether to go on. */
    public void wakeUp() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        Orderer orderer = running;
        if (orderer != null) {
            orderer.wakeUp();
        }
    }

    private @Nullable Orderer awaitRunning(BooleanSupplier goOn) throws InterruptedException {
        lock.lock();
        try {
            while (running == null && !closed && goOn.getAsBoolean()) {
                changed.await();
            }
            return running;
        } finally {
            lock.unlock();
        }
    }

    /** Ends it, and every wait for a block. */
    @Override
    public void close() throws IOException {
        closed = true;
        wakeUp();
        stop();
    }
}
