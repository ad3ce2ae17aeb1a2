package io.clearmarket.gateway.epcis.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.gateway.epcis.graph.Trace.Direction;
import io.clearmarket.gateway.epcis.graph.Tracer;
import io.clearmarket.gateway.testing.TestDatabase;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A small graph; {@code -Dclearmarket.graph=N} makes it larger. */
class GraphBenchTest {
    private static final int EVENTS = Integer.getInteger("clearmarket.graph", 3_000);
    private static final int CALLS = 50;

    @Test
    void loaded_events_are_traced_and_recalled_as_captured_ones_are() {
        TestDatabase database = TestDatabase.create();
        GraphBench.Figures figures = GraphBench.measure(database.source(), EVENTS, 1, CALLS);
        assertThat(figures.events()).isEqualTo(EVENTS);
        assertThat(figures.edges()).isGreaterThan(2L * EVENTS);
        // an item, its transformation, three ingredients; three batches of items with their cartons and pallets
        assertThat(figures.back().meanThings()).isGreaterThan(4);
        assertThat(figures.forward().meanThings()).isGreaterThan(2 * GraphEvents.ITEMS);
        assertThat(figures.recall().meanThings()).isBetween(2.0 * GraphEvents.ITEMS, 5.0 * GraphEvents.ITEMS);
        assertThat(figures.back().p50())
                .isPositive()
                .isLessThanOrEqualTo(figures.back().p99());
        indexesAreBack(database);
        Tracer tracer = new Tracer(database.client());
        GraphEvents same = new GraphEvents(EVENTS, 1);
        while (same.hasNext()) {
            same.next();
        }
        assertThat(tracer.trace(same.item(new Random(7)), Direction.BACK).ends())
                .allMatch(end -> end.contains("/10/"));
    }

    private static void indexesAreBack(TestDatabase database) {
        String count = "select count(*) from pg_indexes where tablename in ('captured_event', 'provenance_edge')";
        assertThat(database.client().sql(count).query(Integer.class).single())
                .isEqualTo(TestDatabase.create()
                        .client()
                        .sql(count)
                        .query(Integer.class)
                        .single());
    }
}
