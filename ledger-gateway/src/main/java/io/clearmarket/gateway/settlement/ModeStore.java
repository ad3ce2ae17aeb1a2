package io.clearmarket.gateway.settlement;

import java.time.Instant;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The mode in force; it outlives a restart, and holds for all gateways on the same database. */
@Component
@ConditionalOnProperty("clearmarket.chain.rpc-url")
class ModeStore {
    private final JdbcClient database;

    ModeStore(JdbcClient database) {
        this.database = database;
    }

    /** The mode, and who changed it when. */
    record Setting(Mode mode, String changedBy, Instant changedAt) {}

    Setting current() {
        return database.sql("select mode, changed_by, changed_at from settlement_mode")
                .query((row, i) -> new Setting(
                        Mode.valueOf(row.getString("mode")),
                        row.getString("changed_by"),
                        row.getTimestamp("changed_at").toInstant()))
                .single();
    }

    void change(Mode mode, String by) {
        database.sql("update settlement_mode set mode = ?, changed_by = ?, changed_at = now()")
                .params(mode.name(), by)
                .update();
    }
}
