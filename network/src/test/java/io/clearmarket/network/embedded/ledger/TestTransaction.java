package io.clearmarket.network.embedded.ledger;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import io.clearmarket.network.embedded.msp.SigningIdentity;
import io.clearmarket.wallet.Digests;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Header;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.common.SignatureHeader;
import org.hyperledger.fabric.protos.ledger.rwset.TxReadWriteSet;
import org.hyperledger.fabric.protos.peer.ChaincodeAction;
import org.hyperledger.fabric.protos.peer.ChaincodeActionPayload;
import org.hyperledger.fabric.protos.peer.ChaincodeEndorsedAction;
import org.hyperledger.fabric.protos.peer.ChaincodeHeaderExtension;
import org.hyperledger.fabric.protos.peer.ChaincodeID;
import org.hyperledger.fabric.protos.peer.ChaincodeProposalPayload;
import org.hyperledger.fabric.protos.peer.Endorsement;
import org.hyperledger.fabric.protos.peer.ProposalResponsePayload;
import org.hyperledger.fabric.protos.peer.Response;
import org.hyperledger.fabric.protos.peer.Transaction;
import org.hyperledger.fabric.protos.peer.TransactionAction;

/** An endorser transaction made by hand, correct unless a test bends one of its parts before it is built. */
public final class TestTransaction {
    private final ChannelHeader.Builder channelHeader;
    private final SignatureHeader.Builder signatureHeader;
    private final ChaincodeAction.Builder action;
    private SigningIdentity creator;
    private List<SigningIdentity> endorsers;
    private ByteString proposalPayload = ChaincodeProposalPayload.newBuilder()
            .setInput(ByteString.copyFromUtf8("the arguments"))
            .build()
            .toByteString();
    private UnaryOperator<Transaction> bendTransaction = UnaryOperator.identity();
    private UnaryOperator<Payload> bendPayload = UnaryOperator.identity();
    private UnaryOperator<ByteString> bendSignature = UnaryOperator.identity();
    private Consumer<ChaincodeEndorsedAction.Builder> bendEndorsed = endorsed -> {};
    private ByteString responseExtension = ByteString.EMPTY;

    TestTransaction(TestChannel channel, TxReadWriteSet results) {
        creator = channel.client;
        endorsers = List.of(channel.auditPeer, channel.platformPeer);
        byte[] nonce = new byte[24];
        new SecureRandom().nextBytes(nonce);
        signatureHeader =
                SignatureHeader.newBuilder().setCreator(creator.serialized()).setNonce(ByteString.copyFrom(nonce));
        channelHeader = ChannelHeader.newBuilder()
                .setType(HeaderType.ENDORSER_TRANSACTION_VALUE)
                .setTimestamp(Timestamp.newBuilder().setSeconds(TestChannel.NOW.getEpochSecond()))
                .setChannelId(TestChannel.NAME);
        action = ChaincodeAction.newBuilder()
                .setResults(results.toByteString())
                .setResponse(Response.newBuilder().setStatus(200));
        chaincode(TestChannel.CHAINCODE);
        restoreId();
    }

    private void restoreId() {
        channelHeader.setTxId(HexFormat.of()
                .formatHex(Digests.sha256(
                        signatureHeader.getNonce().toByteArray(),
                        signatureHeader.getCreator().toByteArray())));
    }

    /** The transaction's id. */
    public String id() {
        return channelHeader.getTxId();
    }

    /** Invokes this chaincode instead. */
    public TestTransaction chaincode(String name) {
        channelHeader.setExtension(ChaincodeHeaderExtension.newBuilder()
                .setChaincodeId(ChaincodeID.newBuilder().setName(name))
                .build()
                .toByteString());
        action.setChaincodeId(ChaincodeID.newBuilder().setName(name).setVersion("1.0"));
        return this;
    }

    public TestTransaction creator(SigningIdentity other) {
        creator = other;
        signatureHeader.setCreator(other.serialized());
        restoreId();
        return this;
    }

    public TestTransaction endorsers(SigningIdentity... others) {
        endorsers = List.of(others);
        return this;
    }

    public TestTransaction channelHeader(Consumer<ChannelHeader.Builder> change) {
        change.accept(channelHeader);
        return this;
    }

    /** Changes nonce or creator without making the id right again. */
    public TestTransaction signatureHeader(Consumer<SignatureHeader.Builder> change) {
        change.accept(signatureHeader);
        return this;
    }

    public TestTransaction action(Consumer<ChaincodeAction.Builder> change) {
        change.accept(action);
        return this;
    }

    /** The bytes that stand where the endorsed ChaincodeAction should. */
    public TestTransaction actionBytes(ByteString bytes) {
        responseExtension = bytes;
        return this;
    }

    /** Changes the endorsed part after endorsement. */
    public TestTransaction endorsed(Consumer<ChaincodeEndorsedAction.Builder> change) {
        bendEndorsed = change;
        return this;
    }

    public TestTransaction transaction(UnaryOperator<Transaction> change) {
        bendTransaction = change;
        return this;
    }

    public TestTransaction payload(UnaryOperator<Payload> change) {
        bendPayload = change;
        return this;
    }

    public TestTransaction signature(UnaryOperator<ByteString> change) {
        bendSignature = change;
        return this;
    }

    /** The arguments as they are in the envelope; the endorsers saw others. */
    public Envelope buildWithOtherArguments() {
        ByteString endorsedArguments = proposalPayload;
        ByteString others = ChaincodeProposalPayload.newBuilder()
                .setInput(ByteString.copyFromUtf8("other arguments"))
                .build()
                .toByteString();
        return build(endorsedArguments, others);
    }

    public Envelope build() {
        return build(proposalPayload, proposalPayload);
    }

    private Envelope build(ByteString endorsedArguments, ByteString arguments) {
        ByteString channel = channelHeader.build().toByteString();
        ByteString signer = signatureHeader.build().toByteString();
        ByteString response = ProposalResponsePayload.newBuilder()
                .setProposalHash(ByteString.copyFrom(
                        Digests.sha256(channel.toByteArray(), signer.toByteArray(), endorsedArguments.toByteArray())))
                .setExtension(responseExtension.isEmpty() ? action.build().toByteString() : responseExtension)
                .build()
                .toByteString();
        ChaincodeEndorsedAction.Builder endorsed =
                ChaincodeEndorsedAction.newBuilder().setProposalResponsePayload(response);
        for (SigningIdentity endorser : endorsers) {
            endorsed.addEndorsements(Endorsement.newBuilder()
                    .setEndorser(endorser.serialized())
                    .setSignature(
                            endorser.sign(response.concat(endorser.serialized()).toByteArray())));
        }
        bendEndorsed.accept(endorsed);
        Transaction transaction = bendTransaction.apply(Transaction.newBuilder()
                .addActions(TransactionAction.newBuilder()
                        .setHeader(signer)
                        .setPayload(ChaincodeActionPayload.newBuilder()
                                .setChaincodeProposalPayload(arguments)
                                .setAction(endorsed)
                                .build()
                                .toByteString()))
                .build());
        ByteString payload = bendPayload
                .apply(Payload.newBuilder()
                        .setHeader(Header.newBuilder().setChannelHeader(channel).setSignatureHeader(signer))
                        .setData(transaction.toByteString())
                        .build())
                .toByteString();
        return Envelope.newBuilder()
                .setPayload(payload)
                .setSignature(bendSignature.apply(creator.sign(payload.toByteArray())))
                .build();
    }
}
