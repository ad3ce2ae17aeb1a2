package io.clearmarket.network.embedded.peer;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockMetadataIndex;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.peer.ChaincodeAction;
import org.hyperledger.fabric.protos.peer.ChaincodeActionPayload;
import org.hyperledger.fabric.protos.peer.ChaincodeEvent;
import org.hyperledger.fabric.protos.peer.ProposalResponsePayload;
import org.hyperledger.fabric.protos.peer.Transaction;
import org.hyperledger.fabric.protos.peer.TxValidationCode;

/** A committed block's transactions as event streams need them. */
public final class BlockTransactions {
    private BlockTransactions() {}

    /**
     * One envelope.
     *
     * @param id transaction id
     * @param isEndorserTransaction true if it carries a chaincode's action
     * @param event the chaincode event with a name, if there is one
     */
    public record Entry(
            String id,
            HeaderType type,
            TxValidationCode code,
            boolean isEndorserTransaction,
            Optional<ChaincodeEvent> event) {}

    /** Entries in block order; an envelope that does not parse is left out. */
    public static List<Entry> of(Block block) {
        ByteString codes = block.getMetadata().getMetadata(BlockMetadataIndex.TRANSACTIONS_FILTER_VALUE);
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < block.getData().getDataCount(); i++) {
            TxValidationCode code = TxValidationCode.forNumber(codes.byteAt(i) & 0xff);
            try {
                entries.add(
                        entry(block.getData().getData(i), code == null ? TxValidationCode.INVALID_OTHER_REASON : code));
            } catch (InvalidProtocolBufferException unreadable) {
                // committed as invalid: it has no id and no event to report
            }
        }
        return entries;
    }

    private static Entry entry(ByteString bytes, TxValidationCode code) throws InvalidProtocolBufferException {
        Payload payload = Payload.parseFrom(Envelope.parseFrom(bytes).getPayload());
        ChannelHeader header = ChannelHeader.parseFrom(payload.getHeader().getChannelHeader());
        HeaderType type = HeaderType.forNumber(header.getType());
        boolean endorser = type == HeaderType.ENDORSER_TRANSACTION;
        return new Entry(
                header.getTxId(),
                type == null ? HeaderType.MESSAGE : type,
                code,
                endorser,
                endorser ? event(payload.getData()) : Optional.empty());
    }

    private static Optional<ChaincodeEvent> event(ByteString transactionBytes) throws InvalidProtocolBufferException {
        Transaction transaction = Transaction.parseFrom(transactionBytes);
        if (transaction.getActionsCount() == 0) {
            return Optional.empty();
        }
        ChaincodeActionPayload action =
                ChaincodeActionPayload.parseFrom(transaction.getActions(0).getPayload());
        ProposalResponsePayload response =
                ProposalResponsePayload.parseFrom(action.getAction().getProposalResponsePayload());
        ChaincodeEvent event = ChaincodeEvent.parseFrom(
                ChaincodeAction.parseFrom(response.getExtension()).getEvents());
        boolean complete = !event.getChaincodeId().isEmpty()
                && !event.getEventName().isEmpty()
                && !event.getTxId().isEmpty();
        return complete ? Optional.of(event) : Optional.empty();
    }
}
