package io.clearmarket.network.embedded.server;

import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;

/**
 * The sending side of a streaming call, filled by a thread of its own: waits while the caller reads slowly, and learns
 * from {@link #isOpen()} that the caller has gone.
 */
public final class ResponseStream<T> {
    private final ServerCallStreamObserver<T> call;
    private final WakeUp wakeUp = new WakeUp();
    private volatile boolean cancelled;

    /** To be made in the service method itself, before it returns. */
    public ResponseStream(StreamObserver<T> observer) {
        this.call = (ServerCallStreamObserver<T>) observer;
        call.setOnReadyHandler(wakeUp::raise);
        call.setOnCancelHandler(() -> {
            cancelled = true;
            wakeUp.raise();
        });
    }

    /** Raised when the caller can take more, or has gone; others may raise it for their own reasons. */
    public WakeUp wakeUp() {
        return wakeUp;
    }

    /** False once the caller has cancelled. */
    public boolean isOpen() {
        return !cancelled;
    }

    /** Sends when the caller can take it; nothing happens if the caller has gone. */
    public void send(T message) throws InterruptedException {
        while (!call.isReady() && !cancelled) {
            wakeUp.await();
        }
        synchronized (call) {
            if (!cancelled) {
                call.onNext(message);
            }
        }
    }

    public void complete() {
        synchronized (call) {
            if (!cancelled) {
                call.onCompleted();
            }
        }
    }

    public void fail(StatusRuntimeException failure) {
        synchronized (call) {
            if (!cancelled) {
                call.onError(failure);
            }
        }
    }
}
