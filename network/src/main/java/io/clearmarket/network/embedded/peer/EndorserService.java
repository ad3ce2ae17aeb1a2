package io.clearmarket.network.embedded.peer;

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
    private final ChannelSwitch channels;

    EndorserService(ChannelSwitch channels) {
        this.channels = channels;
    }

    @Override
    public void processProposal(SignedProposal proposal, StreamObserver<ProposalResponse> observer) {
        UnaryCall.answer(observer, () -> switch (channels.of(proposal).process(proposal)) {
            case Outcome.Answered answered -> answered.response();
            case Outcome.Rejected rejected -> throw Failures.of(Status.Code.UNKNOWN, rejected.message());
            case Outcome.Unanswered unanswered -> throw Failures.of(Status.Code.UNKNOWN, unanswered.message());
        });
    }
}
