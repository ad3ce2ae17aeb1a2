package io.clearmarket.gateway.epcis.store;

import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.RecordKind;
import io.clearmarket.chaincode.api.Records;
import io.clearmarket.gateway.content.ContentStore;
import io.clearmarket.gateway.content.Document;
import io.clearmarket.gateway.events.BlockProjection;
import io.clearmarket.gateway.fabric.LedgerBlock;
import io.clearmarket.gateway.fabric.LedgerTransaction;
import io.clearmarket.gateway.fabric.Write;
import io.clearmarket.gateway.provenance.MalformedEpcis;
import io.clearmarket.wallet.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Brings events from blocks into the repository: the ledger says which, by whom and when; the content store has the document. An
 * event whose document is not here stays a record of the ledger only.
 */
@Component
@Order(EpcisProjection.ORDER)
public class EpcisProjection implements BlockProjection {
    private static final Logger LOG = LoggerFactory.getLogger(EpcisProjection.class);

    /** After the read model, before what is derived from the repository. */
    public static final int ORDER = 0;

    private final ContentStore content;
    private final EventStore events;
    private final PlacePositions places;

    public EpcisProjection(ContentStore content, EventStore events, PlacePositions places) {
        this.content = content;
        this.events = events;
        this.places = places;
    }

    @Override
    public void apply(LedgerBlock block) {
        Map<Digest, List<Records.Recorded>> byDocument = new LinkedHashMap<>();
        for (LedgerTransaction transaction : block.transactions()) {
            for (Write write : transaction.writes()) {
                byte[] value = write.value();
                if (value != null && (write.kind() == RecordKind.EVENT || write.kind() == RecordKind.DECLARATION)) {
                    Records.Recorded recorded = Json.MAPPER.readValue(value, Records.Recorded.class);
                    byDocument
                            .computeIfAbsent(recorded.event().document(), none -> new ArrayList<>())
                            .add(recorded);
                }
            }
        }
        List<StoredEvent> found = new ArrayList<>();
        List<Map<String, String>> namespaces = new ArrayList<>();
        byDocument.forEach((document, recorded) ->
                content.get(document).ifPresent(stored -> collect(stored, recorded, found, namespaces)));
        if (!found.isEmpty()) {
            events.add(found, namespaces);
        }
    }

    private void collect(
            Document stored,
            List<Records.Recorded> recorded,
            List<StoredEvent> found,
            List<Map<String, String>> namespaces) {
        try {
            CapturedDocument document = CapturedDocument.parse(stored.bytes());
            places.add(document.document().root());
            for (Records.Recorded one : recorded) {
                document.matching(one.event()).forEach(index -> {
                    found.add(document.stored(index, stored.hash(), one.by().value(), one.recordedAt()));
                    namespaces.add(document.namespaces(index));
                });
            }
        } catch (MalformedEpcis noEpcis) {
            LOG.warn("The ledger names document {} as EPCIS, but {}", stored.hash(), noEpcis.getMessage());
        }
    }

    @Override
    public void reset() {
        events.clear();
        places.clear();
    }
}
