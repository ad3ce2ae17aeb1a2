package io.clearmarket.network.conformance;

import com.google.protobuf.ByteString;
import java.util.HexFormat;
import org.hyperledger.fabric.protos.common.MSPPrincipal;
import org.hyperledger.fabric.protos.common.MSPRole;
import org.hyperledger.fabric.protos.common.SignaturePolicy;
import org.hyperledger.fabric.protos.common.SignaturePolicyEnvelope;

/** Endorsement policies of single keys, as a chaincode writes them. */
final class KeyPolicies {
    private KeyPolicies() {}

    /** A peer of this organisation, as hex of a {@code SignaturePolicyEnvelope}. */
    static String peerOf(String mspId) {
        ByteString role = MSPRole.newBuilder()
                .setMspIdentifier(mspId)
                .setRole(MSPRole.MSPRoleType.PEER)
                .build()
                .toByteString();
        SignaturePolicyEnvelope policy = SignaturePolicyEnvelope.newBuilder()
                .setRule(SignaturePolicy.newBuilder()
                        .setNOutOf(SignaturePolicy.NOutOf.newBuilder()
                                .setN(1)
                                .addRules(SignaturePolicy.newBuilder().setSignedBy(0))))
                .addIdentities(MSPPrincipal.newBuilder()
                        .setPrincipalClassification(MSPPrincipal.Classification.ROLE)
                        .setPrincipal(role))
                .build();
        return HexFormat.of().formatHex(policy.toByteArray());
    }
}
