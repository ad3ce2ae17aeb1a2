package io.clearmarket.gateway.readmodel;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Asset;
import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.wallet.identity.PartyId;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The audit in SQL over the read model's views. */
@Component
class JdbcMoneyAudit implements MoneyAudit {
    private static final String COLUMNS = """
            select v.id, v.merchant, v.buyer, v.asset, v.deposited, v.held, v.gross, v.to_merchant, v.fee, v.referrer,
                   v.to_buyer, v.paid_gross, v.paid_buyer, v.settled, v.breaches
            """;

    private static final String SEARCH = """
            select 'consignment' as kind, id, id as about from consignment
            where id like :prefix or order_id = :text or escrow_id = :hex
            union all
            select 'order', id, null from purchase_order where id like :prefix
            union all
            select 'party', id, null from party where id like :prefix or lower(address) = lower(:text)
            union all
            select 'item', epc, consignment_id from item where epc like :prefix
            union all
            select 'event', event_id, null from epcis_event where event_id like :prefix or document = :hex
            union all
            select 'transaction', t.id, e.consignment_id from ledger_transaction t
            left join domain_event e using (block, tx_index) where t.id like :prefix and t.id <> ''
            union all
            select 'evidence', array_to_string(id, '/'), value ->> 'consignmentId' from record
            where kind = 'EVIDENCE' and id[2] = :hex
            order by 1, 2 limit :most""";

    private static final int ESCROWS_AT_ONCE = 500;

    private final JdbcClient database;

    JdbcMoneyAudit(JdbcClient database) {
        this.database = database;
    }

    @Override
    public Conservation conservation() {
        List<Totals> totals = totals("");
        List<Line> differing = database.sql(
                        COLUMNS + " from conservation v where cardinality(v.breaches) > 0 order by v.id")
                .query((row, i) -> line(row))
                .list();
        return new Conservation(totals.stream().mapToLong(Totals::consignments).sum(), totals, differing);
    }

    @Override
    public Optional<Line> conservation(ConsignmentId id) {
        return database.sql(COLUMNS + " from conservation v where v.id = ?")
                .param(id.value())
                .query((row, i) -> line(row))
                .optional();
    }

    @Override
    public Page<Line> lines(@Nullable String cursor, int limit) {
        Cursor from = Cursor.decode(cursor);
        List<Placed> rows = database.sql(COLUMNS + """
                        , c.created_block, c.created_index from conservation v join consignment c using (id)
                        where (c.created_block, c.created_index, c.id) < (:block, :index, :id)
                        order by c.created_block desc, c.created_index desc, c.id desc limit :limit""")
                .param("block", from.block())
                .param("index", from.index())
                .param("id", from.id())
                .param("limit", Paging.limit(limit) + 1)
                .query((row, i) -> new Placed(line(row), new Cursor(row.getLong(16), row.getInt(17), row.getString(1))))
                .list();
        boolean more = rows.size() > limit;
        List<Placed> shown = more ? rows.subList(0, limit) : rows;
        return new Page<>(
                shown.stream().map(Placed::line).toList(),
                more ? shown.getLast().cursor().encode() : null);
    }

    @Override
    public List<Hit> search(String text) {
        String wanted = text.strip();
        if (wanted.isEmpty() || wanted.length() > 300) {
            throw new InvalidQuery("q", wanted, "an id of 1 to 300 characters");
        }
        String escaped = wanted.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
        return database.sql(SEARCH)
                .param("text", wanted)
                .param("most", MOST_HITS)
                .param("hex", wanted.startsWith("0x") ? wanted.substring(2).toLowerCase(Locale.ROOT) : wanted)
                .param("prefix", wanted.length() < SHORTEST_PREFIX ? escaped : escaped + "%")
                .query((row, i) -> hit(row))
                .list();
    }

    @Override
    public void escrows(@Nullable Asset asset, Consumer<List<Escrow>> taker) {
        List<Escrow> some = new ArrayList<>(ESCROWS_AT_ONCE);
        try (Stream<Escrow> all = database
                .sql("""
                        select c.id, c.escrow_id, c.asset, t.total, c.deposited, c.held, c.gross + c.to_buyer,
                               c.paid_gross, c.paid_buyer
                        from consignment c join terms t on t.consignment_id = c.id
                        where :asset = '' or c.asset = :asset order by c.id""")
                .withFetchSize(ESCROWS_AT_ONCE)
                .param("asset", asset == null ? "" : asset.caip19())
                .query((row, i) -> escrow(row))
                .stream()) {
            all.forEach(escrow -> {
                some.add(escrow);
                if (some.size() == ESCROWS_AT_ONCE) {
                    taker.accept(List.copyOf(some));
                    some.clear();
                }
            });
        }
        if (!some.isEmpty()) {
            taker.accept(List.copyOf(some));
        }
    }

    @Override
    public List<Totals> totals(PartyId merchant) {
        return totals(merchant.value());
    }

    private List<Totals> totals(String merchant) {
        return database.sql("""
                        select asset, count(*), sum(deposited), sum(held), sum(gross), sum(to_merchant), sum(fee),
                               sum(referrer), sum(to_buyer), sum(paid_gross), sum(paid_buyer)
                        from consignment where :merchant = '' or merchant = :merchant
                        group by asset order by asset""")
                .param("merchant", merchant)
                .query((row, i) -> totals(row))
                .list();
    }

    private static Escrow escrow(ResultSet row) throws SQLException {
        return new Escrow(
                new ConsignmentId(row.getString(1)),
                new Digest(row.getString(2)),
                new Asset(row.getString(3)),
                amount(row, 4),
                amount(row, 5),
                amount(row, 6),
                amount(row, 7),
                amount(row, 8),
                amount(row, 9));
    }

    private static Hit hit(ResultSet row) throws SQLException {
        String about = row.getString(3);
        return new Hit(row.getString(1), row.getString(2), about == null ? null : new ConsignmentId(about));
    }

    private static Line line(ResultSet row) throws SQLException {
        return new Line(
                new ConsignmentId(row.getString(1)),
                new PartyId(row.getString(2)),
                new PartyId(row.getString(3)),
                new Asset(row.getString(4)),
                amount(row, 5),
                amount(row, 6),
                amount(row, 7),
                amount(row, 8),
                amount(row, 9),
                amount(row, 10),
                amount(row, 11),
                amount(row, 12),
                amount(row, 13),
                row.getBoolean(14),
                Arrays.asList((String[]) row.getArray(15).getArray()));
    }

    private static Totals totals(ResultSet row) throws SQLException {
        return new Totals(
                new Asset(row.getString(1)),
                row.getLong(2),
                amount(row, 3),
                amount(row, 4),
                amount(row, 5),
                amount(row, 6),
                amount(row, 7),
                amount(row, 8),
                amount(row, 9),
                amount(row, 10),
                amount(row, 11));
    }

    private static Amount amount(ResultSet row, int column) throws SQLException {
        BigDecimal value = row.getBigDecimal(column);
        return new Amount(value.toBigIntegerExact());
    }

    private record Placed(Line line, Cursor cursor) {}
}
