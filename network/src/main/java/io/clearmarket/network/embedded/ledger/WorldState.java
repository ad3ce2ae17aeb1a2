package io.clearmarket.network.embedded.ledger;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The state at one height; immutable, so holding it is a snapshot. */
final class WorldState {
    static final WorldState EMPTY = new WorldState(Map.of());

    private final Map<String, SortedTree<StateValue>> namespaces;

    private WorldState(Map<String, SortedTree<StateValue>> namespaces) {
        this.namespaces = namespaces;
    }

    static WorldState of(Map<String, SortedTree<StateValue>> namespaces) {
        return new WorldState(Map.copyOf(namespaces));
    }

    /** In order, the same for equal states. */
    SortedSet<String> namespaces() {
        return new TreeSet<>(namespaces.keySet());
    }

    @Nullable
    StateValue get(String namespace, String key) {
        SortedTree<StateValue> keys = namespaces.get(namespace);
        return keys == null ? null : keys.get(key);
    }

    /** From start (inclusive) to the end of the namespace. */
    Iterator<SortedTree.Entry<StateValue>> from(String namespace, String start) {
        return namespaces.getOrDefault(namespace, SortedTree.empty()).from(start);
    }

    /** The state after a block. */
    WorldState with(UpdateBatch updates) {
        Map<String, SortedTree<StateValue>> next = new HashMap<>(namespaces);
        updates.forEach((namespace, key, update) -> {
            SortedTree<StateValue> keys = next.getOrDefault(namespace, SortedTree.empty());
            StateValue value = update.value();
            next.put(namespace, value == null ? keys.without(key) : keys.with(key, value));
        });
        return new WorldState(next);
    }

    /** The state with one key changed, removed if the value is null. */
    WorldState with(StateKey key, @Nullable StateValue value) {
        SortedTree<StateValue> keys = namespaces.getOrDefault(key.namespace(), SortedTree.empty());
        Map<String, SortedTree<StateValue>> next = new HashMap<>(namespaces);
        next.put(key.namespace(), value == null ? keys.without(key.key()) : keys.with(key.key(), value));
        return new WorldState(next);
    }
}
