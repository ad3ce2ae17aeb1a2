package io.clearmarket.gateway.readmodel;

import io.clearmarket.wallet.identity.PartyId;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** {@link DailyConsignments}: how many stand where now, and backwards from there; deliveries from the view {@code service}. */
@Repository
class JdbcDailyConsignments implements DailyConsignments {
    private final JdbcClient database;
    private final ChangesByDay changes;

    JdbcDailyConsignments(JdbcClient database, ChangesByDay changes) {
        this.database = database;
        this.changes = changes;
    }

    private record Delivered(long kept, long late) {
        private static final Delivered NOTHING = new Delivered(0, 0);
    }

    @Override
    public List<Day> last(@Nullable PartyId merchant, int days) {
        Optional<LocalDate> newest = changes.newest();
        if (newest.isEmpty()) {
            return List.of();
        }
        LocalDate first = newest.get().minusDays(days - 1L);
        Map<Standing, Long> now = now(merchant);
        Map<LocalDate, Map<Standing, Long>> moved = moved(merchant, first);
        Map<LocalDate, Delivered> delivered = delivered(merchant, first);
        List<Day> found = new ArrayList<>();
        for (int i = 0; i < days; i++) {
            LocalDate day = newest.get().minusDays(i);
            Delivered that = delivered.getOrDefault(day, Delivered.NOTHING);
            found.add(new Day(day, Map.copyOf(now), that.kept(), that.late()));
            moved.getOrDefault(day, Map.of()).forEach((standing, more) -> now.merge(standing, -more, Long::sum));
        }
        return found.reversed();
    }

    /** SQL for where a consignment's value stands; null where it is closed or not there yet. */
    private static String standing(String value) {
        return """
                case when %1$s is null or (%1$s ->> 'closed')::boolean then null
                     when %1$s -> 'dispute' ->> 'status' is not null then 'DISPUTED'
                     when (%1$s -> 'money' ->> 'deposited')::numeric = 0 then 'UNPAID'
                     when %1$s ->> 'goods' = 'PLACED' then 'TO_SHIP'
                     when %1$s ->> 'goods' in ('SHIPPED', 'RETURN_SHIPPED') then 'UNDER_WAY'
                     else 'INSPECTED' end""".formatted(value);
    }

    private Map<Standing, Long> now(@Nullable PartyId merchant) {
        Map<Standing, Long> now = new EnumMap<>(Standing.class);
        for (Standing standing : Standing.values()) {
            now.put(standing, 0L);
        }
        database.sql("select " + standing("value") + """
                         as standing, count(*) from consignment
                        where not closed and (:who = '' or merchant = :who) group by 1""")
                .param("who", ChangesByDay.who(merchant))
                .query((row, i) -> now.put(Standing.valueOf(row.getString(1)), row.getLong(2)))
                .list();
        return now;
    }

    /** By how much each standing grew on each day. */
    private Map<LocalDate, Map<Standing, Long>> moved(@Nullable PartyId merchant, LocalDate first) {
        Map<LocalDate, Map<Standing, Long>> moved = new HashMap<>();
        changes.since(first, merchant, """
                        , step as (
                            select day, 1 as more, %s as standing from change
                            union all select day, -1, %s from change)
                        select day, standing, sum(more) from step where standing is not null group by 1, 2
                        """.formatted(standing("now"), standing("before")))
                .query((row, i) -> moved.computeIfAbsent(
                                row.getObject(1, LocalDate.class), none -> new EnumMap<>(Standing.class))
                        .put(Standing.valueOf(row.getString(2)), row.getLong(3)))
                .list();
        return moved;
    }

    private Map<LocalDate, Delivered> delivered(@Nullable PartyId merchant, LocalDate first) {
        Map<LocalDate, Delivered> delivered = new HashMap<>();
        database.sql("""
                        select (delivered_at at time zone 'UTC')::date,
                               count(*) filter (where delivered_at <= deliver_by),
                               count(*) filter (where delivered_at > deliver_by)
                        from service
                        where delivered_at >= :first::date at time zone 'UTC' and (:who = '' or merchant = :who)
                        group by 1""")
                .param("first", first.toString())
                .param("who", ChangesByDay.who(merchant))
                .query((row, i) ->
                        delivered.put(row.getObject(1, LocalDate.class), new Delivered(row.getLong(2), row.getLong(3))))
                .list();
        return delivered;
    }
}
