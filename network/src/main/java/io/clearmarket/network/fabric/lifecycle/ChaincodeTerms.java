package io.clearmarket.network.fabric.lifecycle;

import io.clearmarket.network.embedded.ledger.Definition;
import io.clearmarket.network.embedded.ledger.LifecycleNamespace;
import org.hyperledger.fabric.protos.peer.CollectionConfigPackage;

/**
 * What a channel's organisations agree on about a chaincode.
 *
 * @param policy endorsement policy: signature policy text, or the path of a channel policy
 * @param collections its private data collections
 * @param initRequired whether it must be initialised before its first use
 */
public record ChaincodeTerms(
        String name, String version, String policy, CollectionConfigPackage collections, boolean initRequired) {
    private static final String PLAIN_NAME = "[A-Za-z0-9]+([-_][A-Za-z0-9]+)*";

    /** @throws IllegalArgumentException if Fabric would not take the name or the version, or the policy is malformed */
    public ChaincodeTerms {
        if (!name.matches(PLAIN_NAME)) {
            throw new IllegalArgumentException("'" + name + "' is not a chaincode name");
        }
        if (!version.matches("[A-Za-z0-9_.+-]+")) {
            throw new IllegalArgumentException("'" + version + "' is not a chaincode version");
        }
        LifecycleNamespace.applicationPolicy(policy);
    }

    /** Without collections, ready without initialisation. */
    public static ChaincodeTerms of(String name, String version, String policy) {
        return new ChaincodeTerms(name, version, policy, CollectionConfigPackage.getDefaultInstance(), false);
    }

    /** As the channel is to agree on it, with the usual plugins. */
    Definition definition(long sequence) {
        return new Definition(
                sequence,
                version,
                LifecycleNamespace.applicationPolicy(policy).toByteString(),
                collections,
                initRequired);
    }
}
