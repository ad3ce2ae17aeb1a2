package io.clearmarket.network.embedded.genesis;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import io.clearmarket.network.embedded.ledger.Definition;
import io.clearmarket.network.embedded.ledger.LifecycleNamespace;
import io.clearmarket.network.embedded.ledger.PeerLedger;
import io.clearmarket.network.embedded.ledger.Simulator;
import io.clearmarket.network.embedded.msp.SigningIdentity;
import io.clearmarket.wallet.Digests;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
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
import org.hyperledger.fabric.protos.peer.ChaincodeInput;
import org.hyperledger.fabric.protos.peer.ChaincodeInvocationSpec;
import org.hyperledger.fabric.protos.peer.ChaincodeProposalPayload;
import org.hyperledger.fabric.protos.peer.ChaincodeSpec;
import org.hyperledger.fabric.protos.peer.Endorsement;
import org.hyperledger.fabric.protos.peer.ProposalResponsePayload;
import org.hyperledger.fabric.protos.peer.Response;
import org.hyperledger.fabric.protos.peer.Transaction;
import org.hyperledger.fabric.protos.peer.TransactionAction;
import org.hyperledger.fabric.protos.peer.lifecycle.CommitChaincodeDefinitionArgs;

/**
 * The transaction by which a channel agrees on a chaincode: what Fabric's {@code _lifecycle.CommitChaincodeDefinition}
 * leaves in a block. It is validated like any other, against {@code /Channel/Application/LifecycleEndorsement}, so a
 * definition stands in the ledger only if the organisations' peers signed it. (The approvals that come before it are
 * private data in Fabric and are left out here.)
 */
public final class DefinitionTransaction {
    private static final int NONCE_BYTES = 24;
    private static final int OK = 200;

    private DefinitionTransaction() {}

    /**
     * A signed envelope, ready to be ordered.
     *
     * @param ledger where it is simulated; the state that it is valid against
     * @param creator an admin or client of an organisation of the channel
     * @param endorsers peers, enough for the lifecycle policy
     * @throws IllegalArgumentException if the policy text is malformed or the sequence is not the next one
     */
    public static Envelope build(
            PeerLedger ledger,
            ChaincodeAgreement chaincode,
            SigningIdentity creator,
            List<SigningIdentity> endorsers,
            Instant now) {
        requireNextSequence(ledger, chaincode);
        byte[] nonce = new byte[NONCE_BYTES];
        new SecureRandom().nextBytes(nonce);
        String id = HexFormat.of()
                .formatHex(Digests.sha256(nonce, creator.serialized().toByteArray()));
        ByteString channelHeader = channelHeader(ledger.channel(), id, now).toByteString();
        ByteString signatureHeader = SignatureHeader.newBuilder()
                .setCreator(creator.serialized())
                .setNonce(ByteString.copyFrom(nonce))
                .build()
                .toByteString();
        ByteString proposal = proposalPayload(chaincode).toByteString();
        byte[] proposalHash =
                Digests.sha256(channelHeader.toByteArray(), signatureHeader.toByteArray(), proposal.toByteArray());
        ByteString response =
                response(simulate(ledger, id, chaincode), proposalHash).toByteString();
        ByteString payload = Payload.newBuilder()
                .setHeader(Header.newBuilder().setChannelHeader(channelHeader).setSignatureHeader(signatureHeader))
                .setData(Transaction.newBuilder()
                        .addActions(TransactionAction.newBuilder()
                                .setHeader(signatureHeader)
                                .setPayload(ChaincodeActionPayload.newBuilder()
                                        .setChaincodeProposalPayload(proposal)
                                        .setAction(endorsed(response, endorsers))
                                        .build()
                                        .toByteString()))
                        .build()
                        .toByteString())
                .build()
                .toByteString();
        return Envelope.newBuilder()
                .setPayload(payload)
                .setSignature(creator.sign(payload.toByteArray()))
                .build();
    }

