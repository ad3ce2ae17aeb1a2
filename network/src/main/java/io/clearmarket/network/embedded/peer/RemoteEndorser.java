package io.clearmarket.network.embedded.peer;

import io.clearmarket.network.embedded.peer.endorser.Outcome;
import io.clearmarket.network.embedded.peer.gateway.EndorserNode;
import java.util.Optional;
import org.hyperledger.fabric.protos.peer.SignedProposal;

/**
 * Another organisation's endorser, as the transport between two peers shows it: a response passes unchanged, an error
 * loses its response and gains gRPC's wrapping.
 */
record RemoteEndorser(EndorserNode node) implements EndorserNode {
    @Override
    public String mspId() {
        return node.mspId();
    }

    @Override
    public String address() {
        return node.address();
    }

    @Override
    public boolean has(String chaincode) {
        return node.has(chaincode);
    }

    @Override
    public Optional<org.hyperledger.fabric.protos.discovery.Peer> description() {
        return node.description();
    }

    @Override
    public Outcome process(SignedProposal proposal) {
        return switch (node.process(proposal)) {
            case Outcome.Answered answered -> answered;
            case Outcome.Rejected rejected -> wrapped(rejected.message());
            case Outcome.Unanswered unanswered -> wrapped(unanswered.message());
        };
    }

    private static Outcome wrapped(String message) {
        return new Outcome.Unanswered("rpc error: code = Unknown desc = " + message);
    }
}
