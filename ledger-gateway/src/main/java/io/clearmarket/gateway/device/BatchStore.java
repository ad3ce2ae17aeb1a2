package io.clearmarket.gateway.device;

import io.clearmarket.chaincode.api.Digest;
import java.sql.Timestamp;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The batches that were taken in, and how far each device is. */
@Component
class BatchStore {
    private final JdbcClient database;

    BatchStore(JdbcClient database) {
        this.database = database;
    }

    /**
     * Keeps a batch if it is new and comes after the device's last; within a transaction of the caller's.
     *
     * @param calibrated true if the device was calibrated at all its readings' times
     */
    Verdict keep(SignedBatch batch, boolean calibrated, Instant now) {
        if (isHere(batch.hash())) {
            return Verdict.REPLAYED;
        }
        if (!moves(batch)) {
            return Verdict.OUT_OF_ORDER;
        }
        database.sql("""
                        insert into device_batch (hash, leaf, device, compact, readings, first_time, last_time, calibrated, received_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                .params(
                        batch.hash().hex(),
                        batch.leaf().bytes(),
                        batch.device().hex(),
                        batch.compact(),
                        batch.readings(),
                        Timestamp.from(batch.first()),
                        Timestamp.from(batch.last()),
                        calibrated,
                        Timestamp.from(now))
                .update();
        return Verdict.ACCEPTED;
    }

    /** Moves the device on to this batch, unless it is there or further already. */
    private boolean moves(SignedBatch batch) {
        return database.sql("""
                        insert into device_position (device, sequence, last_time) values (:device, :sequence, :last)
                        on conflict (device) do update set sequence = excluded.sequence, last_time = excluded.last_time
                        where device_position.sequence < excluded.sequence and device_position.last_time <= :first""")
                        .param("device", batch.device().hex())
                        .param("sequence", batch.sequence())
                        .param("first", Timestamp.from(batch.first()))
                        .param("last", Timestamp.from(batch.last()))
                        .update()
                == 1;
    }

    private boolean isHere(Digest hash) {
        return database.sql("select exists (select 1 from device_batch where hash = ?)")
                .param(hash.hex())
                .query(Boolean.class)
                .single();
    }
}
