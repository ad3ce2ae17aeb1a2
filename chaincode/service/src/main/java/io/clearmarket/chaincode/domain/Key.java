package io.clearmarket.chaincode.domain;

import io.clearmarket.chaincode.api.RecordKind;
import java.util.List;

/**
 * Where a record is in the world state, and what it is.
 *
 * @param id the parts of the id, as {@link RecordKind} documents them
 * @param type the record's class
 */
public record Key<T>(RecordKind kind, List<String> id, Class<T> type) {
    public Key {
        id = List.copyOf(id);
    }

    /** Fabric's composite key: a zero character before the kind and after it and after each part of the id. */
    public String composite() {
        StringBuilder key = new StringBuilder("\0").append(kind.objectType()).append('\0');
        id.forEach(part -> key.append(part).append('\0'));
        return key.toString();
    }
}
