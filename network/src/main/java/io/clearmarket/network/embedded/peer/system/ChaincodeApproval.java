package io.clearmarket.network.embedded.peer.system;

import io.clearmarket.network.embedded.policy.SignaturePolicyParser;
import org.hyperledger.fabric.protos.peer.ApplicationPolicy;

/**
 * A definition that an organisation's peer agrees to.
 *
 * @param policy signature policy text, or the path of a channel policy
 */
public record ChaincodeApproval(String name, String version, String policy) {
    /** The policy as definitions hold it: a text beginning with a slash refers to a policy of the channel. */
    public ApplicationPolicy applicationPolicy() {
        return applicationPolicy(policy);
    }

    /** {@link #applicationPolicy()} of any policy text. */
    public static ApplicationPolicy applicationPolicy(String policy) {
        return policy.startsWith("/")
                ? ApplicationPolicy.newBuilder()
                        .setChannelConfigPolicyReference(policy)
                        .build()
                : ApplicationPolicy.newBuilder()
                        .setSignaturePolicy(SignaturePolicyParser.parse(policy))
                        .build();
    }
}
