package io.clearmarket.network.embedded.ledger;

import java.util.Iterator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Live keys of a range in order: the state before a block overlaid with the block's updates so far. */
final class RangeScan implements Iterator<SortedTree.Entry<StateValue>> {
    private final Iterator<SortedTree.Entry<StateValue>> committed;
    private final Iterator<Map.Entry<String, UpdateBatch.Update>> updated;
    private final String end;
    private final boolean endIncluded;
    private SortedTree.@Nullable Entry<StateValue> nextCommitted;
    private Map.@Nullable Entry<String, UpdateBatch.Update> nextUpdated;
    private SortedTree.@Nullable Entry<StateValue> next;

    private RangeScan(
            Iterator<SortedTree.Entry<StateValue>> committed,
            Iterator<Map.Entry<String, UpdateBatch.Update>> updated,
            String end,
            boolean endIncluded) {
        this.committed = committed;
        this.updated = updated;
        this.end = end;
        this.endIncluded = endIncluded;
        advanceCommitted();
        advanceUpdated();
        next = find();
    }

    /** Start inclusive, end exclusive; an empty end is the end of the namespace. */
    static RangeScan of(WorldState state, String namespace, String start, String end) {
        return of(state, new UpdateBatch(state), namespace, start, end, false);
    }

    /** As above over state and updates; the end belongs to the range if asked for. */
    static RangeScan of(
            WorldState state, UpdateBatch updates, String namespace, String start, String end, boolean endIncluded) {
        NavigableMap<String, UpdateBatch.Update> keys = updates.namespace(namespace);
        return new RangeScan(
                state.from(namespace, start),
                keys.tailMap(start, true).entrySet().iterator(),
                end,
                endIncluded);
    }

    private void advanceCommitted() {
        nextCommitted = committed.hasNext() ? committed.next() : null;
    }

    private void advanceUpdated() {
        nextUpdated = updated.hasNext() ? updated.next() : null;
    }

    private SortedTree.@Nullable Entry<StateValue> find() {
        while (nextCommitted != null || nextUpdated != null) {
            int order = nextCommitted == null
                    ? 1
                    : nextUpdated == null ? -1 : KeyOrder.compare(nextCommitted.key(), nextUpdated.getKey());
            SortedTree.Entry<StateValue> found = null;
            if (order <= 0) {
                found = nextCommitted;
                advanceCommitted();
            }
            if (order >= 0 && nextUpdated != null) {
                StateValue value = nextUpdated.getValue().value();
                found = value == null ? null : new SortedTree.Entry<>(nextUpdated.getKey(), value);
                advanceUpdated();
            }
            if (found != null) {
                return inRange(found.key()) ? found : null;
            }
        }
        return null;
    }

    private boolean inRange(String key) {
        int order = end.isEmpty() ? -1 : KeyOrder.compare(key, end);
        return order < 0 || (order == 0 && endIncluded);
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public SortedTree.Entry<StateValue> next() {
        SortedTree.Entry<StateValue> found = next;
        if (found == null) {
            throw new NoSuchElementException();
        }
        next = find();
        return found;
    }
}
