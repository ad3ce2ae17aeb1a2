package io.clearmarket.network.embedded.orderer;

import com.google.protobuf.ByteString;
import io.clearmarket.network.embedded.msp.MspException;
import io.clearmarket.network.embedded.seek.SeekRange;
import io.clearmarket.network.embedded.seek.SeekRequest;
import io.clearmarket.network.embedded.server.ResponseStream;
import io.clearmarket.network.embedded.server.TlsBinding;
import io.grpc.stub.StreamObserver;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Status;
import org.hyperledger.fabric.protos.orderer.DeliverResponse;

/**
 * One {@code orderer.AtomicBroadcast/Deliver} stream: the orderer's blocks, which no peer has judged, to those who may read the
 * channel ({@code /Channel/Readers}); the rules of seeking are a peer's (fabric-protocol 6.3).
 */
final class BlockDelivery implements StreamObserver<Envelope> {
    private static final long LOOK_AGAIN_NANOS = 20_000_000;

    private final Map<String, Orderer> channels;
    private final ResponseStream<DeliverResponse> responses;
    private final TlsBinding binding = TlsBinding.current();
    private final AtomicBoolean busy = new AtomicBoolean();
    private final Clock clock = Clock.systemUTC();

    /** @param channels the orderer of each */
    BlockDelivery(Map<String, Orderer> channels, StreamObserver<DeliverResponse> observer) {
        this.channels = channels;
        this.responses = new ResponseStream<>(observer);
    }

    /** One envelope at a time: the next may come when the blocks of the one before have been sent. */
    @Override
    public void onNext(Envelope envelope) {
        if (busy.compareAndSet(false, true)) {
            Thread.ofVirtual().name("orderer-deliver").start(() -> {
                serve(envelope);
                busy.set(false);
            });
        }
    }

    private void serve(Envelope envelope) {
        try {
            Status end;
            try {
                end = stream(envelope);
            } catch (SeekRange.Refused refused) {
                end = refused.status();
            }
            responses.send(DeliverResponse.newBuilder().setStatus(end).build());
            if (end != Status.SUCCESS) {
                responses.complete();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Status stream(Envelope envelope) throws SeekRange.Refused, InterruptedException {
        SeekRequest request = SeekRequest.of(envelope, clock.instant(), binding);
        Orderer orderer = channels.get(request.channel());
        if (orderer == null) {
            return Status.NOT_FOUND;
        }
        if (expired(orderer, request.creator())
                || orderer.readers().evaluate(List.of(request.signedData())).isPresent()) {
            return Status.FORBIDDEN;
        }
        SeekRange range = SeekRange.of(request.seekInfo(), orderer.height());
        for (long number = range.start(); Long.compareUnsigned(number, range.stop()) <= 0; number++) {
            Optional<Block> block = orderer.block(number);
            while (block.isEmpty() && responses.isOpen()) {
                if (range.failIfNotReady()) {
                    return Status.NOT_FOUND;
                }
                responses.wakeUp().await(LOOK_AGAIN_NANOS);
                block = orderer.block(number);
            }
            if (block.isEmpty() || expired(orderer, request.creator())) {
                return Status.FORBIDDEN;
            }
            responses.send(DeliverResponse.newBuilder().setBlock(block.get()).build());
        }
        return Status.SUCCESS;
    }

    /** An identity that nobody knows is left to the policy. */
    private boolean expired(Orderer orderer, ByteString creator) {
        try {
            return orderer.resources()
                    .deserialize(creator)
                    .expiredAt(clock.instant().getEpochSecond());
        } catch (MspException unknown) {
            return false;
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
}
