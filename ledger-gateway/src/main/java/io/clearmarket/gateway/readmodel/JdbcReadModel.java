package io.clearmarket.gateway.readmodel;

import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.Limits;
import io.clearmarket.chaincode.api.RecordKind;
import io.clearmarket.chaincode.api.Records;
import io.clearmarket.chaincode.api.SaleOffer;
import io.clearmarket.wallet.identity.PartyId;
import io.clearmarket.wallet.json.Json;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** The read model in PostgreSQL. */
@Component
class JdbcReadModel implements ReadModel {
    private static final String SEES = """
             (:seesAll or c.buyer = :viewer or c.merchant = :viewer or c.carrier = :viewer
              or exists (select 1 from record t where t.kind = 'TERMS' and t.id = array[c.id]
                         and t.value -> 'terms' -> 'arbiters' @> to_jsonb(:viewer::text)))""";

    /** Of a record, to be narrowed and ordered. A transaction writes a key once. */
    private static final String VERSION = """
            select v.block, v.tx_index, t.id, t.creator, t.creator_msp, t.at, e.command, e.type, v.value, t.endorsers
            from record_version v
            join ledger_transaction t using (block, tx_index)
            left join domain_event e using (block, tx_index)
            where v.kind = :kind and v.id = :id::text[]""";

    private final JdbcClient database;
    private final TransactionTemplate snapshot;

    JdbcReadModel(JdbcClient database, PlatformTransactionManager transactions) {
        this.database = database;
        this.snapshot = new TransactionTemplate(transactions);
        snapshot.setReadOnly(true);
        snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    }

    @Override
    public AsOf asOf() {
        return database.sql("select next_block - 1, last_hash from ledger_position")
                .query((row, i) -> new AsOf(row.getLong(1), new Digest(row.getString(2))))
                .single();
    }

    @Override
    public <T> Answer<T> answer(Supplier<T> query) {
        Answer<T> answer = snapshot.execute(status -> {
            AsOf asOf = asOf();
            return new Answer<>(query.get(), asOf);
        });
        if (answer == null) {
            throw new IllegalStateException("a database transaction gave no answer");
        }
        return answer;
    }

    @Override
    public <T> Optional<T> record(RecordKind kind, Class<T> type, String... id) {
        return database.sql("select value from record where kind = ? and id = ?::text[]")
                .params(kind.name(), id)
                .query(String.class)
                .optional()
                .map(json -> Json.MAPPER.readValue(json, type));
    }

    @Override
    public boolean maySee(Viewer viewer, ConsignmentId id) {
        return viewer.seesAll()
                || database.sql("select exists (select 1 from consignment c where c.id = :id and " + SEES + ")")
                        .param("id", id.value())
                        .param("seesAll", false)
                        .param("viewer", viewer.partyOrNobody())
                        .query(Boolean.class)
                        .single();
    }

    @Override
    public Page<Consignment> consignments(Viewer viewer, ConsignmentFilter filter, @Nullable String cursor, int limit) {
        Cursor from = Cursor.decode(cursor);
        List<Paging.Row> rows = database.sql("""
                        select c.value, c.created_block, c.created_index, c.id from consignment c
                        where (c.created_block, c.created_index, c.id) < (:block, :index, :id)
                          and (:merchant::text is null or c.merchant = :merchant)
                          and (:buyer::text is null or c.buyer = :buyer)
                          and (:goods::text is null or c.goods = :goods)
                          and (:closed::boolean is null or c.closed = :closed)
                          and (:order::text is null or c.order_id = :order)
                          and (:dueBefore::timestamptz is null or c.due_at < :dueBefore)
                          and (:arbiter::text is null and :referrer::text is null or exists (
                               select 1 from record t where t.kind = 'TERMS' and t.id = array[c.id]
                               and (:arbiter::text is null
                                    or t.value -> 'terms' -> 'arbiters' @> to_jsonb(:arbiter::text))
                               and (:referrer::text is null
                                    or t.value -> 'terms' -> 'escrow' ->> 'referrer' = :referrer)))
                          and""" + " " + SEES
                        + " order by c.created_block desc, c.created_index desc, c.id desc limit :limit")
                .param("block", from.block())
                .param("index", from.index())
                .param("id", from.id())
                .param("merchant", text(filter.merchant()))
                .param("buyer", text(filter.buyer()))
                .param("goods", text(filter.goods()))
                .param("closed", filter.closed())
                .param("order", text(filter.order()))
                .param("arbiter", text(filter.arbiter()))
                .param("referrer", text(filter.referrer()))
                .param("dueBefore", filter.dueBefore() == null ? null : Timestamp.from(filter.dueBefore()))
                .param("seesAll", viewer.seesAll())
                .param("viewer", viewer.partyOrNobody())
                .param("limit", Paging.limit(limit) + 1)
                .query(Paging::row)
                .list();
        return Paging.page(rows, limit, Consignment.class);
    }

