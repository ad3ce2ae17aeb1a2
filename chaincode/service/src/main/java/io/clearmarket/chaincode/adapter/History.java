package io.clearmarket.chaincode.adapter;

import io.clearmarket.chaincode.api.HistoryEntry;
import io.clearmarket.chaincode.api.HistoryPage;
import io.clearmarket.chaincode.api.RefusalCode;
import io.clearmarket.wallet.json.CanonicalJson;
import io.clearmarket.wallet.json.Json;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.hyperledger.fabric.shim.ChaincodeStub;
import org.hyperledger.fabric.shim.ledger.CompositeKey;
import org.hyperledger.fabric.shim.ledger.KeyModification;

/**
 * What a record has been, a page at a time. Fabric knows no pages of a history, so each begins behind the transaction that the one before
 * ended with.
 */
final class History {
    private History() {}

    /** @param asked a page size and a bookmark */
    static byte[] page(CompositeKey key, List<String> asked, ChaincodeStub stub) {
        int size = Lists.pageSize(asked.getFirst());
        String after = asked.getLast();
        try (var changes = stub.getHistoryForKey(key.toString())) {
            return CanonicalJson.bytes(page(changes.iterator(), size, after));
        } catch (RequestRefused refused) {
            throw refused;
        } catch (Exception e) {
            throw new IllegalStateException("the peer gave no history", e);
        }
    }

    private static HistoryPage page(Iterator<KeyModification> changes, int size, String after) {
        boolean begun = after.isEmpty();
        while (!begun && changes.hasNext()) {
            begun = changes.next().getTxId().equals(after);
        }
        if (!begun) {
            throw new RequestRefused(RefusalCode.INVALID_VALUE, "the bookmark is not one of this history");
        }
        List<HistoryEntry> entries = new ArrayList<>();
        while (changes.hasNext() && entries.size() < size) {
            entries.add(entry(changes.next()));
        }
        return new HistoryPage(entries, changes.hasNext() ? entries.getLast().transaction() : "");
    }

    private static HistoryEntry entry(KeyModification change) {
        return new HistoryEntry(
                change.getTxId(),
                change.getTimestamp(),
                change.isDeleted() ? null : Json.MAPPER.readTree(change.getStringValue()));
    }
}
