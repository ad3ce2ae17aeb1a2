package io.clearmarket.network.embedded.configtx;

import java.util.LinkedHashMap;
import java.util.Map;
import org.hyperledger.fabric.protos.common.ConfigGroup;
import org.hyperledger.fabric.protos.common.ConfigPolicy;
import org.hyperledger.fabric.protos.common.ConfigUpdate;
import org.hyperledger.fabric.protos.common.ConfigValue;

/**
 * The update that makes one configuration of another, as Fabric's {@code configtxlator compute_update} has it
 * (internal/configtxlator/update): what is changed one version further, and beside it, where members come or go, what stays.
 */
public final class ConfigDelta {
    private ConfigDelta() {}

    /** @throws IllegalArgumentException if there is no difference */
    public static ConfigUpdate between(String channel, ConfigGroup original, ConfigGroup updated) {
        GroupDelta delta = GroupDelta.of(original, updated);
        if (!delta.changed()) {
            throw new IllegalArgumentException("no differences detected between original and updated config");
        }
        return ConfigUpdate.newBuilder()
                .setChannelId(channel)
                .setReadSet(delta.read())
                .setWriteSet(delta.written())
                .build();
    }

    /** A group's part of the two sets. */
    private record GroupDelta(ConfigGroup read, ConfigGroup written, boolean changed) {
        static GroupDelta of(ConfigGroup original, ConfigGroup updated) {
            Members members = new Members();
            members.values(original.getValuesMap(), updated.getValuesMap());
            members.policies(original.getPoliciesMap(), updated.getPoliciesMap());
            members.groups(original.getGroupsMap(), updated.getGroupsMap());
            boolean own = members.joinOrLeave || !original.getModPolicy().equals(updated.getModPolicy());
            ConfigGroup.Builder read = ConfigGroup.newBuilder().setVersion(original.getVersion());
            ConfigGroup.Builder written = ConfigGroup.newBuilder().setVersion(original.getVersion());
            if (own) {
                written.setVersion(original.getVersion() + 1).setModPolicy(updated.getModPolicy());
                read.mergeFrom(members.same.build());
                written.mergeFrom(members.same.build());
            }
            read.mergeFrom(members.read.build());
            written.mergeFrom(members.written.build());
            return new GroupDelta(read.build(), written.build(), own || members.changed);
        }
    }

    /** Collects what is the same, read and written of a group's members. */
    private static final class Members {
        private final ConfigGroup.Builder same = ConfigGroup.newBuilder();
        private final ConfigGroup.Builder read = ConfigGroup.newBuilder();
        private final ConfigGroup.Builder written = ConfigGroup.newBuilder();
        private boolean joinOrLeave;
        private boolean changed;

        void values(Map<String, ConfigValue> original, Map<String, ConfigValue> updated) {
            joined(original, updated).forEach((key, next) -> {
                ConfigValue before = original.get(key);
                if (before != null
                        && before.getModPolicy().equals(next.getModPolicy())
                        && before.getValue().equals(next.getValue())) {
                    same.putValues(
                            key,
                            ConfigValue.newBuilder()
                                    .setVersion(before.getVersion())
                                    .build());
                } else {
                    changed = true;
                    written.putValues(
                            key,
                            next.toBuilder()
                                    .setVersion(before == null ? 0 : before.getVersion() + 1)
                                    .build());
                }
            });
        }

        void policies(Map<String, ConfigPolicy> original, Map<String, ConfigPolicy> updated) {
            joined(original, updated).forEach((key, next) -> {
                ConfigPolicy before = original.get(key);
                if (before != null
                        && before.getModPolicy().equals(next.getModPolicy())
                        && before.getPolicy().equals(next.getPolicy())) {
                    same.putPolicies(
                            key,
                            ConfigPolicy.newBuilder()
                                    .setVersion(before.getVersion())
                                    .build());
                } else {
                    changed = true;
                    written.putPolicies(
                            key,
                            next.toBuilder()
                                    .setVersion(before == null ? 0 : before.getVersion() + 1)
                                    .build());
                }
            });
        }

        void groups(Map<String, ConfigGroup> original, Map<String, ConfigGroup> updated) {
            joined(original, updated).forEach((key, next) -> {
                ConfigGroup before = original.get(key);
                if (before == null) {
                    changed = true;
                    written.putGroups(key, founded(next));
                    return;
                }
                GroupDelta delta = GroupDelta.of(before, next);
                if (delta.changed()) {
                    changed = true;
                    read.putGroups(key, delta.read());
                    written.putGroups(key, delta.written());
                } else {
                    same.putGroups(key, delta.read());
                }
            });
        }

        /** The members afterwards; notes whether any come or go. */
        private <T> Map<String, T> joined(Map<String, T> original, Map<String, T> updated) {
            joinOrLeave |= !original.keySet().equals(updated.keySet());
            return new LinkedHashMap<>(updated);
        }

        /** A new group with everything in it at version 0. */
        private static ConfigGroup founded(ConfigGroup group) {
            ConfigGroup.Builder founded = group.toBuilder().setVersion(0);
            group.getValuesMap()
                    .forEach((key, value) -> founded.putValues(
                            key, value.toBuilder().setVersion(0).build()));
            group.getPoliciesMap()
                    .forEach((key, policy) -> founded.putPolicies(
                            key, policy.toBuilder().setVersion(0).build()));
            group.getGroupsMap().forEach((key, child) -> founded.putGroups(key, founded(child)));
            return founded.build();
        }
    }
}
