package io.clearmarket.network.embedded.ledger;

import static io.clearmarket.network.embedded.ledger.InvalidTransaction.parse;
import static io.clearmarket.network.embedded.ledger.InvalidTransaction.require;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.common.SignatureHeader;
import org.hyperledger.fabric.protos.peer.ChaincodeAction;
import org.hyperledger.fabric.protos.peer.ChaincodeActionPayload;
import org.hyperledger.fabric.protos.peer.ProposalResponsePayload;
import org.hyperledger.fabric.protos.peer.Transaction;
import org.hyperledger.fabric.protos.peer.TxValidationCode;

/** An envelope of a block with its headers (fabric-protocol 2.5). */
record OpenedEnvelope(Envelope envelope, Payload payload, ChannelHeader channel, SignatureHeader signer) {

    /** Checks 1 to 3 of fabric-protocol 5.1. */
    static OpenedEnvelope open(ByteString bytes) throws InvalidTransaction {
        require(!bytes.isEmpty(), TxValidationCode.NIL_ENVELOPE);
        Envelope envelope = parse(TxValidationCode.INVALID_OTHER_REASON, () -> Envelope.parseFrom(bytes));
        Payload payload = parse(TxValidationCode.BAD_PAYLOAD, () -> Payload.parseFrom(envelope.getPayload()));
        require(payload.hasHeader(), TxValidationCode.BAD_COMMON_HEADER);
        ChannelHeader channel = parse(
                TxValidationCode.BAD_COMMON_HEADER,
                () -> ChannelHeader.parseFrom(payload.getHeader().getChannelHeader()));
        SignatureHeader signer = parse(
                TxValidationCode.BAD_COMMON_HEADER,
                () -> SignatureHeader.parseFrom(payload.getHeader().getSignatureHeader()));
        boolean knownType = switch (channel.getType()) {
            case HeaderType.ENDORSER_TRANSACTION_VALUE, HeaderType.CONFIG_VALUE, HeaderType.CONFIG_UPDATE_VALUE -> true;
            default -> false;
        };
        require(knownType && channel.getEpoch() == 0, TxValidationCode.BAD_COMMON_HEADER);
        require(!signer.getNonce().isEmpty() && !signer.getCreator().isEmpty(), TxValidationCode.BAD_COMMON_HEADER);
        return new OpenedEnvelope(envelope, payload, channel, signer);
    }

    /** The transaction id as far as the bytes can be read, else "". */
    static String idOf(ByteString bytes) {
        try {
            return channelHeader(bytes).getTxId();
        } catch (InvalidProtocolBufferException unreadable) {
            return "";
        }
    }

    static ChannelHeader channelHeader(ByteString bytes) throws InvalidProtocolBufferException {
        Payload payload = Payload.parseFrom(Envelope.parseFrom(bytes).getPayload());
        return ChannelHeader.parseFrom(payload.getHeader().getChannelHeader());
    }

    /** The action of a transaction that was found valid before. */
    static ChaincodeAction actionOf(ByteString bytes) throws InvalidProtocolBufferException {
        Payload payload = Payload.parseFrom(Envelope.parseFrom(bytes).getPayload());
        ChaincodeActionPayload action = ChaincodeActionPayload.parseFrom(
                Transaction.parseFrom(payload.getData()).getActions(0).getPayload());
        return ChaincodeAction.parseFrom(
                ProposalResponsePayload.parseFrom(action.getAction().getProposalResponsePayload())
                        .getExtension());
    }
}
