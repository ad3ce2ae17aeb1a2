package io.clearmarket.chaincode.adapter;

import io.clearmarket.chaincode.domain.Key;
import io.clearmarket.chaincode.domain.Outcome;
import io.clearmarket.chaincode.domain.View;
import io.clearmarket.wallet.json.CanonicalJson;
import io.clearmarket.wallet.json.Json;
import org.hyperledger.fabric.shim.ChaincodeStub;
import org.jspecify.annotations.Nullable;

/** The ledger's key-value state: composite keys of kind and id, values in RFC 8785 JSON. */
final class WorldState implements View {
    private static final Decoded DECODED = new Decoded();

    private final ChaincodeStub stub;

    WorldState(ChaincodeStub stub) {
        this.stub = stub;
    }

    @Override
    public <T> @Nullable T find(Key<T> key) {
        byte[] value = stub.getState(key.composite());
        // an absent key reads as an empty value
        return value.length == 0
                ? null
                : DECODED.of(key.type(), value, bytes -> Json.MAPPER.readValue(bytes, key.type()));
    }

    void put(Outcome.Write<?> write) {
        Object value = write.value();
        if (value == null) {
            stub.delState(write.key().composite());
        } else {
            stub.putState(write.key().composite(), CanonicalJson.bytes(value));
        }
    }
}
