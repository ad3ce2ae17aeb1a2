package io.clearmarket.gateway.readmodel;

import io.clearmarket.wallet.identity.PartyId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * What changed in consignments from a day on, as rows to select from: of each version its {@code day}, its value {@code now} and the one
 * {@code before}, which is null for the first. A day is one of UTC by the ledger's own time, a running maximum over transactions.
 */
@Repository
class ChangesByDay {
    private static final String CHANGES = """
            with clock as (
                select block, tx_index, max(at) over (order by block, tx_index) as at
                from domain_event where (block, tx_index) >= (:block, :index)),
            changed as (
                select distinct v.id from record_version v join consignment c on v.id = array[c.id]
                where v.kind = 'CONSIGNMENT' and (v.block, v.tx_index) >= (:block, :index)
                  and (:who = '' or c.merchant = :who)),
            versions as (
                select v.block, v.tx_index, v.value as now,
                       lag(v.value) over (partition by v.id order by v.block, v.tx_index, v.write_index) as before
                from record_version v join changed using (id) where v.kind = 'CONSIGNMENT'),
            change as (
                select (k.at at time zone 'UTC')::date as day, now, before
                from versions join clock k using (block, tx_index))
            """;

    private final JdbcClient database;
    private final MoneyHistory history;

    ChangesByDay(JdbcClient database, MoneyHistory history) {
        this.database = database;
        this.history = history;
    }

    /** The day of the newest transaction; empty if there is none. */
    Optional<LocalDate> newest() {
        return database.sql("select max(at) from domain_event")
                .query((row, i) -> Optional.ofNullable(row.getTimestamp(1))
                        .map(at -> at.toInstant().atZone(ZoneOffset.UTC).toLocalDate()))
                .single();
    }

    /**
     * A question to the changes.
     *
     * @param merchant whose consignments; absent for all
     * @param select from {@code change}
     */
    JdbcClient.StatementSpec since(LocalDate first, @Nullable PartyId merchant, String select) {
        Instant from = first.atStartOfDay().toInstant(ZoneOffset.UTC);
        MoneyHistory.Place place = history.reached(from).orElse(MoneyHistory.Place.END);
        return database.sql(CHANGES + select)
                .param("block", place.block())
                .param("index", place.index())
                .param("who", who(merchant));
    }

    /** As a parameter of a question. */
    static String who(@Nullable PartyId merchant) {
        return merchant == null ? "" : merchant.value();
    }
}
