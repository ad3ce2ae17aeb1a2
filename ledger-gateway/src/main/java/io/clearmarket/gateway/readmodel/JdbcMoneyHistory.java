package io.clearmarket.gateway.readmodel;

import io.clearmarket.chaincode.api.Batch;
import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.SignedTerms;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.wallet.identity.PartyId;
import io.clearmarket.wallet.json.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The history in SQL: every version of every record is kept. */
@Component
class JdbcMoneyHistory implements MoneyHistory {
    private final JdbcClient database;

    JdbcMoneyHistory(JdbcClient database) {
        this.database = database;
    }

    @Override
    public Optional<Place> reached(Instant instant) {
        return database.sql("""
                        select block, tx_index from domain_event where at >= ?
                        order by block, tx_index limit 1""")
                .param(Timestamp.from(instant))
                .query((row, i) -> new Place(row.getLong(1), row.getInt(2)))
                .optional();
    }

    @Override
    public Map<ConsignmentId, Terms> terms(PartyId merchant) {
        return database
                .sql("""
                        select t.value from consignment c
                        join record t on t.kind = 'TERMS' and t.id = array[c.id] where c.merchant = ?""")
                .param(merchant.value())
                .query((row, i) -> Json.MAPPER
                        .readValue(row.getString(1), SignedTerms.class)
                        .terms())
                .list()
                .stream()
                .collect(Collectors.toMap(Terms::consignmentId, Function.identity()));
    }

    @Override
    public List<Standing> standings(PartyId merchant, Place before) {
        return database.sql("""
                        select c.id, last.money from consignment c
                        cross join lateral (
                            select v.value ->> 'money' as money from record_version v
                            where v.kind = 'CONSIGNMENT' and v.id = array[c.id] and (v.block, v.tx_index) < (?, ?)
                            order by v.block desc, v.tx_index desc, v.write_index desc limit 1) last
                        where c.merchant = ? order by c.id""")
                .params(before.block(), before.index(), merchant.value())
                .query((row, i) -> new Standing(new ConsignmentId(row.getString(1)), money(row.getString(2))))
                .list();
    }

    /** The ledger's time is a running maximum, and the time at which a period begins has come before its first transaction. */
    @Override
    public List<Change> changes(PartyId merchant, Place from, Place before) {
        return database.sql("""
                        with clock as (
                            select block, tx_index, tx_id, command,
                                   max(at) over (order by block, tx_index) as at
                            from domain_event),
                        versions as (
                            select c.id, v.block, v.tx_index, v.value ->> 'money' as money,
                                   lag(v.value ->> 'money')
                                       over (partition by c.id order by v.block, v.tx_index, v.write_index) as before
                            from consignment c
                            join record_version v on v.kind = 'CONSIGNMENT' and v.id = array[c.id]
                            where c.merchant = :merchant)
                        select v.block, v.tx_index, k.tx_id, k.at,
                               case when k.command = :batch then coalesce((
                                   select min(m.command) from market_event m
                                   where m.block = v.block and m.tx_index = v.tx_index and m.consignment_id = v.id
                                   having count(distinct m.command) = 1), k.command) else k.command end,
                               v.id, v.before, v.money, e.id
                        from versions v
                        join clock k using (block, tx_index)
                        left join record_version e on e.kind = 'EVIDENCE' and e.block = v.block
                            and e.tx_index = v.tx_index and e.value ->> 'consignmentId' = v.id
                        where (v.block, v.tx_index) >= (:fromBlock, :fromIndex)
                          and (v.block, v.tx_index) < (:block, :index)
                          and v.before is distinct from v.money
                        order by v.block, v.tx_index, v.id""")
                .param("merchant", merchant.value())
                .param("batch", Batch.NAME)
                .param("fromBlock", from.block())
                .param("fromIndex", from.index())
                .param("block", before.block())
                .param("index", before.index())
                .query((row, i) -> change(row))
                .list();
    }

    private static Change change(ResultSet row) throws SQLException {
        String before = row.getString(7);
        return new Change(
                new Place(row.getLong(1), row.getInt(2)),
                row.getString(3),
                row.getTimestamp(4).toInstant(),
                row.getString(5),
                new ConsignmentId(row.getString(6)),
                before == null ? null : money(before),
                money(row.getString(8)),
                evm(row));
    }

    /** Its key is (chain, transaction, log). */
    private static @Nullable Evm evm(ResultSet row) throws SQLException {
        if (row.getArray(9) == null) {
            return null;
        }
        String[] id = (String[]) row.getArray(9).getArray();
        return new Evm(new Digest(id[1]), Long.parseLong(id[2]));
    }

    private static Consignment.Ledgered money(String json) {
        return Json.MAPPER.readValue(json, Consignment.Ledgered.class);
    }
}
