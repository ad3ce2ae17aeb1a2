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
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

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
    private final TransactionTemplate attempt;

    public EpcisProjection(
            ContentStore content, EventStore events, PlacePositions places, PlatformTransactionManager transactions) {
        this.content = content;
        this.events = events;
        this.places = places;
        this.attempt = new TransactionTemplate(transactions);
        attempt.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
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
        if (!byDocument.isEmpty() && !isKept(byDocument)) {
            byDocument.forEach((document, recorded) -> isKept(Map.of(document, recorded)));
        }
    }

    /**
     * False if one of the documents can't be kept; then none is. Anybody may have the ledger name a document of any content, and a block
     * that is never applied would stop the market.
     */
    private boolean isKept(Map<Digest, List<Records.Recorded>> byDocument) {
        try {
            attempt.executeWithoutResult(status -> keep(byDocument));
            return true;
        } catch (RuntimeException failure) {
            if (!isOfTheDocument(failure)) {
                throw failure;
            }
            LOG.warn("The ledger names documents {} as EPCIS, but not all can be kept", byDocument.keySet(), failure);
            return false;
        }
    }

    /** What PostgreSQL says of values (class 22, such as a number out of range) and of limits (54, an index's), or code of ours. */
    private static boolean isOfTheDocument(RuntimeException failure) {
        if (failure instanceof DataAccessException database) {
            return database.getMostSpecificCause() instanceof SQLException cause
                    && cause.getSQLState() != null
                    && (cause.getSQLState().startsWith("22")
                            || cause.getSQLState().startsWith("54"));
        }
        return !(failure instanceof TransactionException);
    }

    private void keep(Map<Digest, List<Records.Recorded>> byDocument) {
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
