package io.clearmarket.network.transaction;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Collection;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Header;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.peer.ChaincodeActionPayload;
import org.hyperledger.fabric.protos.peer.ChaincodeEndorsedAction;
import org.hyperledger.fabric.protos.peer.ChaincodeProposalPayload;
import org.hyperledger.fabric.protos.peer.Endorsement;
import org.hyperledger.fabric.protos.peer.Proposal;
import org.hyperledger.fabric.protos.peer.SignedProposal;
import org.hyperledger.fabric.protos.peer.Transaction;
import org.hyperledger.fabric.protos.peer.TransactionAction;

/** Proposal and endorsements put together into the envelope that the client signs (fabric-protocol 2.5). */
public final class EndorsedEnvelope {
    private EndorsedEnvelope() {}

    /**
     * The unsigned envelope.
     *
     * @param responsePayload what all endorsers signed alike
     * @throws IllegalArgumentException if the proposal is malformed
     */
    public static Envelope of(SignedProposal signed, ByteString responsePayload, Collection<Endorsement> endorsements) {
        try {
            Proposal proposal = Proposal.parseFrom(signed.getProposalBytes());
            return of(
                    Header.parseFrom(proposal.getHeader()),
                    ChaincodeProposalPayload.parseFrom(proposal.getPayload()),
                    responsePayload,
                    endorsements);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("not a proposal: " + e.getMessage(), e);
        }
    }

    /** The same from a proposal that has been read: header bytes as received, transient data removed. */
    public static Envelope of(
            Header header,
            ChaincodeProposalPayload proposal,
            ByteString responsePayload,
            Collection<Endorsement> endorsements) {
        ChaincodeProposalPayload visible = ChaincodeProposalPayload.newBuilder()
                .setInput(proposal.getInput())
                .build();
        ChaincodeActionPayload action = ChaincodeActionPayload.newBuilder()
                .setChaincodeProposalPayload(visible.toByteString())
                .setAction(ChaincodeEndorsedAction.newBuilder()
                        .setProposalResponsePayload(responsePayload)
                        .addAllEndorsements(endorsements))
                .build();
        Transaction transaction = Transaction.newBuilder()
                .addActions(TransactionAction.newBuilder()
                        .setHeader(header.getSignatureHeader())
                        .setPayload(action.toByteString()))
                .build();
        Payload payload = Payload.newBuilder()
                .setHeader(header)
                .setData(transaction.toByteString())
                .build();
        return Envelope.newBuilder().setPayload(payload.toByteString()).build();
    }
}
