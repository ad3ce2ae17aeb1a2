package io.clearmarket.network.embedded.peer.deliver;

import io.clearmarket.network.embedded.ledger.PeerLedger;
import io.clearmarket.network.embedded.msp.MspException;
import io.clearmarket.network.embedded.peer.AccessControl;
import io.clearmarket.network.embedded.peer.CommitTracker;
import io.clearmarket.network.embedded.seek.SeekRange;
import io.clearmarket.network.embedded.seek.SeekRequest;
import io.clearmarket.network.embedded.server.ResponseStream;
import io.grpc.stub.StreamObserver;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Status;
import org.hyperledger.fabric.protos.peer.DeliverGrpc;
import org.hyperledger.fabric.protos.peer.DeliverResponse;

/** {@code protos.Deliver}: a peer's committed blocks (fabric-protocol 1.10). */
public final class DeliverService extends DeliverGrpc.DeliverImplBase {
    private final PeerLedger ledger;
    private final CommitTracker commits;
    private final AccessControl access;
    private final Clock clock = Clock.systemUTC();

    public DeliverService(PeerLedger ledger, CommitTracker commits) {
        this.ledger = ledger;
        this.commits = commits;
        this.access = new AccessControl(ledger);
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
        AtomicBoolean busy = new AtomicBoolean();
        return new StreamObserver<>() {
            @Override
            public void onNext(Envelope envelope) {
                if (busy.compareAndSet(false, true)) {
                    Thread.ofVirtual().name("deliver").start(() -> {
                        serve(envelope, content, responses);
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

    private void serve(Envelope envelope, BlockContent content, ResponseStream<DeliverResponse> responses) {
        commits.listen(responses.wakeUp());
        try {
            Status end = stream(envelope, content, responses);
            responses.send(DeliverResponse.newBuilder().setStatus(end).build());
            if (end != Status.SUCCESS) {
                responses.complete();
            }
        } catch (SeekRange.Refused refused) {
            sendLast(refused.status(), responses);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            commits.unlisten(responses.wakeUp());
        }
    }

    private static void sendLast(Status status, ResponseStream<DeliverResponse> responses) {
        try {
            responses.send(DeliverResponse.newBuilder().setStatus(status).build());
            responses.complete();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Status stream(Envelope envelope, BlockContent content, ResponseStream<DeliverResponse> responses)
            throws SeekRange.Refused, InterruptedException {
        SeekRequest request = SeekRequest.of(envelope, clock.instant());
        if (!request.channel().equals(ledger.channel())) {
            return Status.NOT_FOUND;
        }
        var seekInfo = request.seekInfo();
        if (expired(request)
                || access.readDenied(request.channel(), request.signedData()).isPresent()) {
            return Status.FORBIDDEN;
        }
        PrivateDataReader privateData = new PrivateDataReader(ledger, request.signedData());
        SeekRange range = SeekRange.of(seekInfo, ledger.height());
        for (long number = range.start(); Long.compareUnsigned(number, range.stop()) <= 0; number++) {
            Optional<Block> block = commits.block(number);
            while (block.isEmpty() && responses.isOpen()) {
                if (range.failIfNotReady()) {
                    return Status.NOT_FOUND;
                }
                responses.wakeUp().await();
                block = commits.block(number);
            }
            if (block.isEmpty() || expired(request)) {
                return Status.FORBIDDEN;
            }
            responses.send(content.response(ledger.channel(), block.get(), privateData));
        }
        return Status.SUCCESS;
    }

    /** An identity that nobody knows is left to the policy. */
    private boolean expired(SeekRequest request) {
        try {
            return ledger.msps()
                    .deserialize(request.creator())
                    .expiredAt(clock.instant().getEpochSecond());
        } catch (MspException unknown) {
            return false;
        }
    }
}
