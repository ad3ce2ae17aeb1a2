package io.clearmarket.chaincode.domain;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clearmarket.wallet.json.CanonicalJson;
import io.clearmarket.wallet.json.Json;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Records as values: written and read as their canonical JSON, so that every test also tries the round trip. */
public final class Ledger implements View {
    private final Map<String, byte[]> values = new HashMap<>();
    /** What has been read of them: records never change. */
    private final Map<String, Object> read = new HashMap<>();

    public Ledger() {}

    private Ledger(Ledger other) {
        values.putAll(other.values);
        read.putAll(other.read);
    }

    public Ledger copy() {
        return new Ledger(this);
    }

    @Override
    public <T> @Nullable T find(Key<T> key) {
        String composite = key.composite();
        byte[] value = values.get(composite);
        return value == null
                ? null
                : key.type().cast(read.computeIfAbsent(composite, any -> Json.MAPPER.readValue(value, key.type())));
    }

    /** A record as somebody else wrote it. */
    public void put(String compositeKey, String json) {
        values.put(compositeKey, json.getBytes(UTF_8));
        read.remove(compositeKey);
    }

    /** As if the record had never been written. */
    void remove(String compositeKey) {
        values.remove(compositeKey);
        read.remove(compositeKey);
    }

    /** Every record's JSON by its key. */
    public Map<String, String> asText() {
        Map<String, String> text = new TreeMap<>();
        values.forEach((key, value) -> text.put(key, new String(value, UTF_8)));
        return text;
    }

    public <T> T get(Key<T> key) {
        T found = find(key);
        if (found == null) {
            throw new AssertionError("no record under " + key);
        }
        return found;
    }

    public void put(Outcome.Write<?> write) {
        String composite = write.key().composite();
        Object value = write.value();
        if (value == null) {
            values.remove(composite);
        } else {
            values.put(composite, CanonicalJson.bytes(value));
        }
        read.remove(composite);
    }

    public <T> void put(Key<T> key, T value) {
        put(new Outcome.Write<>(key, value));
    }
}
