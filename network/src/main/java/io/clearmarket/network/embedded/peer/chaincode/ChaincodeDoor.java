package io.clearmarket.network.embedded.peer.chaincode;

import com.google.protobuf.InvalidProtocolBufferException;
import io.clearmarket.network.embedded.server.NodeServer;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.hyperledger.fabric.protos.peer.ChaincodeID;
import org.hyperledger.fabric.protos.peer.ChaincodeMessage;
import org.hyperledger.fabric.protos.peer.ChaincodeSupportGrpc;
import org.jspecify.annotations.Nullable;

/**
 * Where chaincode that dials its peer registers ({@code protos.ChaincodeSupport}), as with a peer in development mode: without
 * TLS, under any id. A second chaincode of an id that is there already gets no answer, as a peer gives none.
 */
final class ChaincodeDoor implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ChaincodeDoor.class.getName());

    private final Duration executeTimeout;
    private final NodeServer server;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<String, ChaincodeStream> registered = new HashMap<>();

    private ChaincodeDoor(NodeServer.Listening at, Duration executeTimeout) throws IOException {
        this.executeTimeout = executeTimeout;
        this.server = NodeServer.startPlain(at, List.of(new Support()));
    }

    /**
     * Opens a door.
     *
     * @param address {@code host:port}
     * @throws UncheckedIOException naming the address if it cannot be had
     */
    static ChaincodeDoor open(String address, Duration executeTimeout) {
        int colon = address.lastIndexOf(':');
        try {
            return new ChaincodeDoor(
                    new NodeServer.Listening(
                            "chaincode that dials",
                            address.substring(0, colon),
                            Integer.parseInt(address.substring(colon + 1))),
                    executeTimeout);
        } catch (IOException e) {
            throw new UncheckedIOException(String.valueOf(e.getMessage()), e);
        }
    }

    /** The stream of a chaincode that has registered, or does in time. */
    Optional<ChaincodeStream> await(String packageId, Duration patience) throws InterruptedException {
        long left = patience.toNanos();
        lock.lockInterruptibly();
        try {
            Optional<ChaincodeStream> stream = ready(packageId);
            while (stream.isEmpty() && left > 0) {
                left = changed.awaitNanos(left);
                stream = ready(packageId);
            }
            return stream;
        } finally {
            lock.unlock();
        }
    }

    private Optional<ChaincodeStream> ready(String packageId) {
        return Optional.ofNullable(registered.get(packageId)).filter(ChaincodeStream::isReady);
    }

    /** Ends a chaincode's stream, if there is one. */
    void end(String packageId) {
        ChaincodeStream stream;
        lock.lock();
        try {
            stream = registered.get(packageId);
        } finally {
            lock.unlock();
        }
        if (stream != null) {
            gone(packageId, stream, Status.UNAVAILABLE.withDescription("the peer ends the stream"));
        }
    }

    private void gone(String packageId, ChaincodeStream stream, Status reason) {
        lock.lock();
        try {
            registered.remove(packageId, stream);
        } finally {
            lock.unlock();
        }
        stream.terminate(reason.asRuntimeException());
    }

    /** True if nobody else is there under this id. */
    private boolean enter(String packageId, ChaincodeStream stream) {
        lock.lock();
        try {
            ChaincodeStream before = registered.get(packageId);
            if (before != null && !before.isTerminated()) {
                return false;
            }
            registered.put(packageId, stream);
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void tell() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        server.close();
    }

    private final class Support extends ChaincodeSupportGrpc.ChaincodeSupportImplBase {
        @Override
        public StreamObserver<ChaincodeMessage> register(StreamObserver<ChaincodeMessage> responses) {
            Registering messages = new Registering((ServerCallStreamObserver<ChaincodeMessage>) responses);
            ((ServerCallStreamObserver<ChaincodeMessage>) responses).setOnCancelHandler(messages::left);
            return messages;
        }
    }

    /** What one chaincode sends: first who it is. */
    private final class Registering implements StreamObserver<ChaincodeMessage> {
        private final ServerCallStreamObserver<ChaincodeMessage> responses;
        private String packageId = "";
        private @Nullable ChaincodeStream stream;
        private boolean refused;

        Registering(ServerCallStreamObserver<ChaincodeMessage> responses) {
            this.responses = responses;
        }

        @Override
        public void onNext(ChaincodeMessage message) {
            if (stream != null) {
                stream.received(message);
            } else if (message.getType() == ChaincodeMessage.Type.REGISTER) {
                register(message);
            } else if (message.getType() != ChaincodeMessage.Type.KEEPALIVE && !refused) {
                refused = true;
                responses.onError(Status.UNKNOWN
                        .withDescription("[" + message.getTxid() + "] Chaincode handler cannot handle message ("
                                + message.getType() + ") while in state: created")
                        .asRuntimeException());
            }
        }

        private void register(ChaincodeMessage message) {
            String id;
            try {
                id = ChaincodeID.parseFrom(message.getPayload()).getName();
            } catch (InvalidProtocolBufferException unreadable) {
                LOG.log(Level.WARNING, "a chaincode registers as nobody: ignored", unreadable);
                return;
            }
            ChaincodeStream mine = new ChaincodeStream(id, executeTimeout);
            mine.attach(responses);
            if (id.isEmpty() || !enter(id, mine)) {
                LOG.log(Level.WARNING, "duplicate chaincodeID: {0}: ignored", id);
                return;
            }
            packageId = id;
            stream = mine;
            mine.received(message);
            tell();
        }

        private void left() {
            if (stream != null) {
                gone(packageId, stream, Status.UNAVAILABLE.withDescription("the chaincode has left"));
            }
        }

        @Override
        public void onError(Throwable failure) {
            left();
        }

        @Override
        public void onCompleted() {
            if (stream == null && !refused) {
                refused = true;
                responses.onCompleted();
            }
            left();
        }
    }
}
