package io.clearmarket.network.embedded.peer.chaincode;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.clearmarket.network.embedded.ledger.Simulator;
import io.clearmarket.network.embedded.policy.Policy.SignedData;
import org.hyperledger.fabric.protos.common.Header;
import org.hyperledger.fabric.protos.common.SignatureHeader;
import org.hyperledger.fabric.protos.peer.ChaincodeInput;
import org.hyperledger.fabric.protos.peer.Proposal;
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

    /** The same call on another channel, through a simulation there. */
    Invocation onChannel(String other, Simulator there) {
        return new Invocation(other, transactionId, chaincode, input, proposal, there);
    }

    /** The creator's signature over the proposal, for policies about who asks. */
    SignedData signedProposal() {
        try {
            Header header = Header.parseFrom(
                    Proposal.parseFrom(proposal.getProposalBytes()).getHeader());
            ByteString creator =
                    SignatureHeader.parseFrom(header.getSignatureHeader()).getCreator();
            return new SignedData(proposal.getProposalBytes(), creator, proposal.getSignature());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a proposal that was checked does not parse", e);
        }
    }
}