    private static void requireNextSequence(PeerLedger ledger, ChaincodeAgreement chaincode) {
        long next = ledger.definition(chaincode.name())
                        .map(PeerLedger.ChaincodeDefinition::sequence)
                        .orElse(0L)
                + 1;
        if (chaincode.sequence() != next) {
            throw new IllegalArgumentException(
                    "requested sequence is " + chaincode.sequence() + ", but new definition must be sequence " + next);
        }
    }

    private static ChannelHeader channelHeader(String channel, String id, Instant now) {
        return ChannelHeader.newBuilder()
                .setType(HeaderType.ENDORSER_TRANSACTION_VALUE)
                .setTimestamp(
                        Timestamp.newBuilder().setSeconds(now.getEpochSecond()).setNanos(now.getNano()))
                .setChannelId(channel)
                .setTxId(id)
                .setExtension(ChaincodeHeaderExtension.newBuilder()
                        .setChaincodeId(ChaincodeID.newBuilder().setName(LifecycleNamespace.NAME))
                        .build()
                        .toByteString())
                .build();
    }

    private static ChaincodeProposalPayload proposalPayload(ChaincodeAgreement chaincode) {
        ByteString arguments = CommitChaincodeDefinitionArgs.newBuilder()
                .setName(chaincode.name())
                .setVersion(chaincode.version())
                .setSequence(chaincode.sequence())
                .setEndorsementPlugin(Definition.ESCC)
                .setValidationPlugin(Definition.VSCC)
                .setValidationParameter(chaincode.definition().validationParameter())
                .setCollections(chaincode.collections())
                .build()
                .toByteString();
        ChaincodeInvocationSpec invocation = ChaincodeInvocationSpec.newBuilder()
                .setChaincodeSpec(ChaincodeSpec.newBuilder()
                        .setType(ChaincodeSpec.Type.GOLANG)
                        .setChaincodeId(ChaincodeID.newBuilder().setName(LifecycleNamespace.NAME))
                        .setInput(ChaincodeInput.newBuilder()
                                .addArgs(ByteString.copyFromUtf8("CommitChaincodeDefinition"))
                                .addArgs(arguments)))
                .build();
        return ChaincodeProposalPayload.newBuilder()
                .setInput(invocation.toByteString())
                .build();
    }

    private static TxReadWriteSet simulate(PeerLedger ledger, String id, ChaincodeAgreement chaincode) {
        try (Simulator simulator = ledger.simulate(id)) {
            LifecycleNamespace.define(simulator, chaincode.name(), chaincode.definition());
            return simulator.results();
        } catch (Simulator.Refused impossible) {
            throw new IllegalStateException("a plain write was refused", impossible);
        }
    }

    private static ProposalResponsePayload response(TxReadWriteSet results, byte[] proposalHash) {
        ChaincodeAction action = ChaincodeAction.newBuilder()
                .setResults(results.toByteString())
                .setResponse(Response.newBuilder().setStatus(OK))
                .setChaincodeId(ChaincodeID.newBuilder()
                        .setName(LifecycleNamespace.NAME)
                        .setVersion(LifecycleNamespace.VERSION))
                .build();
        return ProposalResponsePayload.newBuilder()
                .setProposalHash(ByteString.copyFrom(proposalHash))
                .setExtension(action.toByteString())
                .build();
    }

    private static ChaincodeEndorsedAction endorsed(ByteString response, List<SigningIdentity> endorsers) {
        ChaincodeEndorsedAction.Builder action =
                ChaincodeEndorsedAction.newBuilder().setProposalResponsePayload(response);
        for (SigningIdentity endorser : endorsers) {
            byte[] signed = response.concat(endorser.serialized()).toByteArray();
            action.addEndorsements(
                    Endorsement.newBuilder().setEndorser(endorser.serialized()).setSignature(endorser.sign(signed)));
        }
        return action.build();
    }
}
