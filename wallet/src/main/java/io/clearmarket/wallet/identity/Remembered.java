package io.clearmarket.wallet.identity;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What was computed from the keys that were asked about most recently, for many threads. Only for pure functions: what is
 * remembered must be what would be computed again.
 */
final class Remembered<K, V> {
    private final Map<K, V> values;

    /** @param capacity most that is remembered; the key that was asked about longest ago is forgotten first */
    Remembered(int capacity) {
        this.values = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > capacity;
            }
        };
    }

    /** Computes outside of the lock, so that a slow one holds up nobody; what throws is not remembered. */
    V of(K key, Function<K, V> compute) {
        @Nullable V known;
        synchronized (values) {
            known = values.get(key);
        }
        if (known != null) {
            return known;
        }
        V computed = compute.apply(key);
        synchronized (values) {
            values.put(key, computed);
        }
        return computed;
    }
}
