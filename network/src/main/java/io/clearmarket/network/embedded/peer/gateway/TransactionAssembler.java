package io.clearmarket.network.embedded.peer.gateway;

import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.peer.ChaincodeActionPayload;
import org.hyperledger.fabric.protos.peer.ChaincodeEndorsedAction;
import org.hyperledger.fabric.protos.peer.ChaincodeProposalPayload;
import org.hyperledger.fabric.protos.peer.Transaction;
import org.hyperledger.fabric.protos.peer.TransactionAction;

/** Puts proposal and endorsements together into the envelope that the client signs (fabric-protocol 2.5). */
final class TransactionAssembler {
    private TransactionAssembler() {}

    /** Unsigned; header bytes as received, transient data removed. */
    static Envelope assemble(ProposalTarget target, EndorsementCollection collected) {
        ChaincodeProposalPayload visible = ChaincodeProposalPayload.newBuilder()
                .setInput(target.payload().getInput())
                .build();
        ChaincodeActionPayload action = ChaincodeActionPayload.newBuilder()
                .setChaincodeProposalPayload(visible.toByteString())
                .setAction(ChaincodeEndorsedAction.newBuilder()
                        .setProposalResponsePayload(collected.payload())
                        .addAllEndorsements(collected.endorsements()))
                .build();
        Transaction transaction = Transaction.newBuilder()
                .addActions(TransactionAction.newBuilder()
                        .setHeader(target.header().getSignatureHeader())
                        .setPayload(action.toByteString()))
                .build();
        Payload payload = Payload.newBuilder()
                .setHeader(target.header())
                .setData(transaction.toByteString())
                .build();
        return Envelope.newBuilder().setPayload(payload.toByteString()).build();
    }
}
