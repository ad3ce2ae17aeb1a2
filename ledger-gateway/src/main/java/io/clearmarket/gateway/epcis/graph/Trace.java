package io.clearmarket.gateway.epcis.graph;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of the provenance graph that hangs together with one thing.
 *
 * @param thing where the trace began
 * @param things everything that was reached, nearest first
 * @param ends those that nothing leads further from: the origins, or what the thing has become and is in by now
 * @param steps what leads from one to the next, each with the event that says so
 * @param complete false if there was more than is traced at once
 */
public record Trace(
        String thing,
        Direction direction,
        List<Reached> things,
        List<String> ends,
        List<Step> steps,
        boolean complete) {

    /** Which way. */
    public enum Direction {
        /** To what it was made of. */
        BACK,
        /** To what was made of it, and what that was packed into. */
        FORWARD
    }

    /**
     * A thing: item, lot, container, or transformation.
     *
     * @param distance how many steps away
     */
    public record Reached(String id, int distance) {}

    /**
     * A step.
     *
     * @param kind INPUT, OUTPUT, LOT, PART or PACKED
     * @param by who signed the event onto the ledger
     * @param until when a part was removed, or what was packed was taken out, again; absent while it is in, and of other kinds
     * @param endedBy the event that says so
     */
    public record Step(
            String source,
            String kind,
            String target,
            String eventId,
            Instant eventTime,
            @Nullable String by,
            @Nullable Instant until,
            @Nullable String endedBy) {}

    public Trace {
        things = List.copyOf(things);
        ends = List.copyOf(ends);
        steps = List.copyOf(steps);
    }
}
