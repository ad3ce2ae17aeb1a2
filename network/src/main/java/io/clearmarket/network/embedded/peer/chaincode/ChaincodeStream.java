package io.clearmarket.network.embedded.peer.chaincode;

import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.Context;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.hyperledger.fabric.protos.peer.ChaincodeID;
import org.hyperledger.fabric.protos.peer.ChaincodeMessage;
import org.jspecify.annotations.Nullable;

/**
 * The peer's end of one stream with one chaincode server (fabric-protocol section 3): handshake, invocations, and the
 * requests of running invocations: those that may wait are served on a thread of their own.
 */
final class ChaincodeStream {
    private static final System.Logger LOG = System.getLogger(ChaincodeStream.class.getName());

    private final String packageId;
    private final Duration executeTimeout;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final Map<String, TransactionContext> running = new ConcurrentHashMap<>();
    private final ReentrantLock sending = new ReentrantLock();
    private @Nullable StreamObserver<ChaincodeMessage> outgoing;
    private volatile boolean terminated;

    /** @param packageId what the chaincode must register as */
    ChaincodeStream(String packageId, Duration executeTimeout) {
        this.packageId = packageId;
        this.executeTimeout = executeTimeout;
    }

    /** Gives it its sending side, of either end of a call. */
    void attach(StreamObserver<ChaincodeMessage> observer) {
        this.outgoing = observer;
    }

    /** Completes when the handshake is done, or exceptionally when the stream ends before. */
    CompletableFuture<Void> ready() {
        return ready;
    }

    boolean isReady() {
        return ready.isDone() && !terminated;
    }

    boolean isTerminated() {
        return terminated;
    }