    @Override
    public Page<Records.Order> orders(Viewer viewer, @Nullable String cursor, int limit) {
        Cursor from = Cursor.decode(cursor);
        List<Paging.Row> rows = database.sql("""
                        select o.value, o.created_block, o.created_index, o.id from purchase_order o
                        where (o.created_block, o.created_index, o.id) < (:block, :index, :id)
                          and (:seesAll or o.buyer = :viewer
                               or exists (select 1 from consignment c where c.order_id = o.id and c.merchant = :viewer))
                        order by o.created_block desc, o.created_index desc, o.id desc limit :limit""")
                .param("block", from.block())
                .param("index", from.index())
                .param("id", from.id())
                .param("seesAll", viewer.seesAll())
                .param("viewer", viewer.partyOrNobody())
                .param("limit", Paging.limit(limit) + 1)
                .query(Paging::row)
                .list();
        return Paging.page(rows, limit, Records.Order.class);
    }

    @Override
    public Page<Records.Review> reviews(@Nullable PartyId merchant, @Nullable String cursor, int limit) {
        Cursor from = Cursor.decode(cursor);
        List<Paging.Row> rows = database.sql("""
                        select value, created_block, created_index, consignment_id || '/' || line from review
                        where (created_block, created_index, consignment_id || '/' || line) < (:block, :index, :id)
                          and (:merchant::text is null or merchant = :merchant)
                        order by created_block desc, created_index desc, consignment_id || '/' || line desc
                        limit :limit""")
                .param("block", from.block())
                .param("index", from.index())
                .param("id", from.id())
                .param("merchant", text(merchant))
                .param("limit", Paging.limit(limit) + 1)
                .query(Paging::row)
                .list();
        return Paging.page(rows, limit, Records.Review.class);
    }

    @Override
    public List<Records.Review> reviews(ConsignmentId id) {
        return database.sql("""
                        select value from record
                        where kind = 'REVIEW' and id in (select array[?::text, line::text] from generate_series(1, ?) line)
                        order by id[2]::int""").params(id.value(), Limits.LINES).query(String.class).list().stream()
                .map(json -> Json.MAPPER.readValue(json, Records.Review.class))
                .toList();
    }

    @Override
    public List<Records.Case> cases(ConsignmentId id) {
        return database.sql("""
                        select value from record
                        where kind = 'CASE' and id in (select array[?::text, number::text] from generate_series(1, 99) number)
                        order by id[2]::int""").param(id.value()).query(String.class).list().stream()
                .map(json -> Json.MAPPER.readValue(json, Records.Case.class))
                .toList();
    }

    @Override
    public Page<Records.Case> cases(ConsignmentId id, @Nullable String cursor, int limit) {
        int after = cursor == null ? 0 : Cursor.decode(cursor).index();
        List<Records.Case> left =
                cases(id).stream().filter(asked -> asked.number() > after).toList();
        List<Records.Case> shown = left.subList(0, Math.min(left.size(), Paging.limit(limit)));
        return new Page<>(
                shown,
                shown.size() == left.size()
                        ? null
                        : new Cursor(0, shown.getLast().number(), "").encode());
    }

    @Override
    public List<Records.Exhibit> exhibits(ConsignmentId id) {
        return database
                .sql("""
                        select r.value from consignment c
                        join record r on r.kind = 'EXHIBIT' and r.id in (
                            select array[c.id, party, number::text]
                            from unnest(array[c.buyer, c.merchant]) party, generate_series(1, :most) number)
                        where c.id = :id
                        order by r.created_block, r.created_index, r.id""")
                .param("id", id.value())
                .param("most", Limits.EXHIBITS)
                .query(String.class)
                .list()
                .stream()
                .map(json -> Json.MAPPER.readValue(json, Records.Exhibit.class))
                .toList();
    }

