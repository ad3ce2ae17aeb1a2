package io.clearmarket.wallet.fabric;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import io.clearmarket.wallet.Digests;
import io.clearmarket.wallet.identity.Identity;
import io.clearmarket.wallet.identity.SigningIdentity;
import java.util.ArrayList;
import java.util.List;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.Header;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.common.SignatureHeader;
import org.hyperledger.fabric.protos.ledger.rwset.NsReadWriteSet;
import org.hyperledger.fabric.protos.ledger.rwset.TxReadWriteSet;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRWSet;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVWrite;
import org.hyperledger.fabric.protos.peer.ChaincodeAction;
import org.hyperledger.fabric.protos.peer.ChaincodeActionPayload;
import org.hyperledger.fabric.protos.peer.ChaincodeEndorsedAction;
import org.hyperledger.fabric.protos.peer.ChaincodeHeaderExtension;
import org.hyperledger.fabric.protos.peer.ChaincodeID;
import org.hyperledger.fabric.protos.peer.ChaincodeInput;
import org.hyperledger.fabric.protos.peer.ChaincodeInvocationSpec;
import org.hyperledger.fabric.protos.peer.ChaincodeProposalPayload;
import org.hyperledger.fabric.protos.peer.ChaincodeSpec;
import org.hyperledger.fabric.protos.peer.Endorsement;
import org.hyperledger.fabric.protos.peer.Proposal;
import org.hyperledger.fabric.protos.peer.ProposalResponsePayload;
import org.hyperledger.fabric.protos.peer.Response;
import org.hyperledger.fabric.protos.peer.Transaction;
import org.hyperledger.fabric.protos.peer.TransactionAction;

/** A proposal and the transaction that endorsers make of it, each part open to being changed for the worse. */
final class Prepared {
    final ChaincodeID.Builder chaincode = ChaincodeID.newBuilder().setName("market");
    final List<ByteString> args = new ArrayList<>();
    final ChannelHeader.Builder channelHeader = ChannelHeader.newBuilder()
            .setType(3)
            .setChannelId("market")
            .setTimestamp(Timestamp.newBuilder().setSeconds(1_790_000_000L));
    final SignatureHeader.Builder signatureHeader = SignatureHeader.newBuilder();
    final ChaincodeProposalPayload.Builder payload = ChaincodeProposalPayload.newBuilder();
    final ChaincodeAction.Builder result = ChaincodeAction.newBuilder();
    final List<SigningIdentity> endorsers;

    Prepared(Identity creator, List<SigningIdentity> endorsers, String... args) {
        this.endorsers = endorsers;
        for (String arg : args) {
            this.args.add(ByteString.copyFromUtf8(arg));
        }
        byte[] nonce = TransactionIds.newNonce();
        signatureHeader.setCreator(ByteString.copyFrom(creator.serialized())).setNonce(ByteString.copyFrom(nonce));
        channelHeader.setTxId(TransactionIds.of(nonce, creator.serialized()));
        channelHeader.setExtension(ChaincodeHeaderExtension.newBuilder()
                .setChaincodeId(chaincode)
                .build()
                .toByteString());
        KVRWSet writes = KVRWSet.newBuilder()
                .addWrites(KVWrite.newBuilder().setKey("\0order\0o-1\0").setValue(ByteString.copyFromUtf8("{}")))
                .addWrites(KVWrite.newBuilder().setKey("old").setIsDelete(true))
                .build();
        result.setChaincodeId(chaincode)
                .setResponse(Response.newBuilder().setStatus(200).setPayload(ByteString.copyFromUtf8("{\"ok\":1}")))
                .setResults(TxReadWriteSet.newBuilder()
                        .addNsRwset(NsReadWriteSet.newBuilder()
                                .setNamespace("market")
                                .setRwset(writes.toByteString()))
                        .build()
                        .toByteString());
    }

    Header header() {
        return Header.newBuilder()
                .setChannelHeader(channelHeader.build().toByteString())
                .setSignatureHeader(signatureHeader.build().toByteString())
                .build();
    }

    private ChaincodeProposalPayload input() {
        return payload.setInput(ChaincodeInvocationSpec.newBuilder()
                        .setChaincodeSpec(ChaincodeSpec.newBuilder()
                                .setChaincodeId(chaincode)
                                .setInput(ChaincodeInput.newBuilder().addAllArgs(args)))
                        .build()
                        .toByteString())
                .build();
    }

    byte[] proposal() {
        return Proposal.newBuilder()
                .setHeader(header().toByteString())
                .setPayload(input().toByteString())
                .build()
                .toByteArray();
    }

    /** What the endorsers signed, for the arguments as they are now. */
    ByteString answer() {
        byte[] hash = Digests.sha256(
                header().getChannelHeader().toByteArray(),
                header().getSignatureHeader().toByteArray(),
                ChaincodeProposalPayload.newBuilder()
                        .setInput(input().getInput())
                        .build()
                        .toByteArray());
        return ProposalResponsePayload.newBuilder()
                .setProposalHash(ByteString.copyFrom(hash))
                .setExtension(result.build().toByteString())
                .build()
                .toByteString();
    }

    byte[] transaction() {
        return transaction(answer());
    }

    byte[] transaction(ByteString answer) {
        ChaincodeEndorsedAction.Builder endorsed =
                ChaincodeEndorsedAction.newBuilder().setProposalResponsePayload(answer);
        for (SigningIdentity endorser : endorsers) {
            ByteString name = ByteString.copyFrom(endorser.serialized());
            endorsed.addEndorsements(Endorsement.newBuilder()
                    .setEndorser(name)
                    .setSignature(ByteString.copyFrom(
                            endorser.sign(answer.concat(name).toByteArray()))));
        }
        ByteString inputOnly = ChaincodeProposalPayload.newBuilder()
                .setInput(input().getInput())
                .build()
                .toByteString();
        return transaction(inputOnly, endorsed, header().getSignatureHeader());
    }

    byte[] transaction(ByteString input, ChaincodeEndorsedAction.Builder endorsed, ByteString actionHeader) {
        ChaincodeActionPayload action = ChaincodeActionPayload.newBuilder()
                .setChaincodeProposalPayload(input)
                .setAction(endorsed)
                .build();
        return Payload.newBuilder()
                .setHeader(header())
                .setData(Transaction.newBuilder()
                        .addActions(TransactionAction.newBuilder()
                                .setHeader(actionHeader)
                                .setPayload(action.toByteString()))
                        .build()
                        .toByteString())
                .build()
                .toByteArray();
    }
}
