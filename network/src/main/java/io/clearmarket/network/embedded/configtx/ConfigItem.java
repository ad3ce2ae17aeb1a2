package io.clearmarket.network.embedded.configtx;

import java.util.List;
import org.hyperledger.fabric.protos.common.ConfigGroup;
import org.hyperledger.fabric.protos.common.ConfigPolicy;
import org.hyperledger.fabric.protos.common.ConfigValue;

/** One element of a configuration tree, with its place. */
sealed interface ConfigItem {
    /** Names from the root to the group that holds it; empty for the root itself. */
    List<String> path();

    String key();

    long version();

    String modPolicy();

    /** What update errors name it by. */
    String name();

    /** The group in which its modification policy is looked up: a group's own, else the one that holds it. */
    default String policyGroup() {
        return "/" + String.join("/", path());
    }

    private static String under(List<String> path, String key) {
        return (path.isEmpty() ? "" : "/" + String.join("/", path)) + "/" + key;
    }

    record Group(List<String> path, String key, ConfigGroup group) implements ConfigItem {
        static final String PREFIX = "[Group]  ";

        @Override
        public long version() {
            return group.getVersion();
        }

        @Override
        public String modPolicy() {
            return group.getModPolicy();
        }

        @Override
        public String name() {
            return PREFIX + under(path, key);
        }

        @Override
        public String policyGroup() {
            return under(path, key);
        }
    }

    record Value(List<String> path, String key, ConfigValue value) implements ConfigItem {
        static final String PREFIX = "[Value]  ";

        @Override
        public long version() {
            return value.getVersion();
        }

        @Override
        public String modPolicy() {
            return value.getModPolicy();
        }

        @Override
        public String name() {
            return PREFIX + under(path, key);
        }
    }

    record Policy(List<String> path, String key, ConfigPolicy policy) implements ConfigItem {
        static final String PREFIX = "[Policy] ";

        @Override
        public long version() {
            return policy.getVersion();
        }

        @Override
        public String modPolicy() {
            return policy.getModPolicy();
        }

        @Override
        public String name() {
            return PREFIX + under(path, key);
        }
    }
}
