package io.clearmarket.gateway.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A real PostgreSQL for tests: one server per JVM, an empty migrated database for each who asks. */
public final class TestDatabase {
    private static final AtomicInteger NAMES = new AtomicInteger();
    private static @Nullable EmbeddedPostgres server;

    private final DataSource source;

    private TestDatabase(DataSource source) {
        this.source = source;
    }

    /** An empty database with every migration applied. */
    public static TestDatabase create() {
        DataSource source = server().getDatabase("postgres", newDatabase());
        Flyway.configure().dataSource(source).outOfOrder(true).load().migrate();
        return new TestDatabase(source);
    }

    /** An empty database for another program: postgres://user@host:port/name. */
    public static String emptyUrl() {
        String name = newDatabase();
        return "postgres://postgres@127.0.0.1:" + server().getPort() + "/" + name;
    }

    private static String newDatabase() {
        String name = "test" + NAMES.incrementAndGet();
        try (Connection connection = server().getPostgresDatabase().getConnection()) {
            connection.createStatement().execute("create database " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return name;
    }

    public DataSource source() {
        return source;
    }

    public JdbcTemplate template() {
        return new JdbcTemplate(source);
    }

    public JdbcClient client() {
        return JdbcClient.create(source);
    }

    public JdbcTransactionManager transactions() {
        return new JdbcTransactionManager(source);
    }

    public TransactionTemplate transaction() {
        return new TransactionTemplate(transactions());
    }

    private static synchronized EmbeddedPostgres server() {
        if (server == null) {
            try {
                server = EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "off")
                        .setServerConfig("max_connections", "100")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return server;
    }
}
