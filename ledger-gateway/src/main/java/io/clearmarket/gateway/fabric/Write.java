package io.clearmarket.gateway.fabric;

import io.clearmarket.chaincode.api.RecordKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One record as a transaction left it.
 *
 * @param kind the record's kind
 * @param id the parts of its id
 * @param value the record's RFC 8785 JSON; null if it was deleted
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and copying every value of every block costs
public record Write(RecordKind kind, List<String> id, byte @Nullable [] value) {
    public Write {
        id = List.copyOf(id);
    }
}
