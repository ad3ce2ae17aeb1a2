package io.clearmarket.network.embedded.ledger;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.ledger.rwset.NsReadWriteSet;
import org.hyperledger.fabric.protos.ledger.rwset.TxReadWriteSet;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRWSet;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVWrite;
import org.hyperledger.fabric.protos.peer.ChaincodeAction;
import org.hyperledger.fabric.protos.peer.ChaincodeActionPayload;
import org.hyperledger.fabric.protos.peer.ProposalResponsePayload;
import org.hyperledger.fabric.protos.peer.Transaction;

/** What a dishonest client does to a response that peers signed. */
final class OtherEffects {
    private OtherEffects() {}

    /** The response payload of another transaction. */
    static ByteString endorsedBy(Envelope envelope) throws InvalidProtocolBufferException {
        Payload payload = Payload.parseFrom(envelope.getPayload());
        return ChaincodeActionPayload.parseFrom(
                        Transaction.parseFrom(payload.getData()).getActions(0).getPayload())
                .getAction()
                .getProposalResponsePayload();
    }

    /** The same response with a write set of the client's own. */
    static ByteString of(ByteString response) {
        try {
            ProposalResponsePayload signed = ProposalResponsePayload.parseFrom(response);
            TxReadWriteSet mine = TxReadWriteSet.newBuilder()
                    .addNsRwset(NsReadWriteSet.newBuilder()
                            .setNamespace(TestChannel.CHAINCODE)
                            .setRwset(KVRWSet.newBuilder()
                                    .addWrites(KVWrite.newBuilder()
                                            .setKey("mine")
                                            .setValue(ByteString.copyFromUtf8("all of it")))
                                    .build()
                                    .toByteString()))
                    .build();
            ChaincodeAction action = ChaincodeAction.parseFrom(signed.getExtension()).toBuilder()
                    .setResults(mine.toByteString())
                    .build();
            return signed.toBuilder()
                    .setExtension(action.toByteString())
                    .build()
                    .toByteString();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }
}
