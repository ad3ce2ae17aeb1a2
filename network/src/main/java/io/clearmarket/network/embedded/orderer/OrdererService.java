package io.clearmarket.network.embedded.orderer;

import io.clearmarket.network.embedded.msp.MspManager;
import io.clearmarket.network.embedded.policy.Policy;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.orderer.AtomicBroadcastGrpc;
import org.hyperledger.fabric.protos.orderer.BroadcastResponse;
import org.hyperledger.fabric.protos.orderer.DeliverResponse;

/** {@code orderer.AtomicBroadcast}: envelopes straight to the orderer and blocks straight from it, for tools that use no gateway. */
public final class OrdererService extends AtomicBroadcastGrpc.AtomicBroadcastImplBase {
    private final Orderer orderer;
    private final String channel;
    private final MspManager msps;
    private final Policy readers;

    /** @param readers {@code /Channel/Readers} */
    public OrdererService(Orderer orderer, String channel, MspManager msps, Policy readers) {
        this.orderer = orderer;
        this.channel = channel;
        this.msps = msps;
        this.readers = readers;
    }

    @Override
    public StreamObserver<Envelope> deliver(StreamObserver<DeliverResponse> observer) {
        return new BlockDelivery(orderer, channel, msps, readers, observer);
    }

    @Override
    public StreamObserver<Envelope> broadcast(StreamObserver<BroadcastResponse> observer) {
        ServerCallStreamObserver<BroadcastResponse> responses = (ServerCallStreamObserver<BroadcastResponse>) observer;
        // one envelope at a time, and the next only when the caller has room for its answer
        responses.disableAutoRequest();
        responses.request(1);
        AtomicBoolean full = new AtomicBoolean();
        responses.setOnReadyHandler(() -> {
            if (responses.isReady() && full.compareAndSet(true, false)) {
                responses.request(1);
            }
        });
        return new StreamObserver<>() {
            @Override
            public void onNext(Envelope envelope) {
                BroadcastResult result = orderer.broadcast(envelope);
                if (!responses.isCancelled()) {
                    responses.onNext(BroadcastResponse.newBuilder()
                            .setStatus(result.status())
                            .setInfo(result.info())
                            .build());
                    full.set(true);
                    if (responses.isReady() && full.compareAndSet(true, false)) {
                        responses.request(1);
                    }
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
