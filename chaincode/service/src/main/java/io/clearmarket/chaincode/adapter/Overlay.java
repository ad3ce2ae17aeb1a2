package io.clearmarket.chaincode.adapter;

import io.clearmarket.chaincode.domain.Key;
import io.clearmarket.chaincode.domain.Outcome;
import io.clearmarket.chaincode.domain.View;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The records as they are once what a transaction has decided so far is written. Fabric answers a read with the state before
 * the transaction, its own writes left out; here they are seen. What lies below is read once for each key.
 */
final class Overlay implements View {
    private final View below;
    private final Map<Key<?>, Optional<Object>> read = new HashMap<>();
    private final Map<Key<?>, Outcome.Write<?>> written = new LinkedHashMap<>();

    Overlay(View below) {
        this.below = below;
    }

    @Override
    public <T> @Nullable T find(Key<T> key) {
        Outcome.Write<?> own = written.get(key);
        if (own != null) {
            return key.type().cast(own.value());
        }
        return read.computeIfAbsent(key, absent -> Optional.ofNullable(below.find(absent)))
                .map(key.type()::cast)
                .orElse(null);
    }

    void put(Outcome.Write<?> write) {
        written.put(write.key(), write);
    }

    /** The last write of each key. */
    List<Outcome.Write<?>> writes() {
        return List.copyOf(written.values());
    }
}
