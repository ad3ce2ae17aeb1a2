package io.clearmarket.gateway.settlement;

import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.gateway.settlement.attester.SignedBatch;
import io.clearmarket.wallet.json.Json;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** {@link PayoutStore} in PostgreSQL. */
@Component
@ConditionalOnProperty("clearmarket.chain.rpc-url")
class JdbcPayoutStore implements PayoutStore {
    private final JdbcClient database;

    JdbcPayoutStore(JdbcClient database) {
        this.database = database;
    }

    @Override
    public Map<ConsignmentId, Sent> sent(List<ConsignmentId> consignments) {
        return database
                .sql("""
                        select consignment_id, decision, valid_until from settlement_payout
                        where consignment_id = any(?)""")
                .param(consignments.stream().map(ConsignmentId::value).toArray(String[]::new))
                .query((row, i) -> new Sent(
                        new ConsignmentId(row.getString("consignment_id")),
                        row.getInt("decision"),
                        row.getTimestamp("valid_until").toInstant()))
                .list()
                .stream()
                .collect(Collectors.toMap(Sent::consignment, sent -> sent));
    }

    @Override
    public long store(SignedBatch signed) {
        long id = database.sql("""
                        insert into settlement_batch (entitlements, signatures) values (?::jsonb, ?::jsonb)
                        returning id""")
                .params(
                        Json.MAPPER.writeValueAsString(signed.batch().items()),
                        Json.MAPPER.writeValueAsString(signed.signatures()))
                .query(Long.class)
                .single();
        signed.batch()
                .items()
                .forEach(item -> database.sql("""
                        insert into settlement_payout (escrow_id, consignment_id, decision, batch, valid_until)
                        values (?, ?, ?, ?, ?)
                        on conflict (escrow_id) do update set decision = excluded.decision, batch = excluded.batch,
                            valid_until = excluded.valid_until""")
                        .params(
                                item.entitlement().escrowId().hex(),
                                item.consignmentId().value(),
                                item.decision(),
                                id,
                                Timestamp.from(
                                        Instant.ofEpochSecond(item.entitlement().validUntil())))
                        .update());
        return id;
    }

    @Override
    public List<Long> open() {
        return database.sql("select id from settlement_batch where state = 'OPEN' order by id")
                .query((row, i) -> row.getLong("id"))
                .list();
    }

    @Override
    public void done(long batch) {
        finish(batch, "DONE");
    }

    @Override
    public void failed(long batch) {
        database.sql("delete from settlement_payout where batch = ?")
                .param(batch)
                .update();
        finish(batch, "FAILED");
    }

    private void finish(long batch, String state) {
        database.sql("update settlement_batch set state = ? where id = ?")
                .params(state, batch)
                .update();
    }
}
