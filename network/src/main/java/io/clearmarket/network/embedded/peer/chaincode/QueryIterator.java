package io.clearmarket.network.embedded.peer.chaincode;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import io.clearmarket.network.embedded.ledger.Simulator;
import java.util.List;
import org.hyperledger.fabric.protos.ledger.queryresult.KeyModification;

/** Results handed to a chaincode in batches. */
interface QueryIterator {
    int BATCH = 100;

    /** One batch; {@code hasMore} only if a further result is already at hand, as the Java shim requires. */
    record Batch(List<ByteString> results, boolean hasMore) {}

    Batch next();

    void close();

    static QueryIterator of(Simulator.Cursor cursor) {
        return new QueryIterator() {
            @Override
            public Batch next() {
                Simulator.Batch batch = cursor.next();
                return new Batch(
                        batch.results().stream().map(MessageLite::toByteString).toList(), batch.hasMore());
            }

            @Override
            public void close() {
                cursor.close();
            }
        };
    }

    static QueryIterator of(List<KeyModification> history) {
        return new QueryIterator() {
            private int at;

            @Override
            public Batch next() {
                int end = Math.min(history.size(), at + BATCH);
                List<ByteString> results = history.subList(at, end).stream()
                        .map(MessageLite::toByteString)
                        .toList();
                at = end;
                return new Batch(results, end < history.size());
            }

            @Override
            public void close() {
                at = history.size();
            }
        };
    }
}
