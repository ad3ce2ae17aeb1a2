package io.clearmarket.gateway.readmodel;

import io.clearmarket.wallet.identity.PartyId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** {@link ServiceFigures} from the view {@code service} and the cases' records. */
@Repository
class JdbcServiceFigures implements ServiceFigures {
    private static final String NOW = "with ledger as (select max(at) as at from domain_event) ";

    private static final String CASES = """
            , answers as (
                select c.merchant as who,
                       (k.value ->> 'at')::timestamptz as began,
                       (k.value ->> 'answeredAt')::timestamptz as done,
                       (k.value ->> 'answerBy')::timestamptz as due
                from record k join consignment c on c.id = k.id[1]
                where k.kind = 'CASE' and k.value ->> 'by' <> c.merchant
            ), answered as (
                select who, %s from answers cross join ledger group by who
            )
            """.formatted(promise("began", "done", "due"));

    private final JdbcClient database;

    JdbcServiceFigures(JdbcClient database) {
        this.database = database;
    }

    /** Four columns: kept, late, overdue, and the median of the time it took. */
    private static String promise(String began, String done, String due) {
        return """
                count(*) filter (where %2$s <= %3$s) as %1$s_kept,
                count(*) filter (where %2$s > %3$s) as %1$s_late,
                count(*) filter (where %2$s is null and %3$s < ledger.at) as %1$s_overdue,
                extract(epoch from percentile_disc(0.5) within group (order by %2$s - %1$s))::bigint as %1$s_median
                """.formatted(began, done, due);
    }

    @Override
    public List<Merchant> merchants(@Nullable PartyId merchant) {
        return database.sql(NOW + CASES + "select s.merchant, count(*), count(*) filter (where s.disputed), "
                        + promise("funded_at", "shipped_at", "ship_by") + ", "
                        + promise("shipped_at", "delivered_at", "deliver_by") + """
                        , coalesce(max(a.began_kept), 0), coalesce(max(a.began_late), 0), coalesce(max(a.began_overdue), 0),
                        max(a.began_median)
                        from service s cross join ledger left join answered a on a.who = s.merchant
                        where :who = '' or s.merchant = :who
                        group by s.merchant order by count(*) desc, s.merchant""")
                .param("who", merchant == null ? "" : merchant.value())
                .query((row, i) -> new Merchant(
                        new PartyId(row.getString(1)),
                        row.getLong(2),
                        row.getLong(3),
                        promise(row, 4),
                        promise(row, 8),
                        promise(row, 12)))
                .list();
    }

    @Override
    public List<Carrier> carriers(@Nullable PartyId carrier) {
        return carriers("carrier", carrier);
    }

    @Override
    public List<Carrier> carriersOf(PartyId merchant) {
        return carriers("merchant", merchant);
    }

    private List<Carrier> carriers(String column, @Nullable PartyId who) {
        return database.sql(NOW + "select s.carrier, " + promise("shipped_at", "delivered_at", "deliver_by")
                        + """
                        from service s cross join ledger
                        where s.shipped_at is not null and s.carrier is not null and (:who = '' or s.%s = :who)
                        group by s.carrier order by count(*) desc, s.carrier""".formatted(column))
                .param("who", who == null ? "" : who.value())
                .query((row, i) -> new Carrier(new PartyId(row.getString(1)), promise(row, 2)))
                .list();
    }

    private static Promise promise(ResultSet row, int first) throws SQLException {
        long median = row.getLong(first + 3);
        Long seconds = row.wasNull() ? null : Long.valueOf(median);
        return new Promise(row.getLong(first), row.getLong(first + 1), row.getLong(first + 2), seconds);
    }
}