    @Override
    public Page<SaleOffer> offers(@Nullable PartyId merchant, @Nullable String cursor, int limit) {
        Cursor from = Cursor.decode(cursor);
        List<Paging.Row> rows = database.sql("""
                        select value, created_block, created_index, id[1] from record
                        where kind = 'OFFER' and (created_block, created_index, id[1]) < (:block, :index, :id)
                          and (:merchant::text is null or value ->> 'merchant' = :merchant)
                        order by created_block desc, created_index desc, id[1] desc limit :limit""")
                .param("block", from.block())
                .param("index", from.index())
                .param("id", from.id())
                .param("merchant", text(merchant))
                .param("limit", Paging.limit(limit) + 1)
                .query(Paging::row)
                .list();
        return Paging.page(rows, limit, SaleOffer.class);
    }

    @Override
    public Page<Version> history(RecordKind kind, List<String> id, @Nullable String cursor, int limit) {
        Cursor from = cursor == null ? Cursor.OLDEST : Cursor.decode(cursor);
        List<Version> versions = database.sql(VERSION + """
                         and (v.block, v.tx_index) > (:block, :index)
                        order by v.block, v.tx_index limit :limit""")
                .param("kind", kind.name())
                .param("id", id.toArray(String[]::new))
                .param("block", from.block())
                .param("index", from.index())
                .param("limit", Paging.limit(limit) + 1)
                .query(Rows::version)
                .list();
        return Paging.page(versions, limit, last -> new Cursor(last.block(), last.index(), ""));
    }

    @Override
    public Optional<Version> version(RecordKind kind, List<String> id, String transactionId) {
        return database.sql(VERSION + " and t.id = :transaction")
                .param("kind", kind.name())
                .param("id", id.toArray(String[]::new))
                .param("transaction", transactionId)
                .query(Rows::version)
                .optional();
    }

    @Override
    public List<Consignment> overdue(Instant before, int offset, int limit) {
        return database.sql("""
                        select value from consignment
                        where not closed and due_at < :before
                        order by due_at, id
                        limit :limit offset :offset""")
                .param("before", Timestamp.from(before))
                .param("offset", offset)
                .param("limit", limit)
                .query(Rows::consignment)
                .list();
    }

    @Override
    public List<Consignment> unpaid(@Nullable ConsignmentId after, int limit) {
        return database.sql("""
                        select value from record
                        where kind = 'CONSIGNMENT'
                          and (value -> 'money' ->> 'gross' <> value -> 'money' ->> 'paidGross'
                               or value -> 'money' ->> 'buyer' <> value -> 'money' ->> 'paidBuyer')
                          and id > array[:after::text]
                        order by id limit :limit""")
                .param("after", after == null ? "" : after.value())
                .param("limit", limit)
                .query(Rows::consignment)
                .list();
    }

    @Override
    public Optional<Consignment> byEscrow(Digest escrowId) {
        return database.sql("select value from consignment where escrow_id = ?")
                .param(escrowId.hex())
                .query(Rows::consignment)
                .optional();
    }

    @Override
    public List<MarketEvent> eventsAfter(EventPosition after, Viewer viewer, int limit) {
        return database.sql("""
                        select m.block, m.tx_index, m.seq, m.type, m.tx_id, m.command, m.by_party, m.at, m.order_id,
                               m.consignment_id, m.data, d.command_id
                        from (
                            -- limited before the join: else the join may begin at the first block
                            select * from market_event
                            where (block, tx_index, seq) > (:block, :index, :seq)
                              and (:seesAll or :viewer = any(audience))
                            order by block, tx_index, seq limit :limit) m
                        join domain_event d using (block, tx_index)
                        order by m.block, m.tx_index, m.seq""")
                .param("block", after.block())
                .param("index", after.index())
                .param("seq", after.sequence())
                .param("seesAll", viewer.seesAll())
                .param("viewer", viewer.partyOrNobody())
                .param("limit", limit)
                .query(Rows::marketEvent)
                .list();
    }

    @Override
    public DocumentUse uses(Digest document) {
        boolean epcisEvent = database.sql("select exists (select 1 from epcis_event where document = ?)")
                .param(document.hex())
                .query(Boolean.class)
                .single();
        List<ConsignmentId> consignments = database.sql("""
                        select id from consignment
                        where :hash in (value -> 'dispute' ->> 'reason', value -> 'dispute' -> 'ruling' ->> 'reasons',
                            value -> 'dispute' -> 'appealed' ->> 'reason',
                            value -> 'dispute' -> 'appealed' -> 'ruling' ->> 'reasons')
                        union select id[1] from record where kind = 'EXHIBIT' and value ->> 'document' = :hash
                        order by id""")
                .param("hash", document.hex())
                .query((row, i) -> new ConsignmentId(row.getString(1)))
                .list();
        return new DocumentUse(epcisEvent, consignments);
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
