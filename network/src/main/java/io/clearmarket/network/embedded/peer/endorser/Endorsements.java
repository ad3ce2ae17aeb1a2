package io.clearmarket.network.embedded.peer.endorser;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import io.clearmarket.network.embedded.msp.SigningIdentity;
import io.clearmarket.network.embedded.peer.chaincode.ChaincodeResult;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.hyperledger.fabric.protos.ledger.rwset.TxReadWriteSet;
import org.hyperledger.fabric.protos.peer.ChaincodeAction;
import org.hyperledger.fabric.protos.peer.ChaincodeID;
import org.hyperledger.fabric.protos.peer.ChaincodeProposalPayload;
import org.hyperledger.fabric.protos.peer.Endorsement;
import org.hyperledger.fabric.protos.peer.ProposalResponsePayload;

/** Builds and signs what an endorser vouches for (fabric-protocol 2.4). */
final class Endorsements {
    private final SigningIdentity peer;

    Endorsements(SigningIdentity peer) {
        this.peer = peer;
    }

    /** {@code ProposalResponsePayload} bytes: built once, compared and signed as bytes. */
    ByteString payload(UnpackedProposal proposal, ChaincodeResult result, String version, TxReadWriteSet rwset) {
        ChaincodeAction.Builder action = ChaincodeAction.newBuilder()
                .setResults(rwset.toByteString())
                .setResponse(result.response())
                .setChaincodeId(
                        ChaincodeID.newBuilder().setName(proposal.chaincode()).setVersion(version));
        result.event().map(MessageLite::toByteString).ifPresent(action::setEvents);
        return ProposalResponsePayload.newBuilder()
                .setProposalHash(proposalHash(proposal))
                .setExtension(action.build().toByteString())
                .build()
                .toByteString();
    }

    Endorsement endorse(ByteString payload) {
        return Endorsement.newBuilder()
                .setEndorser(peer.serialized())
                .setSignature(peer.sign(payload.concat(peer.serialized()).toByteArray()))
                .build();
    }

    /** Over header bytes as received, and the payload without its transient data. */
    private static ByteString proposalHash(UnpackedProposal proposal) {
        ByteString visible = ChaincodeProposalPayload.newBuilder()
                .setInput(proposal.payload().getInput())
                .build()
                .toByteString();
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(proposal.header().getChannelHeader().asReadOnlyByteBuffer());
            digest.update(proposal.header().getSignatureHeader().asReadOnlyByteBuffer());
            digest.update(visible.asReadOnlyByteBuffer());
            return ByteString.copyFrom(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
