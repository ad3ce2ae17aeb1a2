package io.clearmarket.network.embedded.orderer;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.orderer.AtomicBroadcastGrpc;
import org.hyperledger.fabric.protos.orderer.BroadcastResponse;
import org.hyperledger.fabric.protos.orderer.DeliverResponse;

/** {@code orderer.AtomicBroadcast}: envelopes straight to the orderer and blocks straight from it, for tools that use no gateway. */
public final class OrdererService extends AtomicBroadcastGrpc.AtomicBroadcastImplBase {
    private final Map<String, Orderer> channels;

    /** @param channels at least one orderer, by its channel */
    public OrdererService(Map<String, Orderer> channels) {
        this.channels = channels;
    }

    @Override
    public StreamObserver<Envelope> deliver(StreamObserver<DeliverResponse> observer) {
        return new BlockDelivery(channels, observer);
    }

    /** That of the envelope's channel; any other refuses it in an orderer's words. */
    private Orderer of(Envelope envelope) {
        Orderer first = channels.values().iterator().next();
        return channels.size() == 1
                ? first
                : Admission.channelOf(envelope).map(channels::get).orElse(first);
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
                BroadcastResult result = of(envelope).broadcast(envelope);
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
