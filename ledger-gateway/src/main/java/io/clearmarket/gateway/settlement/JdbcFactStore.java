package io.clearmarket.gateway.settlement;

import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.Evidence;
import io.clearmarket.gateway.chain.BlockRef;
import io.clearmarket.wallet.json.Json;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** {@link FactStore} in PostgreSQL; its clock is the database's. */
@Component
@ConditionalOnProperty("clearmarket.chain.rpc-url")
class JdbcFactStore implements FactStore {
    private final JdbcClient database;
    private final TransactionTemplate transaction;

    JdbcFactStore(JdbcClient database, TransactionTemplate transaction) {
        this.database = database;
        this.transaction = transaction;
    }

    @Override
    public Optional<ReadUpTo> position() {
        return database.sql("select block, hash from settlement_position")
                .query((row, i) -> new ReadUpTo(row.getLong("block"), new Digest(row.getString("hash"))))
                .optional();
    }

    @Override
    public void store(List<Evidence.Seen> facts, BlockRef readUpTo) {
        transaction.executeWithoutResult(status -> {
            facts.forEach(this::insert);
            database.sql("""
                            insert into settlement_position (block, hash) values (?, ?)
                            on conflict (one) do update set block = excluded.block, hash = excluded.hash""").params(readUpTo.number(), readUpTo.hash().hex()).update();
        });
    }

    @Override
    public List<Waiting> due(int limit) {
        return database.sql("""
                        select seen, evidence, attempts from settlement_fact f
                        where state = 'OPEN' and next_at <= now() and not exists (
                            select 1 from settlement_fact earlier
                            where earlier.escrow_id = f.escrow_id and earlier.state = 'OPEN'
                              and (earlier.block_number, earlier.log_index) < (f.block_number, f.log_index))
                        order by exists (select 1 from consignment c where c.escrow_id = f.escrow_id) desc,
                            block_number, log_index limit ?""")
                .param(limit)
                .query((row, i) -> new Waiting(
                        Json.MAPPER.readValue(row.getString("seen"), Evidence.Seen.class),
                        evidence(row.getString("evidence")),
                        row.getInt("attempts")))
                .list();
    }

    @Override
    public void keep(Evidence evidence) {
        database.sql("""
                        update settlement_fact set evidence = ?::jsonb
                        where block_hash = ? and transaction = ? and log_index = ? and evidence is null""")
                .params(
                        Json.MAPPER.writeValueAsString(evidence),
                        evidence.seen().blockHash().hex(),
                        evidence.seen().transaction().hex(),
                        evidence.seen().logIndex())
                .update();
    }

    @Override
    public void recorded(Evidence.Seen seen) {
        database.sql("""
                        update settlement_fact set state = 'RECORDED', problem = null
                        where block_hash = ? and transaction = ? and log_index = ?""")
                .params(seen.blockHash().hex(), seen.transaction().hex(), seen.logIndex())
                .update();
    }

    @Override
    public void postpone(Evidence.Seen seen, String problem, Duration wait, boolean keepEvidence) {
        database.sql("""
                        update settlement_fact
                        set attempts = attempts + 1, problem = ?, next_at = now() + make_interval(secs => ?),
                            evidence = case when ? then evidence end
                        where block_hash = ? and transaction = ? and log_index = ? and state = 'OPEN'""")
                .params(
                        problem,
                        wait.toMillis() / 1000.0,
                        keepEvidence,
                        seen.blockHash().hex(),
                        seen.transaction().hex(),
                        seen.logIndex())
                .update();
    }

    @Override
    public long open() {
        return count("select count(*) from settlement_fact where state = 'OPEN'");
    }

    @Override
    public long stuck() {
        return count("select count(*) from settlement_fact where state = 'OPEN' and attempts > 5");
    }

    private long count(String sql) {
        return database.sql(sql).query(Long.class).single();
    }

    private void insert(Evidence.Seen seen) {
        database.sql("""
                        insert into settlement_fact (block_hash, transaction, log_index, escrow_id, block_number, seen)
                        values (?, ?, ?, ?, ?, ?::jsonb) on conflict do nothing""")
                .params(
                        seen.blockHash().hex(),
                        seen.transaction().hex(),
                        seen.logIndex(),
                        seen.escrowId().hex(),
                        seen.blockNumber(),
                        Json.MAPPER.writeValueAsString(seen))
                .update();
    }

    private static @Nullable Evidence evidence(@Nullable String json) {
        return json == null ? null : Json.MAPPER.readValue(json, Evidence.class);
    }
}
