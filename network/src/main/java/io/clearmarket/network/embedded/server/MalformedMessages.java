package io.clearmarket.network.embedded.server;

import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.StatusRuntimeException;

/**
 * Ends a call whose bytes are no message with the parser's status, INTERNAL, as Go's server does; by itself this server would
 * call it a failure of the application, UNKNOWN. To be put in front of input stream messages, so that parsing happens behind it.
 */
final class MalformedMessages implements ServerInterceptor {
    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        return new SimpleForwardingServerCallListener<>(next.startCall(call, headers)) {
            private boolean refused;

            @Override
            public void onMessage(Q message) {
                try {
                    if (!refused) {
                        super.onMessage(message);
                    }
                } catch (StatusRuntimeException malformed) {
                    refused = true;
                    call.close(malformed.getStatus(), new Metadata());
                }
            }

            @Override
            public void onHalfClose() {
                if (!refused) {
                    super.onHalfClose();
                }
            }
        };
    }
}
