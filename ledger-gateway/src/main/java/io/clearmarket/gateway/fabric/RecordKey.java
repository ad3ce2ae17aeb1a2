package io.clearmarket.gateway.fabric;

import io.clearmarket.chaincode.api.RecordKind;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A record's key in the world state: Fabric's composite key of the kind's object type and the parts of the id.
 *
 * @param kind the record's kind
 * @param id the parts of its id
 */
record RecordKey(RecordKind kind, List<String> id) {
    private static final char SEPARATOR = '\0';
    private static final Map<String, RecordKind> KINDS = Arrays.stream(RecordKind.values())
            .collect(Collectors.toUnmodifiableMap(RecordKind::objectType, Function.identity()));

    /** The record of a key; empty for a key that is none of this version's kinds. */
    static Optional<RecordKey> parse(String key) {
        if (key.length() < 2 || key.charAt(0) != SEPARATOR || key.charAt(key.length() - 1) != SEPARATOR) {
            return Optional.empty();
        }
        List<String> parts = Arrays.asList(key.substring(1, key.length() - 1).split("\0", -1));
        RecordKind kind = KINDS.get(parts.getFirst());
        return kind == null ? Optional.empty() : Optional.of(new RecordKey(kind, parts.subList(1, parts.size())));
    }
}
