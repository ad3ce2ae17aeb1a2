package io.clearmarket.network.embedded.server;

import io.grpc.BindableService;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.Status;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * How many calls of one service a peer has open at a time, streams included (Fabric's {@code peer.limits.concurrency}); one
 * that comes on top is refused at once, in a peer's words.
 */
public final class ConcurrencyLimit implements ServerInterceptor {
    private final int most;
    private final Semaphore free;

    private ConcurrencyLimit(int most) {
        this.most = most;
        this.free = new Semaphore(most);
    }

    /** @param most 0 for no limit */
    public static BindableService limited(BindableService service, int most) {
        if (most == 0) {
            return service;
        }
        ConcurrencyLimit limit = new ConcurrencyLimit(most);
        return () -> ServerInterceptors.intercept(service.bindService(), limit);
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        if (!free.tryAcquire()) {
            String service = "/" + call.getMethodDescriptor().getServiceName();
            call.close(
                    Status.UNKNOWN.withDescription(
                            "too many requests for " + service + ", exceeding concurrency limit (" + most + ")"),
                    new Metadata());
            return new ServerCall.Listener<>() {};
        }
        // told of the end in more than one way
        Runnable release = once(free::release);
        try {
            return new Releasing<>(next.startCall(new Counted<>(call, release), headers), release);
        } catch (RuntimeException | Error failure) {
            release.run();
            throw failure;
        }
    }

    private static Runnable once(Runnable action) {
        AtomicBoolean done = new AtomicBoolean();
        return () -> {
            if (done.compareAndSet(false, true)) {
                action.run();
            }
        };
    }

    /** Counts no more from before the caller hears of the end, as in a peer: its next call is not one on top. */
    private static final class Counted<Q, A> extends SimpleForwardingServerCall<Q, A> {
        private final Runnable release;

        Counted(ServerCall<Q, A> to, Runnable release) {
            super(to);
            this.release = release;
        }

        @Override
        public void close(Status status, Metadata trailers) {
            release.run();
            super.close(status, trailers);
        }
    }

    /** For callers who go before the end. */
    private static final class Releasing<Q> extends SimpleForwardingServerCallListener<Q> {
        private final Runnable release;

        Releasing(ServerCall.Listener<Q> to, Runnable release) {
            super(to);
            this.release = release;
        }

        @Override
        public void onComplete() {
            release.run();
            super.onComplete();
        }

        @Override
        public void onCancel() {
            release.run();
            super.onCancel();
        }
    }
}
