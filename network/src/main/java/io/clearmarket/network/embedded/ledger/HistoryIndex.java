package io.clearmarket.network.embedded.ledger;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Which transactions wrote a key. One writer, many readers; the values themselves stay in the blocks. */
final class HistoryIndex {
    private static final int TRANSACTION_BITS = 24;
    private static final long[] NONE = {};

    private final Map<String, Map<String, Writes>> namespaces = new ConcurrentHashMap<>();

    /** Positions of one key's writes, oldest first; length and array are published together. */
    private static final class Writes {
        private volatile long[] positions = NONE;
        private volatile int count;

        void add(long position) {
            long[] current = positions;
            if (count == current.length) {
                current = Arrays.copyOf(current, count + 1 + count / 2);
            }
            current[count] = position;
            positions = current;
            count = Math.addExact(count, 1);
        }

        long[] newestFirst() {
            int n = count;
            long[] current = positions;
            long[] copy = new long[n];
            for (int i = 0; i < n; i++) {
                copy[i] = current[n - 1 - i];
            }
            return copy;
        }
    }

    void add(String namespace, String key, Version version) {
        namespaces
                .computeIfAbsent(namespace, n -> new ConcurrentHashMap<>())
                .computeIfAbsent(key, k -> new Writes())
                .add((version.block() << TRANSACTION_BITS) | version.transaction());
    }

    /** The writers of a key, newest first. */
    Version[] writers(String namespace, String key) {
        Writes writes = namespaces.getOrDefault(namespace, Map.of()).get(key);
        return writes == null
                ? new Version[0]
                : Arrays.stream(writes.newestFirst())
                        .mapToObj(p -> new Version(p >>> TRANSACTION_BITS, p & ((1L << TRANSACTION_BITS) - 1)))
                        .toArray(Version[]::new);
    }
}
