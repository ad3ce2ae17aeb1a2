package io.clearmarket.network.embedded.peer.gateway;

import io.clearmarket.network.embedded.peer.endorser.Outcome;
import org.hyperledger.fabric.protos.peer.SignedProposal;

/** An endorser as a gateway sees it: its own, or another organisation's. */
public interface EndorserNode {
    String mspId();

    /** {@code host:port} under which error details name it. */
    String address();

    /** True if it runs this chaincode. */
    boolean has(String chaincode);

    /** Has the proposal endorsed; blocks until it answers. */
    Outcome process(SignedProposal proposal);
}
