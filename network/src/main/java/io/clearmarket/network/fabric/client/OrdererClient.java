package io.clearmarket.network.fabric.client;

import io.clearmarket.network.embedded.NetworkException;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Status;
import org.hyperledger.fabric.protos.orderer.AtomicBroadcastGrpc;
import org.hyperledger.fabric.protos.orderer.BroadcastResponse;

/** One orderer, as a submitting client sees it. */
public final class OrdererClient implements AutoCloseable {
    private static final Duration CALL = Duration.ofSeconds(30);
    private static final long PAUSE_MILLIS = 200;

    private final NodeConnection connection;

    public OrdererClient(NodeConnection connection) {
        this.connection = connection;
    }

    /**
     * Hands a transaction to be ordered. An orderer without a leader says so for some seconds; it is asked again.
     *
     * @throws NetworkException with the orderer's words, if it refuses or has no leader in time
     */
    public void broadcast(Envelope envelope, Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (true) {
            BroadcastResponse response = once(envelope);
            if (response.getStatus() == Status.SUCCESS) {
                return;
            }
            boolean again = response.getStatus() == Status.SERVICE_UNAVAILABLE && System.nanoTime() < deadline;
            if (!again) {
                throw new NetworkException("the orderer at " + connection.address() + " answers " + response.getStatus()
                        + ": " + response.getInfo());
            }
            pause();
        }
    }

    private BroadcastResponse once(Envelope envelope) {
        CompletableFuture<BroadcastResponse> answer = new CompletableFuture<>();
        StreamObserver<Envelope> call = AtomicBroadcastGrpc.newStub(connection.channel())
                .withDeadlineAfter(CALL.toSeconds(), TimeUnit.SECONDS)
                .broadcast(new StreamObserver<>() {
                    @Override
                    public void onNext(BroadcastResponse response) {
                        answer.complete(response);
                    }

                    @Override
                    public void onError(Throwable failure) {
                        answer.completeExceptionally(failure);
                    }

                    @Override
                    public void onCompleted() {
                        answer.completeExceptionally(new IllegalStateException("the stream ended without an answer"));
                    }
                });
        call.onNext(envelope);
        try {
            BroadcastResponse response = answer.get(CALL.toSeconds(), TimeUnit.SECONDS);
            call.onCompleted();
            return response;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NetworkException("interrupted while ordering", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new NetworkException(
                    "the orderer at " + connection.address() + " does not answer: " + e.getMessage(), e);
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NetworkException("interrupted while waiting for the orderer's leader", e);
        }
    }

    @Override
    public void close() {
        connection.close();
    }
}
