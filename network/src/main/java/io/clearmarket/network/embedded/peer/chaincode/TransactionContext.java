package io.clearmarket.network.embedded.peer.chaincode;

import io.clearmarket.network.embedded.ledger.Simulator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.hyperledger.fabric.protos.peer.ChaincodeMessage;

/** A running invocation on one stream: its simulator, its open iterators, and its end. */
final class TransactionContext implements AutoCloseable {
    private final ChaincodeSupport support;
    private final Invocation invocation;
    private final boolean initialization;
    private final CompletableFuture<ChaincodeMessage> ended = new CompletableFuture<>();
    private final AtomicBoolean busy = new AtomicBoolean();
    private final AtomicInteger nextIterator = new AtomicInteger();
    private final Map<String, QueryIterator> iterators = new ConcurrentHashMap<>();

    TransactionContext(ChaincodeSupport support, Invocation invocation, boolean initialization) {
        this.support = support;
        this.invocation = invocation;
        this.initialization = initialization;
    }

    /** True while the chaincode initialises itself, when it may not use private data. */
    boolean isInitialization() {
        return initialization;
    }

    /** Runs the chaincodes that this one calls. */
    ChaincodeSupport support() {
        return support;
    }

    Invocation invocation() {
        return invocation;
    }

    Simulator simulator() {
        return invocation.simulator();
    }

    CompletableFuture<ChaincodeMessage> ended() {
        return ended;
    }

    /** False if a request of this transaction is still being answered. */
    boolean beginRequest() {
        return busy.compareAndSet(false, true);
    }

    void endRequest() {
        busy.set(false);
    }

    /** Keeps an iterator and gives it an id that is unique on the stream. */
    String open(QueryIterator iterator) {
        String id = invocation.transactionId() + ":" + nextIterator.incrementAndGet();
        iterators.put(id, iterator);
        return id;
    }

    Optional<QueryIterator> iterator(String id) {
        return Optional.ofNullable(iterators.get(id));
    }

    void closeIterator(String id) {
        QueryIterator iterator = iterators.remove(id);
        if (iterator != null) {
            iterator.close();
        }
    }

    /** Iterators that the chaincode left open are closed, so that what they read is recorded. */
    @Override
    public void close() {
        iterators.keySet().forEach(this::closeIterator);
    }
}
