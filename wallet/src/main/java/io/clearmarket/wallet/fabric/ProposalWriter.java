package io.clearmarket.wallet.fabric;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import io.clearmarket.wallet.identity.Identity;
import java.time.Instant;
import java.util.List;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.Header;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.common.SignatureHeader;
import org.hyperledger.fabric.protos.peer.ChaincodeHeaderExtension;
import org.hyperledger.fabric.protos.peer.ChaincodeID;
import org.hyperledger.fabric.protos.peer.ChaincodeInput;
import org.hyperledger.fabric.protos.peer.ChaincodeInvocationSpec;
import org.hyperledger.fabric.protos.peer.ChaincodeProposalPayload;
import org.hyperledger.fabric.protos.peer.ChaincodeSpec;
import org.hyperledger.fabric.protos.peer.Proposal;

/**
 * Writes proposals on the device itself, byte for byte as fabric-gateway would: a device that can do this need not have them
 * prepared for it, nor compare what came back.
 *
 * @param channel the Fabric channel
 * @param chaincode the chaincode's name on it
 */
public record ProposalWriter(String channel, String chaincode) {

    /**
     * A call of the chaincode, under a new transaction id.
     *
     * @param now the client's time, which endorsers accept only near their own
     */
    public ShownProposal write(Identity creator, Instant now, String function, List<String> arguments) {
        return ShownProposal.decode(bytes(creator, TransactionIds.newNonce(), now, function, arguments));
    }

    byte[] bytes(Identity creator, byte[] nonce, Instant now, String function, List<String> arguments) {
        ChaincodeID id = ChaincodeID.newBuilder().setName(chaincode).build();
        byte[] signer = creator.serialized();
        ChannelHeader channelHeader = ChannelHeader.newBuilder()
                .setType(HeaderType.ENDORSER_TRANSACTION_VALUE)
                .setTimestamp(
                        Timestamp.newBuilder().setSeconds(now.getEpochSecond()).setNanos(now.getNano()))
                .setChannelId(channel)
                .setTxId(TransactionIds.of(nonce, signer))
                .setExtension(ChaincodeHeaderExtension.newBuilder()
                        .setChaincodeId(id)
                        .build()
                        .toByteString())
                .build();
        SignatureHeader signatureHeader = SignatureHeader.newBuilder()
                .setCreator(ByteString.copyFrom(signer))
                .setNonce(ByteString.copyFrom(nonce))
                .build();
        return Proposal.newBuilder()
                .setHeader(Header.newBuilder()
                        .setChannelHeader(channelHeader.toByteString())
                        .setSignatureHeader(signatureHeader.toByteString())
                        .build()
                        .toByteString())
                .setPayload(payload(id, function, arguments).toByteString())
                .build()
                .toByteArray();
    }

    private static ChaincodeProposalPayload payload(ChaincodeID id, String function, List<String> arguments) {
        ChaincodeInput.Builder input = ChaincodeInput.newBuilder().addArgs(ByteString.copyFromUtf8(function));
        arguments.forEach(argument -> input.addArgs(ByteString.copyFromUtf8(argument)));
        return ChaincodeProposalPayload.newBuilder()
                .setInput(ChaincodeInvocationSpec.newBuilder()
                        .setChaincodeSpec(
                                ChaincodeSpec.newBuilder().setChaincodeId(id).setInput(input))
                        .build()
                        .toByteString())
                .build();
    }
}
