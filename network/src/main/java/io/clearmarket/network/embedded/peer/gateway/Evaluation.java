package io.clearmarket.network.embedded.peer.gateway;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.clearmarket.network.embedded.server.Failures;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hyperledger.fabric.protos.gateway.ErrorDetail;
import org.hyperledger.fabric.protos.gateway.EvaluateRequest;
import org.hyperledger.fabric.protos.gateway.EvaluateResponse;
import org.hyperledger.fabric.protos.peer.ChaincodeAction;
import org.hyperledger.fabric.protos.peer.ProposalResponse;
import org.hyperledger.fabric.protos.peer.ProposalResponsePayload;
import org.hyperledger.fabric.protos.peer.Response;

/** Gateway.Evaluate: one peer runs the proposal, its results are thrown away (fabric-protocol 1.3). */
final class Evaluation {
    private static final String SEE_DETAILS = "failed to evaluate transaction, see attached details for more info";

    private final EndorserDirectory endorsers;

    Evaluation(EndorserDirectory endorsers) {
        this.endorsers = endorsers;
    }

    EvaluateResponse evaluate(EvaluateRequest request) {
        ProposalTarget target = target(request);
        if (!target.channel().equals(endorsers.channel())) {
            throw Failures.of(
                    Status.Code.UNAVAILABLE,
                    "failed to get config for channel [" + target.channel()
                            + "]: could not get last config for channel " + target.channel());
        }
        return tryEach(candidates(request, target), request);
    }

    private static ProposalTarget target(EvaluateRequest request) {
        try {
            if (!request.hasProposedTransaction()) {
                throw unpackFailure("a signed proposal is required");
            }
            ProposalTarget target = ProposalTarget.of(request.getProposedTransaction());
            Optional<String> incomplete = target.incomplete();
            if (incomplete.isPresent()) {
                throw unpackFailure(incomplete.get());
            }
            return target;
        } catch (InvalidProtocolBufferException e) {
            throw unpackFailure(String.valueOf(e.getMessage()));
        }
    }

    private static RuntimeException unpackFailure(String cause) {
        return Failures.of(Status.Code.INVALID_ARGUMENT, "failed to unpack transaction proposal: " + cause);
    }

    private List<EndorserNode> candidates(EvaluateRequest request, ProposalTarget target) {
        List<String> organizations = request.getTargetOrganizationsList();
        boolean keepHome = target.hasTransientData() && organizations.isEmpty();
        List<EndorserNode> candidates = endorsers.running(target.chaincode()).stream()
                .filter(node -> organizations.isEmpty() || organizations.contains(node.mspId()))
                .filter(node -> !keepHome || node.mspId().equals(endorsers.homeMspId()))
                .toList();
        if (candidates.isEmpty()) {
            String prefix = keepHome
                    ? "no endorsers found in the gateway's organization; retry specifying target organization(s) to"
                            + " protect transient data: "
                    : "";
            throw Failures.of(
                    Status.Code.FAILED_PRECONDITION,
                    prefix + "no peers available to evaluate chaincode " + target.chaincode() + " in channel "
                            + target.channel());
        }
        return candidates;
    }

    private static EvaluateResponse tryEach(List<EndorserNode> candidates, EvaluateRequest request) {
        List<ErrorDetail> details = new ArrayList<>();
        Status.Code last = Status.Code.UNAVAILABLE;
        for (EndorserNode node : candidates) {
            switch (Verdict.of(node.process(request.getProposedTransaction()))) {
                case Verdict.Endorsed endorsed -> {
                    return EvaluateResponse.newBuilder()
                            .setResult(result(endorsed.response()))
                            .build();
                }
                case Verdict.Failed failed -> {
                    details.add(Failures.detail(node.address(), node.mspId(), failed.message()));
                    if (!failed.retry()) {
                        throw Failures.of(
                                failed.code(),
                                "evaluate call to endorser returned error: " + failed.message(),
                                details);
                    }
                    last = failed.code();
                }
            }
        }
        throw Failures.of(last, SEE_DETAILS, details);
    }

    /** Status and message from the response, the payload from what the endorser signed. */
    private static Response result(ProposalResponse response) {
        try {
            ByteString extension =
                    ProposalResponsePayload.parseFrom(response.getPayload()).getExtension();
            ByteString payload =
                    ChaincodeAction.parseFrom(extension).getResponse().getPayload();
            return response.getResponse().toBuilder().setPayload(payload).build();
        } catch (InvalidProtocolBufferException e) {
            throw Failures.of(Status.Code.INTERNAL, "failed to unpack the endorser's response: " + e.getMessage());
        }
    }
}
