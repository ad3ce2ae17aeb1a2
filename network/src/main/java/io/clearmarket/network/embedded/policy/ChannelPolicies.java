package io.clearmarket.network.embedded.policy;

import com.google.protobuf.InvalidProtocolBufferException;
import io.clearmarket.network.embedded.msp.ConfigBlocks;
import io.clearmarket.network.embedded.msp.MspManager;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.Config;
import org.hyperledger.fabric.protos.common.ConfigGroup;
import org.hyperledger.fabric.protos.common.ImplicitMetaPolicy;
import org.hyperledger.fabric.protos.common.SignaturePolicyEnvelope;

/** A channel's named policies by path, such as {@code /Channel/Application/Writers}. */
public final class ChannelPolicies {
    private final Map<String, Policy> byPath;

    private ChannelPolicies(Map<String, Policy> byPath) {
        this.byPath = byPath;
    }

    /**
     * The policies of a config block.
     *
     * @throws IllegalArgumentException if it is no config block or holds a malformed policy
     */
    public static ChannelPolicies fromConfig(Block configBlock, MspManager msps) {
        return fromConfig(ConfigBlocks.config(configBlock), msps);
    }

    /** The same of a configuration. */
    public static ChannelPolicies fromConfig(Config config, MspManager msps) {
        Map<String, Policy> byPath = new HashMap<>();
        collect("/Channel", config.getChannelGroup(), msps, byPath);
        return new ChannelPolicies(Map.copyOf(byPath));
    }

    /** The policy at a path. */
    public Optional<Policy> at(String path) {
        return Optional.ofNullable(byPath.get(path));
    }

    private static void collect(String path, ConfigGroup group, MspManager msps, Map<String, Policy> into) {
        group.getGroupsMap().forEach((name, child) -> collect(path + "/" + name, child, msps, into));
        group.getPoliciesMap().forEach((name, policy) -> {
            var value = policy.getPolicy();
            try {
                into.put(
                        path + "/" + name,
                        switch (value.getType()) {
                            case 1 -> SignatureRules.compile(SignaturePolicyEnvelope.parseFrom(value.getValue()), msps);
                            case 3 -> meta(path, group, ImplicitMetaPolicy.parseFrom(value.getValue()), msps, into);
                            default ->
                                throw new IllegalArgumentException(
                                        "policy " + path + "/" + name + " is of unknown type " + value.getType());
                        });
            } catch (InvalidProtocolBufferException e) {
                throw new IllegalArgumentException("unreadable policy " + path + "/" + name, e);
            }
        });
    }

    private static Policy meta(
            String path, ConfigGroup group, ImplicitMetaPolicy policy, MspManager msps, Map<String, Policy> compiled) {
        List<Policy> present = new ArrayList<>();
        for (String child : group.getGroupsMap().keySet()) {
            Policy sub = compiled.get(path + "/" + child + "/" + policy.getSubPolicy());
            if (sub != null) {
                present.add(sub);
            }
        }
        return MetaRule.of(msps, policy, group.getGroupsCount(), present);
    }
}
