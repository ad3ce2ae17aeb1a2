package io.clearmarket.network.embedded.configtx;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.hyperledger.fabric.protos.common.ConfigGroup;

/** A configuration tree as a map from each element's name, and back (common/configtx/configmap.go). */
final class ConfigMap {
    static final String ROOT = "Channel";

    private static final Pattern KEY = Pattern.compile("[a-zA-Z0-9.-]+");
    private static final int LONGEST_KEY = 249;

    private ConfigMap() {}

    /** @throws RefusedUpdate if a key is not one */
    static Map<String, ConfigItem> of(ConfigGroup root) throws RefusedUpdate {
        Map<String, ConfigItem> items = new TreeMap<>();
        collect(new ConfigItem.Group(List.of(), ROOT, root), items);
        return items;
    }

    private static void collect(ConfigItem.Group item, Map<String, ConfigItem> items) throws RefusedUpdate {
        add(item, items);
        List<String> path = new ArrayList<>(item.path());
        path.add(item.key());
        List<String> inside = List.copyOf(path);
        for (var child : item.group().getGroupsMap().entrySet()) {
            collect(new ConfigItem.Group(inside, child.getKey(), child.getValue()), items);
        }
        for (var value : item.group().getValuesMap().entrySet()) {
            add(new ConfigItem.Value(inside, value.getKey(), value.getValue()), items);
        }
        for (var policy : item.group().getPoliciesMap().entrySet()) {
            add(new ConfigItem.Policy(inside, policy.getKey(), policy.getValue()), items);
        }
    }

    private static void add(ConfigItem item, Map<String, ConfigItem> items) throws RefusedUpdate {
        requireKey(item.key());
        items.put(item.name(), item);
    }

    static void requireKey(String key) throws RefusedUpdate {
        if (key.isEmpty()) {
            throw new RefusedUpdate("config ID illegal, cannot be empty");
        }
        if (key.length() > LONGEST_KEY) {
            throw new RefusedUpdate("config ID illegal, cannot be longer than " + LONGEST_KEY);
        }
        if (key.equals(".") || key.equals("..")) {
            throw new RefusedUpdate("name '" + key + "' for config ID is not allowed");
        }
        if (!KEY.matcher(key).matches()) {
            throw new RefusedUpdate("config ID '" + key + "' contains illegal characters");
        }
    }

    /**
     * The tree of the elements that the groups among them name as their members.
     *
     * @throws RefusedUpdate if a group names a member that is missing
     */
    static ConfigGroup tree(Map<String, ConfigItem> items) throws RefusedUpdate {
        return tree("/" + ROOT, items);
    }

    private static ConfigGroup tree(String path, Map<String, ConfigItem> items) throws RefusedUpdate {
        ConfigItem.Group item = find(ConfigItem.Group.class, ConfigItem.Group.PREFIX + path, "group", items);
        ConfigGroup.Builder tree = item.group().toBuilder();
        for (String key : item.group().getGroupsMap().keySet()) {
            tree.putGroups(key, tree(path + "/" + key, items));
        }
        for (String key : item.group().getValuesMap().keySet()) {
            String at = ConfigItem.Value.PREFIX + path + "/" + key;
            tree.putValues(key, find(ConfigItem.Value.class, at, "value", items).value());
        }
        for (String key : item.group().getPoliciesMap().keySet()) {
            String at = ConfigItem.Policy.PREFIX + path + "/" + key;
            tree.putPolicies(
                    key, find(ConfigItem.Policy.class, at, "policy", items).policy());
        }
        return tree.build();
    }

    private static <T extends ConfigItem> T find(
            Class<T> kind, String name, String called, Map<String, ConfigItem> items) throws RefusedUpdate {
        ConfigItem item = items.get(name);
        if (!kind.isInstance(item)) {
            throw new RefusedUpdate("missing " + called + " at path: " + name);
        }
        return kind.cast(item);
    }
}
