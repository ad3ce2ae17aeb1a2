package io.clearmarket.gateway.pages;

import io.clearmarket.chaincode.api.Epc;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * When an item's page was first opened here. A buyer who is the first to scan a sealed code, and reads that it was opened weeks
 * ago, knows something. Nothing is kept of who opened it, and nothing of later times.
 */
@Component
class FirstScans {
    private final JdbcClient database;

    FirstScans(JdbcClient database) {
        this.database = database;
    }

    /** Remembers now, unless an earlier time is known; answers the earliest. */
    Instant first(Epc epc, Instant now) {
        database.sql("insert into first_scan (epc, at) values (?, ?) on conflict do nothing")
                .params(epc.uri(), OffsetDateTime.ofInstant(now, ZoneOffset.UTC))
                .update();
        return database.sql("select at from first_scan where epc = ?")
                .param(epc.uri())
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
    }
}
