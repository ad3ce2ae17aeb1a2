package io.clearmarket.network.embedded.behaviour;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.peer.ChaincodeActionPayload;
import org.hyperledger.fabric.protos.peer.ChaincodeInput;
import org.hyperledger.fabric.protos.peer.ChaincodeInvocationSpec;
import org.hyperledger.fabric.protos.peer.ChaincodeProposalPayload;
import org.hyperledger.fabric.protos.peer.Transaction;

/** Changes an endorsed transaction as a dishonest client would; it is then signed anew. */
final class Tampering {
    private Tampering() {}

    /** The same transaction claiming to have been {@code put(key, value)}. */
    static Envelope withArgument(Envelope envelope, String key, String value) throws InvalidProtocolBufferException {
        Payload payload = Payload.parseFrom(envelope.getPayload());
        Transaction transaction = Transaction.parseFrom(payload.getData());
        ChaincodeActionPayload action =
                ChaincodeActionPayload.parseFrom(transaction.getActions(0).getPayload());
        ChaincodeProposalPayload proposal = ChaincodeProposalPayload.parseFrom(action.getChaincodeProposalPayload());
        ChaincodeInvocationSpec.Builder spec = ChaincodeInvocationSpec.parseFrom(proposal.getInput()).toBuilder();
        spec.getChaincodeSpecBuilder()
                .setInput(ChaincodeInput.newBuilder()
                        .addArgs(ByteString.copyFromUtf8("put"))
                        .addArgs(ByteString.copyFromUtf8(key))
                        .addArgs(ByteString.copyFromUtf8(value)));
        ByteString changedProposal = proposal.toBuilder()
                .setInput(spec.build().toByteString())
                .build()
                .toByteString();
        ByteString changedAction = action.toBuilder()
                .setChaincodeProposalPayload(changedProposal)
                .build()
                .toByteString();
        Transaction.Builder changed = transaction.toBuilder();
        changed.getActionsBuilder(0).setPayload(changedAction);
        return envelope.toBuilder()
                .setPayload(payload.toBuilder()
                        .setData(changed.build().toByteString())
                        .build()
                        .toByteString())
                .build();
    }
}
