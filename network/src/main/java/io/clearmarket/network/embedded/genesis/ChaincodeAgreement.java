package io.clearmarket.network.embedded.genesis;

import io.clearmarket.network.embedded.ledger.Definition;
import io.clearmarket.network.embedded.ledger.LifecycleNamespace;
import org.hyperledger.fabric.protos.peer.CollectionConfigPackage;

/**
 * A chaincode that a channel is to agree on.
 *
 * @param sequence 1 for a first definition, one more for each change
 * @param policyText signature policy such as {@code AND('AuditMSP.peer', OR('PlatformMSP.peer','MerchantsMSP.peer'))}, or
 *     the path of a channel policy such as {@code /Channel/Application/Endorsement}
 * @param collections its private data collections
 */
public record ChaincodeAgreement(
        String name, String version, long sequence, String policyText, CollectionConfigPackage collections) {
    /** @throws IllegalArgumentException if name or version has characters that Fabric does not allow */
    public ChaincodeAgreement {
        if (!name.matches("[a-zA-Z0-9]+([-_][a-zA-Z0-9]+)*")) {
            throw new IllegalArgumentException("invalid chaincode name '" + name + "'");
        }
        if (!version.matches("[A-Za-z0-9_.+-]+")) {
            throw new IllegalArgumentException("invalid chaincode version '" + version + "'");
        }
    }

    /** Without private data collections. */
    public ChaincodeAgreement(String name, String version, long sequence, String policyText) {
        this(name, version, sequence, policyText, CollectionConfigPackage.getDefaultInstance());
    }

    /** As the lifecycle keeps it; {@link IllegalArgumentException} if the policy text is malformed. */
    public Definition definition() {
        return new Definition(
                sequence,
                version,
                LifecycleNamespace.applicationPolicy(policyText).toByteString(),
                collections,
                false);
    }
}
