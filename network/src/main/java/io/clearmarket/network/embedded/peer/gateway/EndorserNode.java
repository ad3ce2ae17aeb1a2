package io.clearmarket.network.embedded.peer.gateway;

import io.clearmarket.network.embedded.peer.endorser.Outcome;
import java.util.Optional;
import org.hyperledger.fabric.protos.peer.SignedProposal;

/** An endorser as a gateway sees it: its own, or another organisation's. */
public interface EndorserNode {
    String mspId();

    /** {@code host:port} under which error details name it. */
    String address();

    /** True if it runs this chaincode. */
    boolean has(String chaincode);

    /** What it says of itself, signed, for the discovery service; empty while it is down. */
    Optional<org.hyperledger.fabric.protos.discovery.Peer> description();

    /** Has the proposal endorsed; blocks until it answers. */
    Outcome process(SignedProposal proposal);
}
