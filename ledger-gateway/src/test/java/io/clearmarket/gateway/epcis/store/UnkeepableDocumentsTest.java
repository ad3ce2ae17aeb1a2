package io.clearmarket.gateway.epcis.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.EpcisRecord;
import io.clearmarket.chaincode.api.RecordKind;
import io.clearmarket.chaincode.api.Records;
import io.clearmarket.gateway.content.ContentProperties;
import io.clearmarket.gateway.content.ContentStore;
import io.clearmarket.gateway.fabric.Write;
import io.clearmarket.gateway.provenance.EpcisDocument;
import io.clearmarket.gateway.provenance.EventHash;
import io.clearmarket.gateway.provenance.MalformedEpcis;
import io.clearmarket.gateway.readmodel.ReadModelFixture;
import io.clearmarket.gateway.testing.LedgerFixture;
import io.clearmarket.gateway.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

/** The ledger names a document by its hash; whoever signs the record may have written anything into it. */
class UnkeepableDocumentsTest {
    private static final String TIME = "2026-01-01T00:00:00Z";

    private final TestDatabase database = TestDatabase.create();
    private final LedgerFixture ledger = new LedgerFixture();
    private final ReadModelFixture readModel = new ReadModelFixture(database);
    private final ContentStore content = new ContentStore(
            database.client(), new ContentProperties(DataSize.ofMegabytes(1), DataSize.ofMegabytes(1)));
    private final EventStore events = new EventStore(database.template());
    private final EpcisProjection projection =
            new EpcisProjection(content, events, new PlacePositions(database.client()), database.transactions());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"ex:note\": \"a\\u0000b\"",
                "\"ex:a\\u0000b\": \"note\"",
                "\"errorDeclaration\": {\"declarationTime\": \"" + TIME + "\", \"ex:note\": \"\\ud800\"}",
                "\"quantityList\": [{\"epcClass\": \"urn:x:y\", \"quantity\": 1e999999999}]",
                "\"quantityList\": [{\"epcClass\": \"urn:x:y\", \"quantity\": 0e369602762111716}]",
            })
    void what_no_database_keeps_is_refused_where_it_is_read(String member) {
        assertThatThrownBy(() -> EpcisDocument.parse(event("bad", TIME, member)))
                .isInstanceOf(MalformedEpcis.class);
    }

    /** Signed past the gateway's own checks; the market goes on, with what else the block has. */
    @Test
    void a_document_that_can_not_be_kept_stops_no_block() {
        List<Write> writes = new ArrayList<>();
        byte[] good = event("good", TIME, "\"ex:note\": \"kept\"");
        writes.add(recorded(event("nul", TIME, "\"ex:note\": \"\\u0000\""), "0".repeat(64)));
        for (byte[] document : List.of(
                good,
                event("late", "+12026-01-01T00:00:00Z", "\"ex:note\": 1"),
                event("x".repeat(10) + incompressible(), TIME, "\"ex:note\": 2"))) {
            String hash = EventHash.ids(EpcisDocument.parse(document)).getFirst();
            writes.add(recorded(document, hash.substring("ni:///sha-256;".length(), hash.indexOf('?'))));
        }
        ledger.transaction(
                LedgerFixture.MERCHANT,
                LedgerFixture.event("event.recorded", "recordEvent", LedgerFixture.MERCHANT),
                writes.toArray(Write[]::new));

        readModel.apply(ledger.seal(), projection);

        assertThat(database.client()
                        .sql("select event_id from captured_event")
                        .query(String.class)
                        .list())
                .containsExactly("urn:x:good");
    }

    @Test
    void a_long_text_is_kept_and_found() {
        String note = incompressible();
        byte[] document = event("long", TIME, "\"ex:note\": \"" + note + "\"");
        String hash = EventHash.ids(EpcisDocument.parse(document)).getFirst();
        ledger.transaction(
                LedgerFixture.MERCHANT,
                LedgerFixture.event("event.recorded", "recordEvent", LedgerFixture.MERCHANT),
                recorded(document, hash.substring("ni:///sha-256;".length(), hash.indexOf('?'))));

        readModel.apply(ledger.seal(), projection);

        assertThat(events.known(List.of(hash))).containsExactly(hash);
        assertThat(database.client()
                        .sql("select count(*) from captured_event where facets && ?::text[]")
                        .param(new String[] {EventIndex.kept("https://ex.example/note=" + note)})
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    private Write recorded(byte[] document, String sha256) {
        Digest stored = content.put(document, "application/ld+json", "test");
        EpcisRecord record = new EpcisRecord(
                "ni:///sha-256;" + sha256 + "?ver=CBV2.0",
                "ObjectEvent",
                "OBSERVE",
                null,
                null,
                Instant.parse(TIME),
                List.of(),
                null,
                null,
                stored,
                null,
                null);
        return LedgerFixture.write(
                RecordKind.EVENT,
                new Records.Recorded(record, LedgerFixture.MERCHANT, "MerchantsMSP", Instant.parse(TIME)),
                record.eventId());
    }

    private static byte[] event(String id, String time, String member) {
        return """
                {"@context": ["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld", {"ex": "https://ex.example/"}],
                 "type": "ObjectEvent", "action": "OBSERVE", "eventID": "urn:x:%s", "eventTime": "%s", "eventTimeZoneOffset": "+00:00",
                 "epcList": ["https://id.gs1.org/01/09521234123453/21/A-1"], %s}""".formatted(id, time, member).getBytes(StandardCharsets.UTF_8);
    }

    /** Longer than any index takes, however it is packed. */
    private static String incompressible() {
        Random random = new Random(1);
        return random.ints(20_000, 'a', 'z')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
