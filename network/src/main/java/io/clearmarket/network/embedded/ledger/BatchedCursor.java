package io.clearmarket.network.embedded.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.hyperledger.fabric.protos.ledger.queryresult.KV;
import org.jspecify.annotations.Nullable;

/** Batches with the peer's read-ahead: a batch is cut only when the result after it was fetched. */
final class BatchedCursor implements Simulator.Cursor {
    /** {@code ledger.state.totalQueryLimit}: a scan ends there without a word. */
    static final int TOTAL_QUERY_LIMIT = 100_000;

    private static final int BATCH = 100;

    private final Supplier<@Nullable KV> results;
    private List<KV> pending = new ArrayList<>();
    private int fetched;
    private boolean closed;

    /** @param results the next one each time, null at the end */
    BatchedCursor(Supplier<@Nullable KV> results) {
        this.results = results;
    }

    @Override
    public Simulator.Batch next() {
        while (!closed && fetched < TOTAL_QUERY_LIMIT) {
            KV result = results.get();
            if (result == null) {
                break;
            }
            fetched++;
            if (pending.size() == BATCH) {
                List<KV> full = pending;
                pending = new ArrayList<>(List.of(result));
                return new Simulator.Batch(full, true);
            }
            pending.add(result);
        }
        closed = true;
        List<KV> rest = pending;
        pending = List.of();
        return new Simulator.Batch(rest, false);
    }

    @Override
    public void close() {
        closed = true;
        pending = List.of();
    }
}
