package io.clearmarket.network.embedded.server;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.lang.System.Logger.Level;

/** Answers a unary call from a handler that may block (calls run on virtual threads) and may throw a status. */
public final class UnaryCall {
    private static final System.Logger LOG = System.getLogger(UnaryCall.class.getName());

    private UnaryCall() {}

    /** Computes the one answer of a call. */
    @FunctionalInterface
    public interface Handler<T> {
        T handle() throws StatusRuntimeException;
    }

    public static <T> void answer(StreamObserver<T> observer, Handler<T> handler) {
        ServerCallStreamObserver<T> call = (ServerCallStreamObserver<T>) observer;
        // with a handler set, answering a caller who has gone is silent instead of an exception
        call.setOnCancelHandler(() -> LOG.log(Level.TRACE, "the caller has gone"));
        try {
            T answer = handler.handle();
            call.onNext(answer);
            call.onCompleted();
        } catch (StatusRuntimeException e) {
            call.onError(e);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "a call failed inside the network", e);
            call.onError(Status.INTERNAL.withDescription(e.toString()).asRuntimeException());
        }
    }
}
