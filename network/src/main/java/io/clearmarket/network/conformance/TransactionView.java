package io.clearmarket.network.conformance;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.List;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.common.SignatureHeader;
import org.hyperledger.fabric.protos.ledger.rwset.NsReadWriteSet;
import org.hyperledger.fabric.protos.ledger.rwset.TxReadWriteSet;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRWSet;
import org.hyperledger.fabric.protos.peer.ChaincodeAction;
import org.hyperledger.fabric.protos.peer.ChaincodeActionPayload;
import org.hyperledger.fabric.protos.peer.ProposalResponsePayload;
import org.hyperledger.fabric.protos.peer.Transaction;

/**
 * An endorser transaction of a block, opened layer by layer (fabric-protocol 2.5).
 *
 * @param code what the block's metadata say of it
 */
record TransactionView(
        Envelope envelope,
        Payload payload,
        ChannelHeader channel,
        SignatureHeader signer,
        ChaincodeActionPayload action,
        ProposalResponsePayload response,
        ChaincodeAction result,
        TxReadWriteSet readWrites,
        int code) {

    /** The endorser transactions of a block. */
    static List<TransactionView> of(Block block) throws InvalidProtocolBufferException {
        List<TransactionView> found = new ArrayList<>();
        ByteString codes = block.getMetadata().getMetadata(2);
        for (int i = 0; i < block.getData().getDataCount(); i++) {
            Envelope envelope = Envelope.parseFrom(block.getData().getData(i));
            Payload payload = Payload.parseFrom(envelope.getPayload());
            ChannelHeader header = ChannelHeader.parseFrom(payload.getHeader().getChannelHeader());
            if (header.getType() == HeaderType.ENDORSER_TRANSACTION_VALUE) {
                found.add(of(envelope, codes.byteAt(i) & 0xff));
            }
        }
        return found;
    }

    static TransactionView of(Envelope envelope, int code) throws InvalidProtocolBufferException {
        Payload payload = Payload.parseFrom(envelope.getPayload());
        ChaincodeActionPayload action = ChaincodeActionPayload.parseFrom(
                Transaction.parseFrom(payload.getData()).getActions(0).getPayload());
        ProposalResponsePayload response =
                ProposalResponsePayload.parseFrom(action.getAction().getProposalResponsePayload());
        ChaincodeAction result = ChaincodeAction.parseFrom(response.getExtension());
        return new TransactionView(
                envelope,
                payload,
                ChannelHeader.parseFrom(payload.getHeader().getChannelHeader()),
                SignatureHeader.parseFrom(payload.getHeader().getSignatureHeader()),
                action,
                response,
                result,
                TxReadWriteSet.parseFrom(result.getResults()),
                code);
    }

    /** What it read and wrote in a namespace; empty if nothing. */
    KVRWSet in(String namespace) throws InvalidProtocolBufferException {
        for (NsReadWriteSet set : readWrites.getNsRwsetList()) {
            if (set.getNamespace().equals(namespace)) {
                return KVRWSet.parseFrom(set.getRwset());
            }
        }
        return KVRWSet.getDefaultInstance();
    }
}