    /**
     * Runs one invocation to its COMPLETED or ERROR message.
     *
     * @param support of the invocation's channel: a peer's channels share its streams
     * @param initialization whether it is sent as INIT
     */
    ChaincodeMessage execute(ChaincodeSupport support, Invocation invocation, boolean initialization)
            throws ChaincodeFailure {
        TransactionContext context = new TransactionContext(support, invocation, initialization);
        String key = key(invocation.channel(), invocation.transactionId());
        if (running.putIfAbsent(key, context) != null) {
            throw new ChaincodeFailure(
                    "error sending: txid: " + invocation.transactionId() + "(" + invocation.channel() + ") exists");
        }
        Context.CancellationListener cancelled = caller ->
                context.ended().completeExceptionally(new ChaincodeFailure("error sending: context canceled"));
        Context caller = Context.current();
        caller.addListener(cancelled, Runnable::run);
        try {
            if (terminated) {
                throw new ChaincodeFailure("error sending: chaincode stream terminated");
            }
            send(ChaincodeMessage.newBuilder()
                    .setType(initialization ? ChaincodeMessage.Type.INIT : ChaincodeMessage.Type.TRANSACTION)
                    .setTxid(invocation.transactionId())
                    .setChannelId(invocation.channel())
                    .setPayload(invocation.input().toByteString())
                    .setProposal(invocation.proposal())
                    .build());
            return context.ended().get(executeTimeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new ChaincodeFailure("error sending: timeout expired while executing transaction");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof ChaincodeFailure failure
                    ? failure
                    : new ChaincodeFailure("error sending: " + e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ChaincodeFailure("error sending: interrupted");
        } finally {
            caller.removeListener(cancelled);
            running.remove(key);
            context.close();
        }
    }

    /** Called by the transport; must not block. */
    void received(ChaincodeMessage message) {
        switch (message.getType()) {
            case REGISTER -> register(message);
            case KEEPALIVE -> LOG.log(Level.DEBUG, "keepalive from {0}", packageId);
            case COMPLETED, ERROR -> ended(message);
            case GET_STATE,
                    PUT_STATE,
                    DEL_STATE,
                    INVOKE_CHAINCODE,
                    GET_STATE_BY_RANGE,
                    GET_QUERY_RESULT,
                    QUERY_STATE_NEXT,
                    QUERY_STATE_CLOSE,
                    GET_HISTORY_FOR_KEY,
                    GET_STATE_METADATA,
                    PUT_STATE_METADATA,
                    GET_PRIVATE_DATA_HASH,
                    PURGE_PRIVATE_DATA -> request(message);
            case UNDEFINED,
                    REGISTERED,
                    INIT,
                    READY,
                    TRANSACTION,
                    RESPONSE,
                    WRITE_BATCH_STATE,
                    GET_STATE_MULTIPLE,
                    UNRECOGNIZED ->
                terminate(Status.INTERNAL
                        .withDescription("message of type " + message.getType() + " is not expected from a chaincode")
                        .asRuntimeException());
        }
    }

    private void register(ChaincodeMessage message) {
        try {
            String id = ChaincodeID.parseFrom(message.getPayload()).getName();
            if (!id.equals(packageId)) {
                // as a peer does: no answer, and callers wait for the launch timeout
                LOG.log(Level.WARNING, "a chaincode registers as {0}, expected {1}: ignored", id, packageId);
                return;
            }
        } catch (InvalidProtocolBufferException e) {
            terminate(e);
            return;
        }
        send(ChaincodeMessage.newBuilder()
                .setType(ChaincodeMessage.Type.REGISTERED)
                .build());
        send(ChaincodeMessage.newBuilder().setType(ChaincodeMessage.Type.READY).build());
        ready.complete(null);
    }

    private void ended(ChaincodeMessage message) {
        TransactionContext context = running.get(key(message.getChannelId(), message.getTxid()));
        if (context != null) {
            context.ended().complete(message);
        }
    }

    private void request(ChaincodeMessage message) {
        TransactionContext context = running.get(key(message.getChannelId(), message.getTxid()));
        if (context == null) {
            send(StubRequests.failure(message, "no ledger context"));
            return;
        }
        // within a transaction a second request before the first is answered is dropped without a reply
        if (!context.beginRequest()) {
            return;
        }
        if (StubRequests.isQuick(message)) {
            answer(message, context);
        } else {
            Thread.ofVirtual().name("stub-", 0).start(() -> answer(message, context));
        }
    }

    private void answer(ChaincodeMessage request, TransactionContext context) {
        ChaincodeMessage reply = StubRequests.answer(request, context);
        context.endRequest();
        send(reply);
    }

    private void send(ChaincodeMessage message) {
        sending.lock();
        try {
            if (outgoing != null && !terminated) {
                outgoing.onNext(message);
            }
        } catch (RuntimeException e) {
            terminate(e);
        } finally {
            sending.unlock();
        }
    }

    /** Ends the stream: every running invocation fails. */
    void terminate(Throwable reason) {
        if (terminated) {
            return;
        }
        terminated = true;
        ready.completeExceptionally(reason);
        running.values()
                .forEach(context -> context.ended()
                        .completeExceptionally(new ChaincodeFailure("error sending: chaincode stream terminated")));
        sending.lock();
        try {
            switch (outgoing) {
                case null -> {}
                case ClientCallStreamObserver<ChaincodeMessage> dialled ->
                    dialled.cancel("the peer ends the stream", reason);
                case ServerCallStreamObserver<ChaincodeMessage> registered when registered.isCancelled() -> {}
                case ServerCallStreamObserver<ChaincodeMessage> registered ->
                    registered.onError(Status.fromThrowable(reason).asRuntimeException());
                // in this JVM, where the shim waits for what still runs: not on this thread
                case StreamObserver<ChaincodeMessage> hosted ->
                    Thread.ofVirtual().name("chaincode-end").start(hosted::onCompleted);
            }
        } finally {
            sending.unlock();
        }
    }

    private static String key(String channel, String transactionId) {
        return channel + '\n' + transactionId;
    }
}
