package io.clearmarket.gateway.epcis.warning;

import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.EpcisRecord;
import io.clearmarket.chaincode.api.RecordKind;
import io.clearmarket.chaincode.api.Records;
import io.clearmarket.gateway.content.ContentProperties;
import io.clearmarket.gateway.content.ContentStore;
import io.clearmarket.gateway.epcis.store.EpcisProjection;
import io.clearmarket.gateway.epcis.store.EventStore;
import io.clearmarket.gateway.epcis.store.PlacePositions;
import io.clearmarket.gateway.fabric.Write;
import io.clearmarket.gateway.provenance.EpcisDocument;
import io.clearmarket.gateway.provenance.EventRecords;
import io.clearmarket.gateway.readmodel.CustodyHistory;
import io.clearmarket.gateway.readmodel.ItemEventLog;
import io.clearmarket.gateway.readmodel.ReadModelFixture;
import io.clearmarket.gateway.testing.LedgerFixture;
import io.clearmarket.gateway.testing.TestDatabase;
import io.clearmarket.wallet.identity.PartyId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.springframework.util.unit.DataSize;

/** EPCIS events on a ledger of blocks, with everything that is derived from them. */
final class EpcisLedger {
    private final TestDatabase database = TestDatabase.create();
    private final LedgerFixture ledger = new LedgerFixture();
    private final ReadModelFixture readModel = new ReadModelFixture(database);
    private final ContentStore content = new ContentStore(
            database.client(), new ContentProperties(DataSize.ofMegabytes(1), DataSize.ofMegabytes(1)));
    private final PlacePositions places = new PlacePositions(database.client());
    private final EpcisProjection repository =
            new EpcisProjection(content, new EventStore(database.template()), places, database.transactions());
    private final ItemWarnings warnings = new ItemWarnings(database.client());
    private final WarningProjection projection = new WarningProjection(
            database.client(),
            new StoryStore(database.client(), places, new CustodyHistory(database.client())),
            warnings,
            new ItemEventLog(database.client()));

    TestDatabase database() {
        return database;
    }

    ReadModelFixture readModel() {
        return readModel;
    }

    ItemWarnings warnings() {
        return warnings;
    }

    /** An event as JSON members after type and time, signed by a party; one block. */
    void told(PartyId by, String time, String members) {
        document(by, "", """
                {"type": "ObjectEvent", "eventTime": "%s", "eventTimeZoneOffset": "+00:00", %s}""".formatted(time, members));
    }

    /** An event of any type, with a header before it. */
    void document(PartyId by, String header, String event) {
        byte[] bytes = """
                {"@context": ["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld", {"clearmarket": "urn:clearmarket:voc:"}],
                 "type": "EPCISDocument", "schemaVersion": "2.0", "creationDate": "2026-01-01T00:00:00Z", %s
                 "epcisBody": {"eventList": [%s]}}""".formatted(header, event).getBytes(StandardCharsets.UTF_8);
        Digest hash = content.put(bytes, "application/ld+json", "test");
        for (EpcisRecord record : EventRecords.of(EpcisDocument.parse(bytes), hash)) {
            Records.Recorded recorded = new Records.Recorded(record, by, "MerchantsMSP", Instant.now());
            boolean declared = record.errorDeclaration() != null;
            List<Write> writes = new ArrayList<>();
            writes.add(
                    declared
                            ? LedgerFixture.write(RecordKind.DECLARATION, recorded, record.eventId(), hash.hex())
                            : LedgerFixture.write(RecordKind.EVENT, recorded, record.eventId()));
            block(by, writes.toArray(Write[]::new));
        }
    }

    /** The ledger says who has an item. */
    void held(PartyId custodian, String epc, Instant since) {
        block(custodian, LedgerFixture.write(RecordKind.ITEM, new Records.Item(epc, custodian, null, since), epc));
    }

    /** The merchant sold an item to the buyer by an order, and the buyer has it. */
    void sold(String order, String epc) {
        Consignment placed = ledger.place(order, LedgerFixture.MERCHANT);
        Records.Item item = new Records.Item(epc, LedgerFixture.BUYER, placed.id(), LedgerFixture.START);
        block(LedgerFixture.MERCHANT, LedgerFixture.write(RecordKind.ITEM, item, epc));
    }

    private void block(PartyId by, Write... writes) {
        ledger.transaction(by, LedgerFixture.event("event.recorded", "recordEvent", by), writes);
        readModel.apply(ledger.seal(), repository, projection);
    }

    /** Forgets all that was derived and derives it again. */
    void rebuild() {
        database.transaction().executeWithoutResult(status -> {
            readModel.projection().reset();
            repository.reset();
            projection.reset();
        });
        ledger.blocks().forEach(block -> readModel.apply(block, repository, projection));
    }
}
