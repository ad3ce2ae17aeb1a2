package io.clearmarket.network.embedded.peer;

import io.clearmarket.network.embedded.peer.endorser.Endorser;
import io.clearmarket.network.embedded.peer.endorser.Outcome;
import io.clearmarket.network.embedded.server.Failures;
import io.clearmarket.network.embedded.server.UnaryCall;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import org.hyperledger.fabric.protos.peer.EndorserGrpc;
import org.hyperledger.fabric.protos.peer.ProposalResponse;
import org.hyperledger.fabric.protos.peer.SignedProposal;

/** {@code protos.Endorser}: ProcessProposal for tools that talk to peers directly. */
final class EndorserService extends EndorserGrpc.EndorserImplBase {
    private final Endorser endorser;

    EndorserService(Endorser endorser) {
        this.endorser = endorser;
    }

    @Override
    public void processProposal(SignedProposal proposal, StreamObserver<ProposalResponse> observer) {
        UnaryCall.answer(observer, () -> switch (endorser.process(proposal)) {
            case Outcome.Answered answered -> answered.response();
            case Outcome.Rejected rejected -> throw Failures.of(Status.Code.UNKNOWN, rejected.message());
            case Outcome.Unanswered unanswered -> throw Failures.of(Status.Code.UNKNOWN, unanswered.message());
        });
    }
}
