package io.clearmarket.network.embedded.peer.chaincode;

import io.grpc.Context;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.hyperledger.fabric.protos.peer.ChaincodeGrpc;
import org.hyperledger.fabric.protos.peer.ChaincodeMessage;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one peer's stream to one chaincode, hosted here or a server: dials at the first call, again at the first call after a break. The
 * shim's server ages connections after seconds, which leaves open streams alone; so only the stream's own end counts.
 */
final class ChaincodeLauncher implements ChaincodeConnection {
    private static final int MAX_MESSAGE_BYTES = 100 * 1024 * 1024;
    private static final Duration LAUNCH_TIMEOUT = Duration.ofMinutes(5);

    private final ChaincodeServer server;
    private final HostedChaincodes hosted;
    private final Duration executeTimeout;
    private @Nullable ManagedChannel channel;
    private final ReentrantLock dialling = new ReentrantLock();
    private volatile @Nullable ChaincodeStream current;

    ChaincodeLauncher(ChaincodeServer server, HostedChaincodes hosted, Duration executeTimeout) {
        this.server = server;
        this.hosted = hosted;
        this.executeTimeout = executeTimeout;
    }

    /** A new connection per stream: one that was refused before fails calls at once until it has tried again. */
    private ManagedChannel connect() {
        ManagedChannel former = channel;
        if (former != null) {
            former.shutdownNow();
        }
        // directExecutor: the stream never waits on the thread that reads, see ChaincodeStream
        ManagedChannel next = NettyChannelBuilder.forTarget("dns:///" + server.address())
                .usePlaintext()
                .maxInboundMessageSize(MAX_MESSAGE_BYTES)
                .directExecutor()
                .build();
        channel = next;
        return next;
    }

    @Override
    public ChaincodeStream stream() throws ChaincodeFailure {
        ChaincodeStream stream = current;
        if (stream != null && stream.isReady()) {
            return stream;
        }
        dialling.lock();
        try {
            stream = current;
            if (stream == null || stream.isTerminated()) {
                stream = dial();
                current = stream;
            }
        } finally {
            dialling.unlock();
        }
        awaitReady(stream);
        return stream;
    }

    private ChaincodeStream dial() {
        ChaincodeStream stream = new ChaincodeStream(server.packageId(), executeTimeout);
        hosted.find(server.address())
                .ifPresentOrElse(chaincode -> LocalStream.connect(stream, chaincode), () -> dialServer(stream));
        return stream;
    }

    private void dialServer(ChaincodeStream stream) {
        ManagedChannel fresh = connect();
        // a call made in the caller's context would be cancelled with it; the stream outlives the call that dials
        Context.ROOT.run(() -> {
            StreamObserver<ChaincodeMessage> unused =
                    ChaincodeGrpc.newStub(fresh).connect(new Responses(stream));
        });
    }

    private void awaitReady(ChaincodeStream stream) throws ChaincodeFailure {
        try {
            stream.ready().get(LAUNCH_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new ChaincodeFailure("could not launch chaincode " + server.packageId() + ": connection to "
                    + server.packageId() + " failed: " + reason(e.getCause()));
        } catch (TimeoutException e) {
            throw new ChaincodeFailure("could not launch chaincode " + server.packageId()
                    + ": timeout expired while starting chaincode " + server.packageId() + " for transaction");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ChaincodeFailure("could not launch chaincode " + server.packageId() + ": interrupted");
        }
    }

    private String reason(@Nullable Throwable failure) {
        Status status = failure == null ? Status.UNKNOWN : Status.fromThrowable(failure);
        if (status.getCode() == Status.Code.UNAVAILABLE) {
            return "error creating grpc connection to " + server.address()
                    + ": failed to create new connection: dial tcp " + server.address()
                    + ": connect: connection refused";
        }
        return status.getCode() + ": " + status.getDescription();
    }

    @Override
    public void close() {
        ChaincodeStream stream = current;
        if (stream != null) {
            stream.terminate(Status.CANCELLED.asRuntimeException());
        }
        dialling.lock();
        try {
            if (channel != null) {
                channel.shutdownNow();
            }
        } finally {
            dialling.unlock();
        }
    }

    /** Passes what the server sends to the stream. */
    private record Responses(ChaincodeStream stream)
            implements ClientResponseObserver<ChaincodeMessage, ChaincodeMessage> {
        @Override
        public void beforeStart(ClientCallStreamObserver<ChaincodeMessage> requests) {
            stream.attach(requests);
        }

        @Override
        public void onNext(ChaincodeMessage message) {
            stream.received(message);
        }

        @Override
        public void onError(Throwable failure) {
            stream.terminate(failure);
        }

        @Override
        public void onCompleted() {
            stream.terminate(Status.UNAVAILABLE.withDescription("EOF").asRuntimeException());
        }
    }
}
