package io.clearmarket.chaincode.domain;

import io.clearmarket.wallet.json.CanonicalJson;
import io.clearmarket.wallet.json.Json;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Records as values: written and read as their canonical JSON, so that every test also tries the round trip. */
public final class Ledger implements View {
    private final Map<String, byte[]> values = new HashMap<>();

    public Ledger() {}

    private Ledger(Map<String, byte[]> values) {
        this.values.putAll(values);
    }

    public Ledger copy() {
        return new Ledger(values);
    }

    @Override
    public <T> @Nullable T find(Key<T> key) {
        byte[] value = values.get(key.composite());
        return value == null ? null : Json.MAPPER.readValue(value, key.type());
    }

    public <T> T get(Key<T> key) {
        T found = find(key);
        if (found == null) {
            throw new AssertionError("no record under " + key);
        }
        return found;
    }

    public void put(Outcome.Write<?> write) {
        values.put(write.key().composite(), CanonicalJson.bytes(write.value()));
    }

    public <T> void put(Key<T> key, T value) {
        put(new Outcome.Write<>(key, value));
    }
}
