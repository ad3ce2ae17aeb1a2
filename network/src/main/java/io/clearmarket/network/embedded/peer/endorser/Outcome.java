package io.clearmarket.network.embedded.peer.endorser;

import org.hyperledger.fabric.protos.peer.ProposalResponse;

/** What comes back from an endorser. */
public sealed interface Outcome {
    /** A response, good or bad; a 500 without payload is the peer's own failure, any other is the chaincode's answer. */
    record Answered(ProposalResponse response) implements Outcome {}

    /** Response and error: the proposal did not pass the endorser's checks. Another peer would say the same. */
    record Rejected(String message) implements Outcome {}

    /** An error without a response: the authentication filters said no, or the node could not be reached. */
    record Unanswered(String message) implements Outcome {}
}
