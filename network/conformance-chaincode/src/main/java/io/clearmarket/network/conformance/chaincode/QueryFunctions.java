package io.clearmarket.network.conformance.chaincode;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.hyperledger.fabric.protos.peer.QueryResponseMetadata;
import org.hyperledger.fabric.shim.ChaincodeStub;
import org.hyperledger.fabric.shim.ledger.CompositeKey;
import org.hyperledger.fabric.shim.ledger.KeyModification;
import org.hyperledger.fabric.shim.ledger.KeyValue;
import org.hyperledger.fabric.shim.ledger.QueryResultsIterator;
import org.hyperledger.fabric.shim.ledger.QueryResultsIteratorWithMetadata;

/** Ranges, pages, composite keys, history. Lists are joined with commas. */
final class QueryFunctions {
    private QueryFunctions() {}

    private static String keys(Iterable<KeyValue> results) {
        List<String> keys = new ArrayList<>();
        results.forEach(result -> keys.add(result.getKey()));
        return String.join(",", keys);
    }

    private static int size(Iterable<KeyValue> results) {
        int size = 0;
        for (KeyValue ignored : results) {
            size++;
        }
        return size;
    }

    static String range(ChaincodeStub stub, String start, String end) {
        return keys(stub.getStateByRange(start, end));
    }

    /** Scans a range and writes the number of its keys under another key. */
    static String count(ChaincodeStub stub, String start, String end, String result) {
        String size = Integer.toString(size(stub.getStateByRange(start, end)));
        stub.putStringState(result, size);
        return size;
    }

    static String countPrefix(ChaincodeStub stub, String type, String attribute, String result) {
        String size = Integer.toString(size(stub.getStateByPartialCompositeKey(type, attribute)));
        stub.putStringState(result, size);
        return size;
    }

    /** Looks at the first result of a range only, closes it, closes it again, and writes the key found. */
    static String first(ChaincodeStub stub, String start, String end, String result) throws Exception {
        QueryResultsIterator<KeyValue> results = stub.getStateByRange(start, end);
        Iterator<KeyValue> keys = results.iterator();
        String first = keys.hasNext() ? keys.next().getKey() : "";
        results.close();
        results.close();
        stub.putStringState(result, first);
        return first;
    }

    /** Writes one key of a range and deletes another, then scans it. */
    static String changeThenRange(ChaincodeStub stub, String written, String deleted, String start, String end) {
        stub.putStringState(written, "own");
        stub.delState(deleted);
        return range(stub, start, end);
    }

    static String page(ChaincodeStub stub, String start, String end, int size, String bookmark) {
        QueryResultsIteratorWithMetadata<KeyValue> page =
                stub.getStateByRangeWithPagination(start, end, size, bookmark);
        QueryResponseMetadata metadata = page.getMetadata();
        return keys(page) + "|" + metadata.getFetchedRecordsCount() + "|" + metadata.getBookmark();
    }

    static String pageThenPut(ChaincodeStub stub, String start, String end, String written) {
        page(stub, start, end, 2, "");
        stub.putStringState(written, "paged");
        return "";
    }

    static String putThenPage(ChaincodeStub stub, String start, String end, String written) {
        stub.putStringState(written, "paged");
        return page(stub, start, end, 2, "");
    }

    static String query(ChaincodeStub stub) {
        return keys(stub.getQueryResult("{\"selector\":{}}"));
    }

    static String putComposite(ChaincodeStub stub, String type, String first, String second) {
        CompositeKey key = stub.createCompositeKey(type, first, second);
        stub.putStringState(key.toString(), "c");
        return "";
    }

    static String composites(ChaincodeStub stub, String type, String attribute) {
        List<String> found = new ArrayList<>();
        stub.getStateByPartialCompositeKey(type, attribute)
                .forEach(result -> found.add(
                        String.join("/", stub.splitCompositeKey(result.getKey()).getAttributes())));
        return String.join(",", found);
    }

    /** Newest first: transaction id, value or {@code deleted}, timestamp, separated by spaces. */
    static String history(ChaincodeStub stub, String key) {
        List<String> found = new ArrayList<>();
        for (KeyModification change : stub.getHistoryForKey(key)) {
            found.add(change.getTxId() + " " + (change.isDeleted() ? "deleted" : change.getStringValue()) + " "
                    + change.getTimestamp());
        }
        return String.join(",", found);
    }

    /** Reads the history of one key and writes another. */
    static String historyThenPut(ChaincodeStub stub, String key, String written) {
        String size = Integer.toString(history(stub, key).split(",", -1).length);
        stub.putStringState(written, size);
        return size;
    }
}
