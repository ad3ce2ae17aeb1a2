package io.clearmarket.network.embedded.configtx;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.clearmarket.network.embedded.policy.ChannelPolicies;
import io.clearmarket.network.embedded.policy.Policy;
import io.clearmarket.network.embedded.policy.Policy.SignedData;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hyperledger.fabric.protos.common.Config;
import org.hyperledger.fabric.protos.common.ConfigGroup;
import org.hyperledger.fabric.protos.common.ConfigSignature;
import org.hyperledger.fabric.protos.common.ConfigUpdate;
import org.hyperledger.fabric.protos.common.ConfigUpdateEnvelope;
import org.hyperledger.fabric.protos.common.SignatureHeader;

/**
 * What a configuration update must hold to, with Fabric's errors (common/configtx/update.go): what it read is still so, each element that
 * it changes goes up by one version, and that element's modification policy is satisfied by the signatures.
 */
final class UpdateRules {
    private final String channel;
    private final Config current;
    private final ChannelPolicies policies;

    UpdateRules(String channel, Config current, ChannelPolicies policies) {
        this.channel = channel;
        this.current = current;
        this.policies = policies;
    }

    /** The configuration after the update, one sequence number further. */
    Config apply(ConfigUpdateEnvelope update) throws RefusedUpdate {
        return current.toBuilder()
                .setSequence(current.getSequence() + 1)
                .setChannelGroup(ConfigMap.tree(authorized(update)))
                .build();
    }

    private Map<String, ConfigItem> authorized(ConfigUpdateEnvelope envelope) throws RefusedUpdate {
        ConfigUpdate update = parse(envelope);
        if (!update.getChannelId().equals(channel)) {
            throw new RefusedUpdate("ConfigUpdate for channel '" + update.getChannelId()
                    + "' but envelope for channel '" + channel + "'");
        }
        Map<String, ConfigItem> before = ConfigMap.of(current.getChannelGroup());
        Map<String, ConfigItem> read = mapped(update.hasReadSet(), update.getReadSet(), "ReadSet");
        requireUnchanged(read, before);
        Map<String, ConfigItem> written = mapped(update.hasWriteSet(), update.getWriteSet(), "WriteSet");
        Map<String, ConfigItem> delta = new TreeMap<>();
        written.forEach((name, item) -> {
            ConfigItem asRead = read.get(name);
            if (asRead == null || asRead.version() != item.version()) {
                delta.put(name, item);
            }
        });
        try {
            requireAllowed(delta, before, signatures(envelope));
        } catch (RefusedUpdate e) {
            throw e.within("error validating DeltaSet");
        }
        Map<String, ConfigItem> after = new TreeMap<>(before);
        after.putAll(delta);
        for (String name : written.keySet()) {
            if (!after.containsKey(name)) {
                throw new RefusedUpdate("full config did not verify: writeset contained key " + name
                        + " which did not appear in proposed config");
            }
        }
        return after;
    }

    private static ConfigUpdate parse(ConfigUpdateEnvelope envelope) throws RefusedUpdate {
        try {
            return ConfigUpdate.parseFrom(envelope.getConfigUpdate());
        } catch (InvalidProtocolBufferException e) {
            throw new RefusedUpdate("error unmarshaling ConfigUpdate: " + e.getMessage());
        }
    }

    private static Map<String, ConfigItem> mapped(boolean there, ConfigGroup set, String called) throws RefusedUpdate {
        try {
            return there ? ConfigMap.of(set) : Map.of();
        } catch (RefusedUpdate e) {
            throw e.within("error mapping " + called);
        }
    }

    private static void requireUnchanged(Map<String, ConfigItem> read, Map<String, ConfigItem> before)
            throws RefusedUpdate {
        for (ConfigItem item : read.values()) {
            ConfigItem existing = before.get(item.name());
            if (existing == null) {
                throw new RefusedUpdate("error validating ReadSet: existing config does not contain element for "
                        + item.name() + " but was in the read set");
            }
            if (existing.version() != item.version()) {
                throw new RefusedUpdate("error validating ReadSet: proposed update requires that key " + item.name()
                        + " be at version " + item.version() + ", but it is currently at version "
                        + existing.version());
            }
        }
    }

    private void requireAllowed(
            Map<String, ConfigItem> delta, Map<String, ConfigItem> before, List<SignedData> signatures)
            throws RefusedUpdate {
        if (delta.isEmpty()) {
            throw new RefusedUpdate("delta set was empty -- update would have no effect");
        }
        for (ConfigItem item : delta.values()) {
            requireModPolicy(item);
            ConfigItem existing = before.get(item.name());
            if (existing == null) {
                // whoever may change the group may add to it
                if (item.version() != 0) {
                    throw new RefusedUpdate("attempted to set key " + item.name() + " to version " + item.version()
                            + ", but key does not exist");
                }
                continue;
            }
            if (item.version() != existing.version() + 1) {
                throw new RefusedUpdate("attempt to set key " + item.name() + " to version " + item.version()
                        + ", but key is at version " + existing.version());
            }
            Policy policy = policies.at(path(existing))
                    .orElseThrow(() -> new RefusedUpdate(
                            "unexpected missing policy " + existing.modPolicy() + " for item " + item.name()));
            Optional<String> denied = policy.evaluate(signatures);
            if (denied.isPresent()) {
                throw new RefusedUpdate("policy for " + item.name() + " not satisfied: " + denied.get());
            }
        }
    }

    private static void requireModPolicy(ConfigItem item) throws RefusedUpdate {
        String policy = item.modPolicy();
        try {
            if (policy.isEmpty()) {
                throw new RefusedUpdate("mod_policy not set");
            }
            for (String element : (policy.startsWith("/") ? policy.substring(1) : policy).split("/", -1)) {
                ConfigMap.requireKey(element);
            }
        } catch (RefusedUpdate e) {
            throw e.within("invalid mod_policy for element " + item.name());
        }
    }

    private static String path(ConfigItem item) {
        return item.modPolicy().startsWith("/") ? item.modPolicy() : item.policyGroup() + "/" + item.modPolicy();
    }

    /** Each over its signature header followed by the update. */
    private static List<SignedData> signatures(ConfigUpdateEnvelope envelope) throws RefusedUpdate {
        List<SignedData> signatures = new ArrayList<>();
        for (ConfigSignature signature : envelope.getSignaturesList()) {
            try {
                ByteString creator = SignatureHeader.parseFrom(signature.getSignatureHeader())
                        .getCreator();
                signatures.add(new SignedData(
                        signature.getSignatureHeader().concat(envelope.getConfigUpdate()),
                        creator,
                        signature.getSignature()));
            } catch (InvalidProtocolBufferException e) {
                throw new RefusedUpdate("error unmarshaling SignatureHeader: " + e.getMessage());
            }
        }
        return signatures;
    }
}
