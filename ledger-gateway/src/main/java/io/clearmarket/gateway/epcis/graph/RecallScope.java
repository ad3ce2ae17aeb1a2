package io.clearmarket.gateway.epcis.graph;

import io.clearmarket.gateway.epcis.store.Values;
import io.clearmarket.gateway.readmodel.InvalidQuery;
import io.clearmarket.gateway.readmodel.Viewer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What a recall of a lot, item or ingredient reaches: every single item that came of it, who has it, and the order it was last sold
 * in. Whose order it is, is told to those who have a part in it, to auditors and operators; all others learn how many there are.
 */
@Component
public class RecallScope {
    /** The most that one part of the list holds. */
    static final int MOST = 1_000;

    /** A class without a lot is where a trace ends. */
    private static final String REACHED = """
            with recursive down(thing) as (
                select :thing::text
                union
                select e.target from down
                join provenance_edge e on e.source = down.thing and e.kind <> 'PACKED'
                where down.thing = :thing or down.thing !~ '^https://id.gs1.org/01/[0-9]{14}$'),
            affected as materialized (
                select d.thing, i.value ->> 'custodian' custodian, c.id[1] consignment, c.value ->> 'orderId' order_id,
                       (c.value ->> 'closed')::boolean closed, c.value ->> 'goods' goods,
                       c.value ->> 'buyer' buyer, c.value ->> 'merchant' merchant
                from down d
                left join record i on i.kind = 'ITEM' and i.id = array[d.thing]
                left join record c on c.kind = 'CONSIGNMENT' and c.id = array[i.value ->> 'consignmentId']
                where d.thing ~ '^https://id.gs1.org/(01/[0-9]{14}/21/|(?!01/)[0-9]{2,4}/)')
            """;

    private final JdbcClient database;

    public RecallScope(JdbcClient database) {
        this.database = database;
    }

    /**
     * The scope, or a part of it.
     *
     * @param recalls events by which the thing itself is called back, and that are not in error
     * @param items how many items are affected in all
     * @param openOrders of those the orders that are still open; each counts once
     * @param closedOrders and those that are closed
     * @param affected this part of the items, by their names
     * @param next where the part that follows begins; absent at the end
     */
    public record Scope(
            String thing,
            List<RecallEvent> recalls,
            int items,
            int openOrders,
            int closedOrders,
            List<Affected> affected,
            @Nullable String next) {}

    /** Who calls it back. */
    public record RecallEvent(
            String eventId, Instant eventTime, @Nullable String by) {}

    /**
     * An item.
     *
     * @param owner who has it by the ledger; absent where nobody is known, or a buyer whom the caller may not see
     * @param order the order it was last sold in; this and the others absent where there is none or the caller may not see it
     */
    public record Affected(
            String item,
            @Nullable String owner,
            @Nullable String order,
            @Nullable String consignment,
            @Nullable String goods,
            @Nullable Boolean closed) {}

    /**
     * A part of what is affected.
     *
     * @param thing in any GS1 spelling
     * @param after the item after which it begins; "" for the first part
     */
    public Scope of(String thing, Viewer viewer, String after, int limit) {
        if (limit < 1 || limit > MOST) {
            throw new InvalidQuery("limit", Integer.toString(limit), "from 1 to " + MOST);
        }
        String canonical = Values.canonical(thing);
        int[] totals = totals(canonical);
        List<Affected> page = database.sql(REACHED + """
                        select thing, custodian, consignment, order_id, closed, goods, buyer,
                               :seesAll or merchant = :viewer or buyer = :viewer sees
                        from affected where thing > :after order by thing limit :limit""")
                .param("thing", canonical)
                .param("seesAll", viewer.seesAll())
                .param("viewer", viewer.party() == null ? "" : viewer.party().value())
                .param("after", after)
                .param("limit", limit + 1)
                .query(RecallScope::affected)
                .list();
        boolean more = page.size() > limit;
        List<Affected> shown = more ? page.subList(0, limit) : page;
        return new Scope(
                canonical,
                recalls(canonical),
                totals[0],
                totals[1],
                totals[2],
                List.copyOf(shown),
                more ? shown.getLast().item() : null);
    }

    private int[] totals(String thing) {
        return database.sql(REACHED + """
                        select count(*), count(distinct order_id) filter (where not closed),
                               count(distinct order_id) filter (where closed) from affected""")
                .param("thing", thing)
                .query((row, i) -> new int[] {row.getInt(1), row.getInt(2), row.getInt(3)})
                .single();
    }

    private static Affected affected(ResultSet row, int number) throws SQLException {
        boolean sees = row.getBoolean("sees");
        String custodian = row.getString("custodian");
        boolean withBuyer = custodian != null && custodian.equals(row.getString("buyer"));
        return new Affected(
                row.getString("thing"),
                withBuyer && !sees ? null : custodian,
                sees ? row.getString("order_id") : null,
                sees ? row.getString("consignment") : null,
                sees ? row.getString("goods") : null,
                sees ? row.getObject("closed", Boolean.class) : null);
    }

    private List<RecallEvent> recalls(String thing) {
        return database.sql("""
                        select c.event_id, c.event_time, c.party from captured_event c
                        where c.facets @> array['disposition=recalled']
                          and c.facets && array['epc=' || :thing, 'epcClass=' || :thing, 'parentID=' || :thing]
                          and not exists (select 1 from captured_event d where d.hash = c.hash and d.declaration <> '')
                        order by c.event_time, c.seq""")
                .param("thing", thing)
                .query((row, i) ->
                        new RecallEvent(row.getString(1), row.getTimestamp(2).toInstant(), row.getString(3)))
                .list();
    }
}
