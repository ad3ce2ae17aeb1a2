package io.clearmarket.network.embedded.peer.gateway;

import com.google.protobuf.InvalidProtocolBufferException;
import io.clearmarket.network.embedded.ledger.PeerLedger;
import io.clearmarket.network.embedded.ledger.TransactionLocation;
import io.clearmarket.network.embedded.peer.AccessControl;
import io.clearmarket.network.embedded.peer.BlockTransactions;
import io.clearmarket.network.embedded.peer.CommitTracker;
import io.clearmarket.network.embedded.policy.Policy.SignedData;
import io.clearmarket.network.embedded.server.Failures;
import io.clearmarket.network.embedded.server.ResponseStream;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Optional;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.gateway.ChaincodeEventsRequest;
import org.hyperledger.fabric.protos.gateway.ChaincodeEventsResponse;
import org.hyperledger.fabric.protos.gateway.SignedChaincodeEventsRequest;
import org.hyperledger.fabric.protos.orderer.SeekPosition;
import org.hyperledger.fabric.protos.peer.TxValidationCode;

/** Gateway.ChaincodeEvents: a stream of valid transactions' events, block by block (fabric-protocol 1.9). */
final class ChaincodeEventsCall {
    private final PeerLedger ledger;
    private final AccessControl access;
    private final CommitTracker commits;

    ChaincodeEventsCall(PeerLedger ledger, AccessControl access, CommitTracker commits) {
        this.ledger = ledger;
        this.access = access;
        this.commits = commits;
    }

    /** Checks the request and streams on a thread of its own until the caller cancels. */
    void stream(SignedChaincodeEventsRequest signed, ResponseStream<ChaincodeEventsResponse> responses) {
        Position position;
        try {
            ChaincodeEventsRequest request = parse(signed);
            position = start(request);
        } catch (StatusRuntimeException e) {
            responses.fail(e);
            return;
        }
        Thread.ofVirtual().name("chaincode-events").start(() -> pump(position, responses));
    }

    private ChaincodeEventsRequest parse(SignedChaincodeEventsRequest signed) {
        if (signed.getRequest().isEmpty()) {
            throw Failures.of(Status.Code.INVALID_ARGUMENT, "a chaincode events request is required");
        }
        ChaincodeEventsRequest request;
        try {
            request = ChaincodeEventsRequest.parseFrom(signed.getRequest());
        } catch (InvalidProtocolBufferException e) {
            throw Failures.of(Status.Code.INVALID_ARGUMENT, "invalid chaincode events request: " + e.getMessage());
        }
        SignedData signedData = new SignedData(signed.getRequest(), request.getIdentity(), signed.getSignature());
        Optional<String> denied = access.readDenied(request.getChannelId(), signedData);
        if (denied.isPresent()) {
            throw Failures.of(Status.Code.PERMISSION_DENIED, denied.get());
        }
        return request;
    }

    private Position start(ChaincodeEventsRequest request) {
        String after = request.getAfterTransactionId();
        Optional<TransactionLocation> checkpoint = after.isEmpty() ? Optional.empty() : ledger.find(after);
        if (checkpoint.isPresent()) {
            return new Position(request.getChaincodeId(), checkpoint.get().block(), after);
        }
        SeekPosition seek = request.getStartPosition();
        return switch (seek.getTypeCase()) {
            case TYPE_NOT_SET, NEXT_COMMIT -> new Position(request.getChaincodeId(), ledger.height(), "");
            case SPECIFIED ->
                new Position(request.getChaincodeId(), seek.getSpecified().getNumber(), "");
            case OLDEST, NEWEST ->
                throw Failures.of(Status.Code.INVALID_ARGUMENT, "invalid start position type: " + seek.getTypeCase());
        };
    }

    private void pump(Position position, ResponseStream<ChaincodeEventsResponse> responses) {
        commits.listen(responses.wakeUp());
        try {
            while (responses.isOpen()) {
                Optional<Block> block = commits.block(position.block);
                if (block.isEmpty()) {
                    responses.wakeUp().await();
                    continue;
                }
                ChaincodeEventsResponse events = position.take(block.get());
                if (events.getEventsCount() > 0) {
                    responses.send(events);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            responses.fail(Failures.of(Status.Code.ABORTED, String.valueOf(e.getMessage())));
        } finally {
            commits.unlisten(responses.wakeUp());
        }
    }

    /** Where a stream is: the next block, and the transaction after whose event it begins. */
    private static final class Position {
        private final String chaincode;
        private long block;
        private String after;

        Position(String chaincode, long block, String after) {
            this.chaincode = chaincode;
            this.block = block;
            this.after = after;
        }

        ChaincodeEventsResponse take(Block next) {
            ChaincodeEventsResponse.Builder response =
                    ChaincodeEventsResponse.newBuilder().setBlockNumber(block);
            for (BlockTransactions.Entry entry : BlockTransactions.of(next)) {
                if (entry.code() != TxValidationCode.VALID || entry.event().isEmpty()) {
                    continue;
                }
                if (!after.isEmpty()) {
                    // suppressed up to and including that transaction's event, of whichever chaincode
                    after = entry.id().equals(after) ? "" : after;
                } else if (entry.event().get().getChaincodeId().equals(chaincode)) {
                    response.addEvents(entry.event().get());
                }
            }
            block++;
            return response.build();
        }
    }
}
