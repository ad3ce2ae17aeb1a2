package io.clearmarket.network.embedded.server;

import io.grpc.BindableService;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.Status;
import java.util.concurrent.Semaphore;

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
        try {
            return new Releasing<>(next.startCall(call, headers));
        } catch (RuntimeException | Error failure) {
            free.release();
            throw failure;
        }
    }

    /** Exactly one of the two ends is told, after the handler has returned. */
    private final class Releasing<Q> extends SimpleForwardingServerCallListener<Q> {
        Releasing(ServerCall.Listener<Q> to) {
            super(to);
        }

        @Override
        public void onComplete() {
            free.release();
            super.onComplete();
        }

        @Override
        public void onCancel() {
            free.release();
            super.onCancel();
        }
    }
}
