package io.clearmarket.gateway.epcis.bench;

import io.clearmarket.gateway.config.EmbeddedDatabase;
import io.clearmarket.gateway.epcis.graph.RecallScope;
import io.clearmarket.gateway.epcis.graph.Trace.Direction;
import io.clearmarket.gateway.epcis.graph.Tracer;
import io.clearmarket.gateway.readmodel.Viewer;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Random;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.util.FileSystemUtils;

/** Traces and recalls in a graph of generated events, in a PostgreSQL with the gateway's own schema and queries. */
public final class GraphBench {
    private static final int CALLS = 1_000;
    private static final int RECALL_SHARE = 5;

    private GraphBench() {}

    /**
     * What was measured.
     *
     * @param loadSeconds COPY, indexes and statistics
     * @param megabytes of events, edges and their indexes
     * @param back traces from items to their origins
     * @param forward traces from lots to all that holds some of them
     * @param recall the scope of a recall of a lot, totals and its first 100 items
     */
    public record Figures(
            int events,
            long edges,
            double loadSeconds,
            long megabytes,
            Percentiles back,
            Percentiles forward,
            Percentiles recall) {
        /** The figures for people. */
        public void print(PrintStream out) {
            out.printf(
                    Locale.ROOT,
                    "%d events and %d edges, loaded by COPY in %.0f s, %d MB%n",
                    events,
                    edges,
                    loadSeconds,
                    megabytes);
            back.print(out, "trace back from an item");
            forward.print(out, "trace forward from a lot");
            recall.print(out, "scope of a recall of a lot");
        }
    }

    /** Makes the graph in a database of its own, asks, and deletes it. */
    public static Figures run(int events, long seed, PrintStream progress) {
        Path folder;
        try {
            folder = Files.createTempDirectory("clearmarket-graph");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try (EmbeddedDatabase database = EmbeddedDatabase.open(folder.resolve("postgres"))) {
            progress.printf(Locale.ROOT, "generating %d events ...%n", events);
            DataSource source = new DriverManagerDataSource(database.jdbcUrl(), "postgres", "");
            Flyway.configure().dataSource(source).outOfOrder(true).load().migrate();
            return measure(source, events, seed, CALLS);
        } finally {
            try {
                FileSystemUtils.deleteRecursively(folder);
            } catch (IOException e) {
                progress.println("left behind: " + folder + ", " + e);
            }
        }
    }

    /** Loads the graph into an empty, migrated database and asks so often each way, and a fifth as often for recalls. */
    static Figures measure(DataSource source, int events, long seed, int calls) {
        Instant start = Instant.now();
        GraphLoader loader = GraphLoader.load(source, events, seed);
        double seconds = Duration.between(start, Instant.now()).toMillis() / 1e3;
        SingleConnectionDataSource one;
        try {
            one = new SingleConnectionDataSource(source.getConnection(), true);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        try {
            JdbcClient client = JdbcClient.create(one);
            Tracer tracer = new Tracer(client);
            RecallScope scope = new RecallScope(client);
            Viewer auditor = new Viewer(true, null);
            Random random = new Random(seed);
            Percentiles back = Percentiles.measure(
                    calls,
                    i -> tracer.trace(loader.item(random), Direction.BACK),
                    trace -> trace.things().size());
            Percentiles forward = Percentiles.measure(
                    calls,
                    i -> tracer.trace(loader.lot(random), Direction.FORWARD),
                    trace -> trace.things().size());
            Percentiles recall = Percentiles.measure(
                    calls / RECALL_SHARE,
                    i -> scope.of(loader.lot(random), auditor, "", 100),
                    RecallScope.Scope::items);
            return new Figures(loader.events(), loader.edges(), seconds, megabytes(client), back, forward, recall);
        } finally {
            one.destroy();
        }
    }

    private static long megabytes(JdbcClient client) {
        return client.sql("""
                        select (pg_total_relation_size('captured_event') + pg_total_relation_size('provenance_edge'))
                               / 1048576""").query(Long.class).single();
    }
}
