package io.clearmarket.network.embedded.orderer;

import io.clearmarket.network.embedded.server.NodeServer;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.Envelope;
import org.jspecify.annotations.Nullable;

/** The ordering service as peers see it, on all channels: running, or not to be reached until it is started again. */
public final class OrdererNode implements AutoCloseable {
    /** Opens the orderer on one channel's chain. */
    @FunctionalInterface
    public interface Opening {
        Orderer open(String channel) throws IOException;
    }

    /** Opens the door of a running orderer. */
    @FunctionalInterface
    public interface Door {
        /** @param port 0 the first time, then the one that it had */
        NodeServer open(Map<String, Orderer> channels, int port) throws IOException;
    }

    private final String mspId;
    private final List<String> channels;
    private final Opening opening;
    private final Door door;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final AtomicReference<@Nullable Runnable> beforeNext = new AtomicReference<>();
    /** By channel; empty while it is stopped. */
    private volatile Map<String, Orderer> running = Map.of();

    private @Nullable NodeServer server;
    private volatile String address = "";
    private int port;
    private volatile boolean closed;

    public OrdererNode(String mspId, List<String> channels, Opening opening, Door door) {
        this.mspId = mspId;
        this.channels = List.copyOf(channels);
        this.opening = opening;
        this.door = door;
    }

    /** Opens the chains and begins to order; nobody outside can reach it yet. */
    public void start() throws IOException {
        lock.lock();
        try {
            if (running.isEmpty()) {
                running = open();
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private Map<String, Orderer> open() throws IOException {
        Map<String, Orderer> opened = new LinkedHashMap<>();
        try {
            for (String channel : channels) {
                opened.put(channel, opening.open(channel));
            }
            return Collections.unmodifiableMap(opened);
        } catch (IOException | RuntimeException e) {
            close(opened);
            throw e;
        }
    }

    private static void close(Map<String, Orderer> orderers) throws IOException {
        for (Orderer orderer : orderers.values()) {
            orderer.close();
        }
    }

    /** Opens the door, after {@link #start}. */
    public void listen() throws IOException {
        Map<String, Orderer> open = running;
        if (!open.isEmpty() && server == null) {
            server = door.open(open, port);
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
        Map<String, Orderer> orderers = running;
        running = Map.of();
        close(orderers);
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
    public Optional<BroadcastResult> broadcast(String channel, Envelope envelope) {
        Runnable first = beforeNext.getAndSet(null);
        if (first != null) {
            first.run();
        }
        return Optional.ofNullable(running.get(channel)).map(orderer -> orderer.broadcast(envelope));
    }

    /** A channel's orderer; empty while it is stopped. */
    public Optional<Orderer> find(String channel) {
        return Optional.ofNullable(running.get(channel));
    }

    /** Number of a channel's blocks; 0 while it is stopped. */
    public long height(String channel) {
        Orderer orderer = running.get(channel);
        return orderer == null ? 0 : orderer.height();
    }

    /**
     * The block, waiting until it is cut, also through stops; empty when the network ends or {@code goOn} no longer holds.
     * Whoever changes what it says calls {@link #wakeUp}.
     */
    public Optional<Block> awaitBlock(String channel, long number, BooleanSupplier goOn) throws InterruptedException {
        while (!closed && goOn.getAsBoolean()) {
            Orderer orderer = awaitRunning(goOn).get(channel);
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
        running.values().forEach(Orderer::wakeUp);
    }

    private Map<String, Orderer> awaitRunning(BooleanSupplier goOn) throws InterruptedException {
        lock.lock();
        try {
            while (running.isEmpty() && !closed && goOn.getAsBoolean()) {
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
