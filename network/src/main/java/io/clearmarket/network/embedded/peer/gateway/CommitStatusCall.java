package io.clearmarket.network.embedded.peer.gateway;

import com.google.protobuf.InvalidProtocolBufferException;
import io.clearmarket.network.embedded.faults.PeerFaults;
import io.clearmarket.network.embedded.ledger.TransactionLocation;
import io.clearmarket.network.embedded.peer.AccessControl;
import io.clearmarket.network.embedded.peer.CommitTracker;
import io.clearmarket.network.embedded.peer.CommitWait;
import io.clearmarket.network.embedded.policy.Policy.SignedData;
import io.clearmarket.network.embedded.server.Failures;
import io.grpc.Context;
import io.grpc.Status;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.hyperledger.fabric.protos.gateway.CommitStatusRequest;
import org.hyperledger.fabric.protos.gateway.CommitStatusResponse;
import org.hyperledger.fabric.protos.gateway.SignedCommitStatusRequest;

/** Gateway.CommitStatus: waits for a transaction as long as the caller does (fabric-protocol 1.8). */
final class CommitStatusCall {
    private final AccessControl access;
    private final CommitTracker commits;
    private final PeerFaults faults;

    CommitStatusCall(AccessControl access, CommitTracker commits, PeerFaults faults) {
        this.faults = faults;
        this.access = access;
        this.commits = commits;
    }

    CommitStatusResponse status(SignedCommitStatusRequest signed) {
        CommitStatusRequest request = parse(signed);
        SignedData signedData = new SignedData(signed.getRequest(), request.getIdentity(), signed.getSignature());
        Optional<String> denied = access.readDenied(request.getChannelId(), signedData);
        if (denied.isPresent()) {
            throw Failures.of(Status.Code.PERMISSION_DENIED, denied.get());
        }
        TransactionLocation location = await(request.getTransactionId());
        holdBack(faults.commitStatusDelay());
        return CommitStatusResponse.newBuilder()
                .setResult(location.code())
                .setBlockNumber(location.block())
                .build();
    }

    private static CommitStatusRequest parse(SignedCommitStatusRequest signed) {
        if (signed.getRequest().isEmpty()) {
            throw Failures.of(Status.Code.INVALID_ARGUMENT, "a commit status request is required");
        }
        CommitStatusRequest request;
        try {
            request = CommitStatusRequest.parseFrom(signed.getRequest());
        } catch (InvalidProtocolBufferException e) {
            throw Failures.of(Status.Code.INVALID_ARGUMENT, "invalid status request: " + e.getMessage());
        }
        if (request.getIdentity().isEmpty()) {
            throw Failures.of(Status.Code.INVALID_ARGUMENT, "no identity provided");
        }
        if (request.getChannelId().isEmpty()) {
            throw Failures.of(Status.Code.INVALID_ARGUMENT, "no channel ID provided");
        }
        if (request.getTransactionId().isEmpty()) {
            throw Failures.of(Status.Code.INVALID_ARGUMENT, "transaction ID should not be empty");
        }
        return request;
    }

    /** Only where a test wants it so. */
    private static void holdBack(Duration delay) {
        if (delay.isZero()) {
            return;
        }
        CompletableFuture<Void> gone = new CompletableFuture<>();
        Context.CancellationListener listener = context -> gone.complete(null);
        Context caller = Context.current();
        caller.addListener(listener, Runnable::run);
        try {
            gone.get(delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException over) {
            // answered late
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            caller.removeListener(listener);
        }
    }

    private TransactionLocation await(String transactionId) {
        Context caller = Context.current();
        try (CommitWait wait = commits.await(transactionId)) {
            Context.CancellationListener gone = context -> wait.location().cancel(false);
            caller.addListener(gone, Runnable::run);
            try {
                return wait.location().get();
            } finally {
                caller.removeListener(gone);
            }
        } catch (CancellationException e) {
            throw Failures.of(Status.Code.CANCELLED, "context canceled");
        } catch (ExecutionException e) {
            throw Failures.of(Status.Code.ABORTED, String.valueOf(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failures.of(Status.Code.ABORTED, "the peer is stopping");
        }
    }
}
