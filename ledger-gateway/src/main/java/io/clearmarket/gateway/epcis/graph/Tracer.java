package io.clearmarket.gateway.epcis.graph;

import io.clearmarket.gateway.epcis.graph.Trace.Direction;
import io.clearmarket.gateway.epcis.store.Values;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Finds what hangs together with a thing. A class without a lot ({@code /01/{gtin}}) is an end both ways: that two things are of one
 * kind does not connect them. What is packed is followed into its containers, and not out of them into their other contents; and into
 * what holds those only if it was in them at that time. What was taken out is where it was, and no longer in what it was taken from.
 */
@Component
public class Tracer {
    private final JdbcClient database;

    public Tracer(JdbcClient database) {
        this.database = database;
    }

    /** @param thing any spelling of an item's, lot's or container's identifier */
    public Trace trace(String thing, Direction direction) {
        return new Walk(database, Values.canonical(thing), direction).walked();
    }
}
