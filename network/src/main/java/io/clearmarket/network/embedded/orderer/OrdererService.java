package io.clearmarket.network.embedded.orderer;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.orderer.AtomicBroadcastGrpc;
import org.hyperledger.fabric.protos.orderer.BroadcastResponse;

/** {@code orderer.AtomicBroadcast/Broadcast}: envelopes straight to the orderer, for tools that do not use a gateway. */
public final class OrdererService extends AtomicBroadcastGrpc.AtomicBroadcastImplBase {
    private final Orderer orderer;

    public OrdererService(Orderer orderer) {
        this.orderer = orderer;
    }

    @Override
    public StreamObserver<Envelope> broadcast(StreamObserver<BroadcastResponse> observer) {
        ServerCallStreamObserver<BroadcastResponse> responses = (ServerCallStreamObserver<BroadcastResponse>) observer;
        return new StreamObserver<>() {
            @Override
            public void onNext(Envelope envelope) {
                BroadcastResult result = orderer.broadcast(envelope);
                if (!responses.isCancelled()) {
                    responses.onNext(BroadcastResponse.newBuilder()
                            .setStatus(result.status())
                            .setInfo(result.info())
                            .build());
                }
            }

            @Override
            public void onError(Throwable gone) {
                // nothing is kept for a caller
            }

            @Override
            public void onCompleted() {
                responses.onCompleted();
            }
        };
    }
}
