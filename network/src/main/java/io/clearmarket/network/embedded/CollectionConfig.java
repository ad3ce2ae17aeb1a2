package io.clearmarket.network.embedded;

import io.clearmarket.network.embedded.ledger.LifecycleNamespace;
import io.clearmarket.network.embedded.policy.SignaturePolicyParser;
import java.util.List;
import java.util.Optional;
import org.hyperledger.fabric.protos.peer.CollectionConfigPackage;
import org.hyperledger.fabric.protos.peer.CollectionPolicyConfig;
import org.hyperledger.fabric.protos.peer.StaticCollectionConfig;

/**
 * A private data collection, with the names of Fabric's collection definition files.
 *
 * @param name letters, digits, '-' and '_', not beginning with '_'
 * @param policy who may hold the data: signature policy text over members, such as {@code OR('PlatformMSP.member')}
 * @param requiredPeerCount other peers that must have the data before an endorsement is given
 * @param maxPeerCount other peers that it is sent to; members that it is not sent to fetch it
 * @param blockToLive blocks after which the data is forgotten; 0 is never
 * @param memberOnlyRead refuse reads to creators who are not members
 * @param memberOnlyWrite refuse writes to creators who are not members
 * @param endorsementPolicy policy text or path that replaces the chaincode's for writes of this collection
 */
public record CollectionConfig(
        String name,
        String policy,
        int requiredPeerCount,
        int maxPeerCount,
        long blockToLive,
        boolean memberOnlyRead,
        boolean memberOnlyWrite,
        Optional<String> endorsementPolicy) {
    public CollectionConfig {
        if (!name.matches("[A-Za-z0-9-]+([A-Za-z0-9_-]+)*")) {
            throw new IllegalArgumentException("invalid collection name '" + name + "'. Names can only consist of"
                    + " alphanumerics, '_', and '-' and cannot begin with '_'");
        }
        if (requiredPeerCount < 0 || maxPeerCount < requiredPeerCount || blockToLive < 0) {
            throw new IllegalArgumentException("collection-name: " + name + " -- maximum peer count (" + maxPeerCount
                    + ") cannot be less than the required peer count (" + requiredPeerCount
                    + "), and neither nor blockToLive less than zero");
        }
    }

    /** Sent to one other member, kept for ever, open to every creator whose peer has the data. */
    public static CollectionConfig of(String name, String policy) {
        return new CollectionConfig(name, policy, 0, 1, 0, false, false, Optional.empty());
    }

    public CollectionConfig withPeerCounts(int required, int max) {
        return new CollectionConfig(
                name, policy, required, max, blockToLive, memberOnlyRead, memberOnlyWrite, endorsementPolicy);
    }

    public CollectionConfig withBlockToLive(long blocks) {
        return new CollectionConfig(
                name,
                policy,
                requiredPeerCount,
                maxPeerCount,
                blocks,
                memberOnlyRead,
                memberOnlyWrite,
                endorsementPolicy);
    }

    /** Only members' clients may read and write. */
    public CollectionConfig membersOnly() {
        return new CollectionConfig(
                name, policy, requiredPeerCount, maxPeerCount, blockToLive, true, true, endorsementPolicy);
    }

    public CollectionConfig withEndorsementPolicy(String textOrPath) {
        return new CollectionConfig(
                name,
                policy,
                requiredPeerCount,
                maxPeerCount,
                blockToLive,
                memberOnlyRead,
                memberOnlyWrite,
                Optional.of(textOrPath));
    }

    /** {@link IllegalArgumentException} if a policy is malformed. */
    static CollectionConfigPackage toProto(List<CollectionConfig> collections) {
        CollectionConfigPackage.Builder all = CollectionConfigPackage.newBuilder();
        collections.forEach(collection -> all.addConfigBuilder().setStaticCollectionConfig(collection.toProto()));
        return all.build();
    }

    private StaticCollectionConfig toProto() {
        StaticCollectionConfig.Builder config = StaticCollectionConfig.newBuilder()
                .setName(name)
                .setMemberOrgsPolicy(
                        CollectionPolicyConfig.newBuilder().setSignaturePolicy(SignaturePolicyParser.parse(policy)))
                .setRequiredPeerCount(requiredPeerCount)
                .setMaximumPeerCount(maxPeerCount)
                .setBlockToLive(blockToLive)
                .setMemberOnlyRead(memberOnlyRead)
                .setMemberOnlyWrite(memberOnlyWrite);
        endorsementPolicy.map(LifecycleNamespace::applicationPolicy).ifPresent(config::setEndorsementPolicy);
        return config.build();
    }
}
