package io.clearmarket.network.transaction;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import io.clearmarket.wallet.identity.SigningIdentity;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.Envelope;
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
import org.hyperledger.fabric.protos.peer.SignedProposal;

/** Writes and signs proposals on behalf of one member, as a client would (fabric-protocol 2.1). */
public final class ProposalWriter {
    private static final int NONCE_BYTES = 24;

    private final String channel;
    private final SigningIdentity signer;
    private final SecureRandom random = new SecureRandom();

    /** @param channel empty for a proposal to a peer itself, such as one to join a channel or to install a chaincode */
    public ProposalWriter(String channel, SigningIdentity signer) {
        this.channel = channel;
        this.signer = signer;
    }

    /** A signed proposal and the id of the transaction that it may become. */
    public record Written(String transactionId, SignedProposal signed) {}

    /** A proposal that calls a function with one argument. */
    public Written propose(String chaincode, String function, ByteString argument) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        ByteString creator = ByteString.copyFrom(signer.serialized());
        String transactionId = transactionId(ByteString.copyFrom(nonce).concat(creator));
        ChaincodeID id = ChaincodeID.newBuilder().setName(chaincode).build();
        ChannelHeader channelHeader = channelHeader(transactionId, id);
        SignatureHeader signatureHeader = SignatureHeader.newBuilder()
                .setCreator(creator)
                .setNonce(ByteString.copyFrom(nonce))
                .build();
        ChaincodeInput input = ChaincodeInput.newBuilder()
                .addArgs(ByteString.copyFromUtf8(function))
                .addArgs(argument)
                .build();
        ChaincodeInvocationSpec spec = ChaincodeInvocationSpec.newBuilder()
                .setChaincodeSpec(ChaincodeSpec.newBuilder().setChaincodeId(id).setInput(input))
                .build();
        ByteString proposal = Proposal.newBuilder()
                .setHeader(Header.newBuilder()
                        .setChannelHeader(channelHeader.toByteString())
                        .setSignatureHeader(signatureHeader.toByteString())
                        .build()
                        .toByteString())
                .setPayload(ChaincodeProposalPayload.newBuilder()
                        .setInput(spec.toByteString())
                        .build()
                        .toByteString())
                .build()
                .toByteString();
        SignedProposal signed = SignedProposal.newBuilder()
                .setProposalBytes(proposal)
                .setSignature(ByteString.copyFrom(signer.sign(proposal.toByteArray())))
                .build();
        return new Written(transactionId, signed);
    }

    /** The envelope with this signer's signature over its payload. */
    public Envelope sign(Envelope unsigned) {
        byte[] signature = signer.sign(unsigned.getPayload().toByteArray());
        return unsigned.toBuilder().setSignature(ByteString.copyFrom(signature)).build();
    }

    private ChannelHeader channelHeader(String transactionId, ChaincodeID chaincode) {
        Instant now = Instant.now();
        return ChannelHeader.newBuilder()
                .setType(HeaderType.ENDORSER_TRANSACTION_VALUE)
                .setTimestamp(
                        Timestamp.newBuilder().setSeconds(now.getEpochSecond()).setNanos(now.getNano()))
                .setChannelId(channel)
                .setTxId(transactionId)
                .setExtension(ChaincodeHeaderExtension.newBuilder()
                        .setChaincodeId(chaincode)
                        .build()
                        .toByteString())
                .build();
    }

    private static String transactionId(ByteString nonceAndCreator) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(nonceAndCreator.toByteArray());
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
