package io.clearmarket.gateway.device;

import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.CommandId;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.wallet.proof.Hash;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Batches and the root on the ledger that each is under. Which batches a root is over is settled before it is sent, and never changes. */
@Component
class Anchors {
    /** The most batches under one root. */
    static final int MOST = 50_000;

    private final JdbcClient database;
    private final TransactionTemplate transaction;

    Anchors(JdbcClient database, TransactionTemplate transaction) {
        this.database = database;
        this.transaction = transaction;
    }

    /**
     * That a batch was there when its root was recorded.
     *
     * @param batch the compact JSON Web Signature
     * @param calibrated true if the device was calibrated at all its readings' times, by what the ledger said when it came
     * @param index of the batch among those under the root
     * @param path RFC 6962 inclusion proof in base64, from the leaf's sibling upwards
     * @param recorded true once the ledger has the root
     */
    record Proof(
            String batch,
            boolean calibrated,
            Digest root,
            int index,
            int batches,
            List<String> path,
            boolean recorded) {}

    /** A root that is not known to be on the ledger. */
    record Pending(UUID anchor, Command.RecordReadings command) {}

    /** Puts the batches that are under no root under a new one; false if there are none. */
    boolean gather() {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            UUID anchor = UUID.randomUUID();
            int taken = database.sql("""
                            update device_batch set anchor = ? where seq in (
                                select seq from device_batch where anchor is null order by seq limit ?)""").params(anchor, MOST).update();
            if (taken > 0) {
                Hash root = new BatchTree(leaves(anchor)).root();
                database.sql("insert into device_anchor (id, root, recorded) values (?, ?, false)")
                        .params(anchor, root.hex())
                        .update();
            }
            return taken > 0;
        }));
    }

    /** The oldest root that the ledger has not confirmed. */
    Optional<Pending> pending() {
        return database.sql("""
                        select a.id, a.root, count(*), sum(b.readings), min(b.first_time), max(b.last_time)
                        from device_anchor a join device_batch b on b.anchor = a.id
                        where not a.recorded group by a.id, a.root order by min(b.seq) limit 1""")
                .query((row, i) -> {
                    UUID id = row.getObject(1, UUID.class);
                    return new Pending(
                            id,
                            new Command.RecordReadings(
                                    new CommandId("readings:" + id),
                                    new Digest(row.getString(2)),
                                    row.getInt(3),
                                    row.getLong(4),
                                    row.getTimestamp(5).toInstant(),
                                    row.getTimestamp(6).toInstant()));
                })
                .optional();
    }

    /** The ledger has the root. */
    void recorded(UUID anchor) {
        database.sql("update device_anchor set recorded = true where id = ?")
                .param(anchor)
                .update();
    }

    /**
     * A root that the ledger has, over batches that nobody has been told of.
     *
     * @param failures how often that failed
     */
    record Untold(UUID anchor, int failures) {}

    /** The root to tell of next: whichever has waited longest, of those that are due. */
    Optional<Untold> untold(Instant now) {
        return database.sql("""
                        select a.id, coalesce(f.failures, 0)
                        from device_anchor a left join device_report_failure f on f.anchor = a.id
                        where a.recorded and not a.reported and (f.due is null or f.due <= ?)
                        order by f.due nulls first, a.id limit 1""")
                .param(Timestamp.from(now))
                .query((row, i) -> new Untold(row.getObject(1, UUID.class), row.getInt(2)))
                .optional();
    }

    /** Telling of them failed once more; the others come first until then. */
    void notReported(Untold untold, Instant again) {
        database.sql("""
                        insert into device_report_failure (anchor, failures, due) values (?, ?, ?)
                        on conflict (anchor) do update set failures = excluded.failures, due = excluded.due""")
                .params(untold.anchor(), untold.failures() + 1, Timestamp.from(again))
                .update();
    }

    /** How many roots wait to be told of after a failure. */
    int failing() {
        return database.sql("select count(*) from device_report_failure")
                .query(Integer.class)
                .single();
    }

    /** The compact JSON Web Signatures under a root. */
    List<String> batches(UUID anchor) {
        return database.sql("select compact from device_batch where anchor = ? order by seq")
                .param(anchor)
                .query((row, i) -> row.getString(1))
                .list();
    }

    /** They have been told of. */
    void reported(UUID anchor) {
        database.sql("""
                        with told as (delete from device_report_failure where anchor = :anchor)
                        update device_anchor set reported = true where id = :anchor""").param("anchor", anchor).update();
    }

    /** Of the batch with that SHA-256; empty if it is not here or under no root yet. */
    Optional<Proof> proof(Digest batch) {
        return database.sql("""
                        select a.id, a.root, a.recorded, b.compact, b.calibrated,
                            (select count(*) from device_batch e where e.anchor = a.id and e.seq < b.seq)
                        from device_batch b join device_anchor a on a.id = b.anchor where b.hash = ?""")
                .param(batch.hex())
                .query((row, i) -> {
                    List<Hash> leaves = leaves(row.getObject(1, UUID.class));
                    int index = row.getInt(6);
                    List<String> path = new BatchTree(leaves)
                            .path(index).stream().map(Hash::base64).toList();
                    return new Proof(
                            row.getString(4),
                            row.getBoolean(5),
                            new Digest(row.getString(2)),
                            index,
                            leaves.size(),
                            path,
                            row.getBoolean(3));
                })
                .optional();
    }

    private List<Hash> leaves(UUID anchor) {
        return database.sql("select leaf from device_batch where anchor = ? order by seq")
                .param(anchor)
                .query((row, i) -> Hash.of(row.getBytes(1)))
                .list();
    }
}
