package io.clearmarket.network.embedded.peer.gateway;

import io.clearmarket.network.embedded.faults.PeerFaults;
import io.clearmarket.network.embedded.ledger.PeerLedger;
import io.clearmarket.network.embedded.orderer.OrdererNode;
import io.clearmarket.network.embedded.peer.AccessControl;
import io.clearmarket.network.embedded.peer.CommitTracker;
import io.clearmarket.network.embedded.server.ResponseStream;
import io.clearmarket.network.embedded.server.UnaryCall;
import io.grpc.stub.StreamObserver;
import java.util.List;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.gateway.ChaincodeEventsResponse;
import org.hyperledger.fabric.protos.gateway.CommitStatusResponse;
import org.hyperledger.fabric.protos.gateway.EndorseRequest;
import org.hyperledger.fabric.protos.gateway.EndorseResponse;
import org.hyperledger.fabric.protos.gateway.EvaluateRequest;
import org.hyperledger.fabric.protos.gateway.EvaluateResponse;
import org.hyperledger.fabric.protos.gateway.GatewayGrpc;
import org.hyperledger.fabric.protos.gateway.SignedChaincodeEventsRequest;
import org.hyperledger.fabric.protos.gateway.SignedCommitStatusRequest;
import org.hyperledger.fabric.protos.gateway.SubmitRequest;
import org.hyperledger.fabric.protos.gateway.SubmitResponse;
import org.hyperledger.fabric.protos.peer.SignedProposal;

/** One organisation's door to the channel, {@code gateway.Gateway}. */
public final class GatewayService extends GatewayGrpc.GatewayImplBase {
    private final Evaluation evaluation;
    private final EndorsementCall endorsement;
    private final Submission submission;
    private final CommitStatusCall commitStatus;
    private final ChaincodeEventsCall chaincodeEvents;

    public GatewayService(
            PeerLedger ledger,
            CommitTracker commits,
            EndorserDirectory endorsers,
            OrdererNode orderer,
            PeerFaults faults) {
        AccessControl access = new AccessControl(ledger);
        this.evaluation = new Evaluation(endorsers);
        this.endorsement = new EndorsementCall(endorsers, new EndorsementPlanner(ledger));
        this.submission = new Submission(ledger.channel(), orderer);
        this.commitStatus = new CommitStatusCall(access, commits, faults);
        this.chaincodeEvents = new ChaincodeEventsCall(ledger, access, commits);
    }

    /**
     * The unsigned transaction of a proposal, endorsed by one peer of each organisation named.
     *
     * @throws io.grpc.StatusRuntimeException as Endorse would answer
     */
    public Envelope endorse(SignedProposal proposal, List<String> mspIds) {
        EndorseRequest request = EndorseRequest.newBuilder()
                .setProposedTransaction(proposal)
                .addAllEndorsingOrganizations(mspIds)
                .build();
        return endorsement.endorse(request).getPreparedTransaction();
    }

    @Override
    public void evaluate(EvaluateRequest request, StreamObserver<EvaluateResponse> observer) {
        UnaryCall.answer(observer, () -> evaluation.evaluate(request));
    }

    @Override
    public void endorse(EndorseRequest request, StreamObserver<EndorseResponse> observer) {
        UnaryCall.answer(observer, () -> endorsement.endorse(request));
    }

    @Override
    public void submit(SubmitRequest request, StreamObserver<SubmitResponse> observer) {
        UnaryCall.answer(observer, () -> submission.submit(request));
    }

    @Override
    public void commitStatus(SignedCommitStatusRequest request, StreamObserver<CommitStatusResponse> observer) {
        UnaryCall.answer(observer, () -> commitStatus.status(request));
    }

    @Override
    public void chaincodeEvents(
            SignedChaincodeEventsRequest request, StreamObserver<ChaincodeEventsResponse> observer) {
        chaincodeEvents.stream(request, new ResponseStream<>(observer));
    }
}
