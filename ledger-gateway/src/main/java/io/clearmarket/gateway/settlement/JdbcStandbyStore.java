package io.clearmarket.gateway.settlement;

import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.gateway.settlement.attester.EntitlementBatch;
import io.clearmarket.gateway.settlement.attester.SignedBatch;
import io.clearmarket.wallet.json.Json;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** {@link StandbyStore} in PostgreSQL. */
@Component
@ConditionalOnProperty("clearmarket.chain.rpc-url")
class JdbcStandbyStore implements StandbyStore {
    private final JdbcClient database;

    JdbcStandbyStore(JdbcClient database) {
        this.database = database;
    }

    @Override
    public long store(SignedBatch signed, Digest attesters, Instant usableAt, Instant validUntil) {
        return database.sql("""
                        insert into settlement_standby (attesters, batch, signatures, usable_at, valid_until)
                        values (?, ?::jsonb, ?::jsonb, ?, ?) returning id""")
                .params(
                        attesters.hex(),
                        Json.MAPPER.writeValueAsString(signed.batch()),
                        Json.MAPPER.writeValueAsString(signed.signatures()),
                        Timestamp.from(usableAt),
                        Timestamp.from(validUntil))
                .query(Long.class)
                .single();
    }

    @Override
    public List<Waiting> open() {
        return database.sql("""
                        select id, attesters, batch, signatures, usable_at, valid_until from settlement_standby
                        where state = 'OPEN' order by id""")
                .query((row, i) -> new Waiting(
                        row.getLong("id"),
                        new SignedBatch(
                                batch(row.getString("batch")),
                                List.of(Json.MAPPER.readValue(row.getString("signatures"), String[].class))),
                        new Digest(row.getString("attesters")),
                        row.getTimestamp("usable_at").toInstant(),
                        row.getTimestamp("valid_until").toInstant()))
                .list();
    }

    @Override
    public Map<ConsignmentId, Integer> announced(Instant now) {
        Map<ConsignmentId, Integer> announced = new HashMap<>();
        database.sql("select batch from settlement_standby where state <> 'FAILED' and valid_until > ?")
                .param(Timestamp.from(now))
                .query((row, i) -> batch(row.getString("batch")))
                .list()
                .forEach(batch -> batch.items()
                        .forEach(item -> announced.merge(item.consignmentId(), item.decision(), Integer::max)));
        return announced;
    }

    @Override
    public void ended(long id, End how) {
        database.sql("update settlement_standby set state = ? where id = ?")
                .params(how.name(), id)
                .update();
    }

    private static EntitlementBatch batch(String json) {
        return Json.MAPPER.readValue(json, EntitlementBatch.class);
    }
}
