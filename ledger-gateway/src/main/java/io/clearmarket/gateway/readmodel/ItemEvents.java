package io.clearmarket.gateway.readmodel;

import io.clearmarket.chaincode.api.Epc;
import io.clearmarket.chaincode.api.Records;
import io.clearmarket.wallet.json.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The EPCIS events of single items, by the time that they tell, the oldest first; those of one time by their names. Numbers
 * count from 1 and are those of one moment: a late event moves the ones after it.
 */
@Component
public class ItemEvents {
    private static final String OF_ITEM =
            " from record l join epcis_event e on e.event_id = l.id[2] where l.kind = 'ITEMEVENT' and l.id[1] = :epc ";

    /** Nobody declared it to be in error. */
    private static final String STANDING =
            " and not exists (select 1 from record x where x.kind = 'EVENTERROR' and x.id = array[e.event_id]) ";

    /** What an event's time may be (RFC 3339), and PostgreSQL knows. */
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999Z");

    private final JdbcClient database;

    public ItemEvents(JdbcClient database) {
        this.database = database;
    }

    public int count(Epc epc) {
        return database.sql("select count(*)" + OF_ITEM)
                .param("epc", epc.uri())
                .query(Integer.class)
                .single();
    }

    /** The events of these numbers, as far as there are any. */
    public List<Records.Recorded> numbered(Epc epc, int first, int last) {
        return database.sql("select e.value::text" + OF_ITEM + """
                        order by e.event_time, e.event_id offset :before limit :limit""")
                .param("epc", epc.uri())
                .param("before", first - 1)
                .param("limit", last - first + 1)
                .query((row, i) -> recorded(row.getString(1)))
                .list();
    }

    /** The numbers of those of the events that are the item's. */
    public Map<String, Integer> numbers(Epc epc, Collection<String> eventIds) {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        database.sql("select event_id, number from (select e.event_id,"
                        + " row_number() over (order by e.event_time, e.event_id) as number" + OF_ITEM
                        + ") numbered where event_id = any(:events)")
                .param("epc", epc.uri())
                .param("events", eventIds.toArray(String[]::new))
                .query(row -> {
                    numbers.put(row.getString(1), row.getInt(2));
                });
        return numbers;
    }

    /** The newest event that nobody declared to be in error. */
    public Optional<Records.Recorded> newest(Epc epc) {
        return database.sql("select e.value::text" + OF_ITEM + STANDING + """
                        order by e.event_time desc, e.event_id desc limit 1""")
                .param("epc", epc.uri())
                .query((row, i) -> recorded(row.getString(1)))
                .optional();
    }

    /** By who recorded them: that some of these events are in error, the newest declaration of each. */
    public List<Records.Recorded> declarations(Collection<Records.Recorded> events) {
        return database.sql("""
                        select distinct on (id[1]) value::text from record
                        where kind = 'DECLARATION' and id[1] = any(?)
                        order by id[1], created_block desc, created_index desc""")
                .param(events.stream().map(event -> event.event().eventId()).toArray(String[]::new))
                .query((row, i) -> recorded(row.getString(1)))
                .list();
    }

    /** The item's event of a business step that came to the ledger first, of those that nobody declared to be in error. */
    public Optional<Records.Recorded> firstRecorded(Epc epc, String bizStep) {
        return database.sql("select e.value::text" + OF_ITEM + STANDING + """
                        and e.biz_step = :step order by e.created_block, e.created_index, e.event_id limit 1""")
                .param("epc", epc.uri())
                .param("step", bizStep)
                .query((row, i) -> recorded(row.getString(1)))
                .optional();
    }

    /** A part of them. */
    public Page<Records.Recorded> page(Epc epc, @Nullable String cursor, int limit) {
        Cursor after = Cursor.decode(cursor);
        List<Paging.Row> rows = database.sql("select e.value::text, e.event_time, e.event_id" + OF_ITEM + """
                        and (e.event_time, e.event_id) > (cast(:after as timestamptz), :id)
                        order by e.event_time, e.event_id limit :limit""")
                .param("epc", epc.uri())
                .param("after", cursor == null ? "-infinity" : time(cursor, after.block()))
                .param("id", after.id())
                .param("limit", Paging.limit(limit) + 1)
                .query(ItemEvents::row)
                .list();
        return Paging.page(rows, limit, Records.Recorded.class);
    }

    /** The place in this list is the event's time, in microseconds, and its name. */
    private static Paging.Row row(ResultSet row, int number) throws SQLException {
        Instant time = row.getTimestamp(2).toInstant();
        long micros = TimeUnit.SECONDS.toMicros(time.getEpochSecond()) + TimeUnit.NANOSECONDS.toMicros(time.getNano());
        return new Paging.Row(row.getString(1), new Cursor(micros, 0, row.getString(3)));
    }

    private static String time(String cursor, long micros) {
        Instant time = Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
        if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
            throw new InvalidQuery("cursor", cursor, "the \"next\" of an earlier answer");
        }
        return time.toString();
    }

    private static Records.Recorded recorded(String json) {
        return Json.MAPPER.readValue(json, Records.Recorded.class);
    }
}
