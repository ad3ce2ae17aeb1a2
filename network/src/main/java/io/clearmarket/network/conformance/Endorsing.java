package io.clearmarket.network.conformance;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.clearmarket.wallet.identity.Pem;
import io.clearmarket.wallet.identity.SigningIdentity;
import io.clearmarket.wallet.p256.P256;
import java.security.cert.X509Certificate;
import org.hyperledger.fabric.protos.msp.SerializedIdentity;
import org.hyperledger.fabric.protos.peer.Endorsement;

/** Endorsements made and checked by hand (fabric-protocol 2.2 and 2.4). */
final class Endorsing {
    private Endorsing() {}

    /** SHA-256 of both headers as they were sent and of the proposal's payload without transient data. */
    static ByteString proposalHash(TransactionView view) {
        return ByteString.copyFrom(Hashing.sha256(
                view.payload().getHeader().getChannelHeader().toByteArray(),
                view.payload().getHeader().getSignatureHeader().toByteArray(),
                view.action().getChaincodeProposalPayload().toByteArray()));
    }

    static X509Certificate certificate(ByteString serializedIdentity) throws InvalidProtocolBufferException {
        return Pem.certificate(
                SerializedIdentity.parseFrom(serializedIdentity).getIdBytes().toStringUtf8());
    }

    static String mspId(ByteString serializedIdentity) throws InvalidProtocolBufferException {
        return SerializedIdentity.parseFrom(serializedIdentity).getMspid();
    }

    /** Whether an endorsement is its endorser's signature over the response payload and its own identity. */
    static boolean verifies(ByteString responsePayload, Endorsement endorsement) throws InvalidProtocolBufferException {
        return P256.verify(
                certificate(endorsement.getEndorser()).getPublicKey(),
                responsePayload.concat(endorsement.getEndorser()).toByteArray(),
                endorsement.getSignature().toByteArray());
    }

    /** An endorsement by any identity, as a peer would make it. */
    static Endorsement by(SigningIdentity endorser, ByteString responsePayload) {
        ByteString identity = ByteString.copyFrom(endorser.serialized());
        return Endorsement.newBuilder()
                .setEndorser(identity)
                .setSignature(ByteString.copyFrom(
                        endorser.sign(responsePayload.concat(identity).toByteArray())))
                .build();
    }
}
