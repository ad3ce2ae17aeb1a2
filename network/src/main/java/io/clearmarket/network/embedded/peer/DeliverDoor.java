package io.clearmarket.network.embedded.peer;

import io.clearmarket.network.embedded.peer.deliver.BlockContent;
import io.clearmarket.network.embedded.server.ResponseStream;
import io.clearmarket.network.embedded.server.TlsBinding;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.peer.DeliverGrpc;
import org.hyperledger.fabric.protos.peer.DeliverResponse;

/** {@code protos.Deliver} of a peer: each request of a stream is about the channel in its header. */
final class DeliverDoor extends DeliverGrpc.DeliverImplBase {
    private final ChannelSwitch channels;

    DeliverDoor(ChannelSwitch channels) {
        this.channels = channels;
    }

    @Override
    public StreamObserver<Envelope> deliver(StreamObserver<DeliverResponse> observer) {
        return requests(observer, BlockContent.FULL);
    }

    @Override
    public StreamObserver<Envelope> deliverFiltered(StreamObserver<DeliverResponse> observer) {
        return requests(observer, BlockContent.FILTERED);
    }

    @Override
    public StreamObserver<Envelope> deliverWithPrivateData(StreamObserver<DeliverResponse> observer) {
        return requests(observer, BlockContent.WITH_PRIVATE_DATA);
    }

    /** One envelope at a time: the next may come when the blocks of the one before have been sent. */
    private StreamObserver<Envelope> requests(StreamObserver<DeliverResponse> observer, BlockContent content) {
        ResponseStream<DeliverResponse> responses = new ResponseStream<>(observer);
        TlsBinding binding = TlsBinding.current();
        AtomicBoolean busy = new AtomicBoolean();
        return new StreamObserver<>() {
            @Override
            public void onNext(Envelope envelope) {
                if (busy.compareAndSet(false, true)) {
                    Thread.ofVirtual().name("deliver").start(() -> {
                        channels.of(envelope).deliver().serve(envelope, binding, content, responses);
                        busy.set(false);
                    });
                }
            }

            @Override
            public void onError(Throwable cancelled) {
                // the response stream's cancel handler has heard of it
            }

            @Override
            public void onCompleted() {
                if (!busy.get()) {
                    responses.complete();
                }
            }
        };
    }
}
