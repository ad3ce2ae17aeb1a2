package io.clearmarket.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseTest {
    @TempDir
    private Path folder;

    @Test
    void data_is_kept_when_the_database_is_stopped_taken_over_and_started_again() throws Exception {
        Path data = folder.resolve("postgres");
        EmbeddedDatabase first = EmbeddedDatabase.open(data);
        execute(first, "CREATE TABLE kept (n int)", "INSERT INTO kept VALUES (7)");

        // the first is not closed: so does a gateway leave it that is killed
        EmbeddedDatabase second = EmbeddedDatabase.open(data);
        assertThat(second.jdbcUrl()).isEqualTo(first.jdbcUrl());
        assertThat(kept(second)).isEqualTo(7);
        second.close();
        assertThat(Files.exists(data.resolve("postmaster.pid"))).isFalse();

        first.close();
        try (EmbeddedDatabase third = EmbeddedDatabase.open(data)) {
            assertThat(kept(third)).isEqualTo(7);
            assertThat(setting(third, "fsync")).isEqualTo("on");
            assertThat(setting(third, "synchronous_commit")).isEqualTo("on");
        }
        assertThat(Files.exists(data.resolve("postmaster.pid"))).isFalse();
    }

    @Test
    void what_the_server_says_of_itself_is_in_its_log_and_no_statements_values() throws Exception {
        Path data = folder.resolve("postgres");
        try (EmbeddedDatabase database = EmbeddedDatabase.open(data)) {
            execute(database, "CREATE TABLE kept (n text PRIMARY KEY)", "INSERT INTO kept VALUES ('whsec_1')");
            assertThatThrownBy(() -> execute(database, "INSERT INTO kept VALUES ('whsec_1')"))
                    .hasMessageContaining("duplicate key");
        }

        // its logging process is the last to end, by itself
        assertThat(log(data, "received fast shutdown request"))
                .contains("database system is ready to accept connections")
                .doesNotContain("whsec_1");
    }

    @Test
    void another_program_with_the_process_id_of_a_dead_server_is_not_taken_over() throws Exception {
        long me = ProcessHandle.current().pid();
        Files.writeString(folder.resolve("postmaster.pid"), me + "\n/x\n1\n5432\n\n127.0.0.1\n 1 1\nready   \n");
        assertThat(Postmaster.of(folder)).isNull();
    }

    /** The log of the day, once it tells of this; what it holds after a minute otherwise. */
    private static String log(Path data, String awaited) throws Exception {
        Instant end = Instant.now().plusSeconds(60);
        while (true) {
            try (Stream<Path> logs = Files.list(data.resolve("log"))) {
                String log = Files.readString(logs.findAny().orElseThrow());
                if (log.contains(awaited) || Instant.now().isAfter(end)) {
                    return log;
                }
            }
            Thread.sleep(50);
        }
    }

    private static Connection connect(EmbeddedDatabase database) throws SQLException {
        return DriverManager.getConnection(database.jdbcUrl(), "postgres", "");
    }

    private static void execute(EmbeddedDatabase database, String... statements) throws SQLException {
        try (Connection connection = connect(database)) {
            for (String statement : statements) {
                connection.createStatement().execute(statement);
            }
        }
    }

    private static int kept(EmbeddedDatabase database) throws SQLException {
        try (Connection connection = connect(database);
                ResultSet rows = connection.createStatement().executeQuery("SELECT n FROM kept")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static String setting(EmbeddedDatabase database, String name) throws SQLException {
        try (Connection connection = connect(database);
                ResultSet rows = connection.createStatement().executeQuery("SHOW " + name)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
