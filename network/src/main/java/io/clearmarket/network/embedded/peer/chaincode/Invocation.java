package io.clearmarket.network.embedded.peer.chaincode;

import io.clearmarket.network.embedded.ledger.Simulator;
import org.hyperledger.fabric.protos.peer.ChaincodeInput;
import org.hyperledger.fabric.protos.peer.SignedProposal;

/**
 * One call of one chaincode.
 *
 * @param proposal the client's, as received: the shim reads creator, time and transient data from it
 * @param simulator what it reads and writes through; a called chaincode shares its caller's
 */
public record Invocation(
        String channel,
        String transactionId,
        String chaincode,
        ChaincodeInput input,
        SignedProposal proposal,
        Simulator simulator) {
    /** The same transaction, another chaincode. */
    Invocation calling(String callee, ChaincodeInput calleeInput) {
        return new Invocation(channel, transactionId, callee, calleeInput, proposal, simulator);
    }
}
