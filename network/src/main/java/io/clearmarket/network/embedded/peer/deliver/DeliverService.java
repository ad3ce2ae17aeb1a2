package io.clearmarket.network.embedded.peer.deliver;

import io.clearmarket.network.embedded.ledger.PeerLedger;
import io.clearmarket.network.embedded.msp.MspException;
import io.clearmarket.network.embedded.peer.AccessControl;
import io.clearmarket.network.embedded.peer.CommitTracker;
import io.clearmarket.network.embedded.seek.SeekRange;
import io.clearmarket.network.embedded.seek.SeekRequest;
import io.clearmarket.network.embedded.server.ResponseStream;
import io.clearmarket.network.embedded.server.TlsBinding;
import java.time.Clock;
import java.util.Optional;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Status;
import org.hyperledger.fabric.protos.peer.DeliverResponse;

/** One channel's committed blocks, for a stream of {@code protos.Deliver} (fabric-protocol 1.10). */
public final class DeliverService {
    private final PeerLedger ledger;
    private final CommitTracker commits;
    private final AccessControl access;
    private final Clock clock = Clock.systemUTC();

    public DeliverService(PeerLedger ledger, CommitTracker commits) {
        this.ledger = ledger;
        this.commits = commits;
        this.access = new AccessControl(ledger);
    }

    /** Serves one request of a stream; returns when that is done. */
    public void serve(
            Envelope envelope, TlsBinding binding, BlockContent content, ResponseStream<DeliverResponse> responses) {
        if (content == BlockContent.FILTERED) {
            commits.listenFirst(responses.wakeUp());
        } else {
            commits.listen(responses.wakeUp());
        }
        try {
            Status end = stream(SeekRequest.of(envelope, clock.instant(), binding), content, responses);
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

    private Status stream(SeekRequest request, BlockContent content, ResponseStream<DeliverResponse> responses)
            throws SeekRange.Refused, InterruptedException {
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
