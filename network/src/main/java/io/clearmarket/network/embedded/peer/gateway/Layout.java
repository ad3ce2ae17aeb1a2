package io.clearmarket.network.embedded.peer.gateway;

import java.util.Map;
import java.util.TreeMap;

/**
 * How many peers of which organisation together satisfy what a transaction needs.
 *
 * @param peers counts above zero by MSP id
 */
public record Layout(Map<String, Integer> peers) {
    public Layout {
        peers = Map.copyOf(peers);
    }

    int size() {
        return peers.values().stream().mapToInt(Integer::intValue).sum();
    }

    boolean contains(Layout smaller) {
        return smaller.peers().entrySet().stream()
                .allMatch(entry -> peers.getOrDefault(entry.getKey(), 0) >= entry.getValue());
    }

    /** One peer more of an organisation. */
    Layout and(String mspId) {
        Map<String, Integer> more = new TreeMap<>(peers);
        more.merge(mspId, 1, Integer::sum);
        return new Layout(more);
    }

    /** One peer less of an organisation. */
    Layout without(String mspId) {
        Map<String, Integer> fewer = new TreeMap<>(peers);
        fewer.computeIfPresent(mspId, (id, count) -> count > 1 ? count - 1 : null);
        return new Layout(fewer);
    }
}
