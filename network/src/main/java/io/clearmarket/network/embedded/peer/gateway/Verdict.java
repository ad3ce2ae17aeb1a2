package io.clearmarket.network.embedded.peer.gateway;

import io.clearmarket.network.embedded.peer.endorser.Outcome;
import io.grpc.Status;
import org.hyperledger.fabric.protos.peer.ProposalResponse;
import org.hyperledger.fabric.protos.peer.Response;

/** An endorser's outcome in a gateway's terms (Fabric's responseStatus). */
sealed interface Verdict {
    record Endorsed(ProposalResponse response) implements Verdict {}

    /**
     * @param code what the call fails with if nobody else succeeds
     * @param retry true if another peer may do better
     */
    record Failed(Status.Code code, String message, boolean retry) implements Verdict {}

    static Verdict of(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Unanswered unanswered -> new Failed(Status.Code.UNAVAILABLE, unanswered.message(), true);
            case Outcome.Rejected rejected -> new Failed(Status.Code.FAILED_PRECONDITION, rejected.message(), false);
            case Outcome.Answered answered -> of(answered.response());
        };
    }

    private static Verdict of(ProposalResponse proposalResponse) {
        Response response = proposalResponse.getResponse();
        if (response.getStatus() >= 200 && response.getStatus() < 400) {
            return new Endorsed(proposalResponse);
        }
        // an error without a payload is the peer's own, whatever the chaincode would have said
        if (proposalResponse.getPayload().isEmpty() && response.getStatus() == 500) {
            return new Failed(Status.Code.ABORTED, response.getMessage(), true);
        }
        return new Failed(
                Status.Code.UNKNOWN,
                "chaincode response " + response.getStatus() + ", " + response.getMessage(),
                false);
    }
}
