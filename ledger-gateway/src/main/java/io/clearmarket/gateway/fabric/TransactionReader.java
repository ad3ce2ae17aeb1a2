package io.clearmarket.gateway.fabric;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.clearmarket.wallet.Digests;
import io.clearmarket.wallet.identity.Identity;
import java.util.HexFormat;
import java.util.List;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.Header;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.common.SignatureHeader;
import org.hyperledger.fabric.protos.peer.ChaincodeActionPayload;
import org.hyperledger.fabric.protos.peer.ChaincodeInvocationSpec;
import org.hyperledger.fabric.protos.peer.ChaincodeProposalPayload;
import org.hyperledger.fabric.protos.peer.ChaincodeSpec;
import org.hyperledger.fabric.protos.peer.Proposal;
import org.hyperledger.fabric.protos.peer.Transaction;
import org.jspecify.annotations.Nullable;

/** Reads what the bytes of a proposal or a transaction ask for; anything but one call of our chaincode is rejected. */
final class TransactionReader {
    private final String channel;
    private final String chaincode;

    TransactionReader(String channel, String chaincode) {
        this.channel = channel;
        this.chaincode = chaincode;
    }

    /** From the bytes of a {@code Proposal}. */
    TransactionContent proposal(byte[] bytes) {
        try {
            Proposal proposal = Proposal.parseFrom(bytes);
            ChaincodeProposalPayload payload = ChaincodeProposalPayload.parseFrom(proposal.getPayload());
            return content(Header.parseFrom(proposal.getHeader()), payload.getInput());
        } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
            throw malformed("these bytes are no Fabric proposal: " + e.getMessage(), e);
        }
    }

    /** From the bytes of an envelope's {@code Payload}. */
    TransactionContent payload(byte[] bytes) {
        try {
            Payload payload = Payload.parseFrom(bytes);
            Transaction transaction = Transaction.parseFrom(payload.getData());
            if (transaction.getActionsCount() != 1) {
                throw malformed("a transaction has one action, not " + transaction.getActionsCount(), null);
            }
            ByteString input = ChaincodeProposalPayload.parseFrom(ChaincodeActionPayload.parseFrom(
                                    transaction.getActions(0).getPayload())
                            .getChaincodeProposalPayload())
                    .getInput();
            return content(payload.getHeader(), input);
        } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
            throw malformed("these bytes are no Fabric transaction: " + e.getMessage(), e);
        }
    }

    private TransactionContent content(Header header, ByteString input) throws InvalidProtocolBufferException {
        ChannelHeader channelHeader = ChannelHeader.parseFrom(header.getChannelHeader());
        SignatureHeader signatureHeader = SignatureHeader.parseFrom(header.getSignatureHeader());
        ChaincodeSpec spec = ChaincodeInvocationSpec.parseFrom(input).getChaincodeSpec();
        require(channelHeader.getType() == HeaderType.ENDORSER_TRANSACTION_VALUE, "not a chaincode call");
        require(
                channelHeader.getChannelId().equals(channel),
                "for channel \"" + channelHeader.getChannelId() + "\", not \"" + channel + "\"");
        require(Timestamps.isOfACalendar(channelHeader.getTimestamp()), "of a time that no calendar has");
        String called = spec.getChaincodeId().getName();
        require(called.equals(chaincode), "for chaincode \"" + called + "\", not \"" + chaincode + "\"");
        require(spec.getInput().getArgsCount() > 0, "a call without a function");
        ByteString creator = signatureHeader.getCreator();
        String id = HexFormat.of()
                .formatHex(Digests.sha256(signatureHeader.getNonce().toByteArray(), creator.toByteArray()));
        require(channelHeader.getTxId().equals(id), "under another transaction id than its nonce and creator give");
        List<String> arguments = spec.getInput().getArgsList().stream()
                .map(ByteString::toStringUtf8)
                .toList();
        return new TransactionContent(
                id, Identity.fromSerialized(creator), arguments.getFirst(), arguments.subList(1, arguments.size()));
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw malformed("these bytes are " + otherwise, null);
        }
    }

    private static LedgerFailure.Rejected malformed(String message, @Nullable Throwable cause) {
        return new LedgerFailure.Rejected(LedgerFailure.Reason.MALFORMED, message, cause);
    }
}
