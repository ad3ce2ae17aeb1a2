package io.clearmarket.gateway.privacy;

import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.wallet.identity.PartyId;
import io.clearmarket.wallet.identity.SigningIdentity;
import io.clearmarket.wallet.json.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The store. Every change of a subject's fields locks the subject's row, so keys and rows change together; a key is destroyed after the
 * commit that made it useless, and by whoever comes next if the process died between the two.
 */
public final class PrivateFields {
    /** The most that {@link #of} gives at a time. */
    public static final int MOST = 200;

    private final JdbcClient database;
    private final TransactionTemplate transaction;
    private final SubjectKeys keys;
    private final SigningIdentity signer;
    private final String ledger;
    private final Clock clock;

    PrivateFields(
            JdbcClient database,
            TransactionTemplate transaction,
            SubjectKeys keys,
            SigningIdentity signer,
            String ledger,
            Clock clock) {
        this.database = database;
        this.transaction = transaction;
        this.keys = keys;
        this.signer = signer;
        this.ledger = ledger;
        this.clock = clock;
    }

    /**
     * A field that is kept.
     *
     * @param consignment whose parties may read it besides the subject
     */
    public record Kept(
            PartyId subject, Digest commitment, @Nullable ConsignmentId consignment, PrivateField field) {}

    /**
     * Keeps a field of the subject's; one that is here already stays as it is.
     *
     * @return false if it was here already
     */
    public boolean keep(PartyId subject, PrivateField field, @Nullable ConsignmentId consignment) {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            database.sql("insert into private_subject (subject, key_number) values (?, 1) on conflict do nothing")
                    .param(subject.value())
                    .update();
            int number = keyNumber(subject).orElseThrow();
            keys.destroyBefore(subject, number);
            return database.sql("""
                            insert into private_field (commitment, subject, sealed, consignment_id, stored_at)
                            values (?, ?, ?, ?, ?) on conflict do nothing""")
                            .param(field.commitment().hex())
                            .param(subject.value())
                            .param(Sealing.seal(field, keys.orMake(subject, number)))
                            .param(consignment == null ? null : consignment.value())
                            .param(Timestamp.from(clock.instant()))
                            .update()
                    == 1;
        }));
    }

    /** The field of this commitment. */
    public Optional<Kept> find(Digest commitment) {
        return select("f.commitment = ?", commitment.hex(), "").stream().findFirst();
    }

    /** A subject's fields by their commitments, those after one; at most {@link #MOST}. */
    public List<Kept> of(PartyId subject, String after) {
        return select("f.subject = ?", subject.value(), after);
    }

    private List<Kept> select(String where, String what, String after) {
        // the locks keep the key until the rows are opened
        List<Kept> found = transaction.execute(status -> database.sql(
                        "select f.commitment, f.subject, f.sealed, f.consignment_id, s.key_number from private_field f "
                                + "join private_subject s using (subject) where " + where
                                + " and f.commitment > ? order by f.commitment limit " + MOST + " for share")
                .params(what, after)
                .query((row, i) -> kept(row))
                .list());
        return found == null ? List.of() : found;
    }

    private Kept kept(ResultSet row) throws SQLException {
        Digest commitment = new Digest(row.getString(1));
        PartyId subject = new PartyId(row.getString(2));
        byte[] sealed = row.getBytes(3);
        String consignment = row.getString(4);
        SecretKey key = keys.find(subject, row.getInt(5)).orElseThrow(() -> lost(subject));
        return new Kept(
                subject,
                commitment,
                consignment == null ? null : new ConsignmentId(consignment),
                Sealing.open(sealed, key, commitment));
    }

    /**
     * Erases one field: all others of the subject are sealed anew under another key, and the old key is destroyed.
     *
     * @return empty if the subject has no such field
     */
    public Optional<ErasureReceipt> erase(PartyId subject, Digest commitment) {
        return erase(subject, List.of(commitment));
    }

    /**
     * Erases all fields of a subject and destroys the key.
     *
     * @return empty if there are none
     */
    public Optional<ErasureReceipt> eraseAll(PartyId subject) {
        List<Digest> all = database.sql("select commitment from private_field where subject = ? order by commitment")
                .param(subject.value())
                .query((row, i) -> new Digest(row.getString(1)))
                .list();
        return erase(subject, all);
    }

    private Optional<ErasureReceipt> erase(PartyId subject, List<Digest> commitments) {
        ErasureReceipt receipt = transaction.execute(status -> {
            Integer number = keyNumber(subject).orElse(null);
            if (number == null) {
                return null;
            }
            List<Digest> erased =
                    commitments.stream().filter(each -> delete(subject, each)).toList();
            if (erased.isEmpty()) {
                return null;
            }
            sealAnew(subject, number, number + 1);
            database.sql("update private_subject set key_number = ? where subject = ?")
                    .params(number + 1, subject.value())
                    .update();
            return record(subject, erased, number);
        });
        if (receipt != null) {
            keys.destroyBefore(subject, receipt.statement().keyDestroyed() + 1);
        }
        return Optional.ofNullable(receipt);
    }

    private boolean delete(PartyId subject, Digest commitment) {
        return database.sql("delete from private_field where subject = ? and commitment = ?")
                        .params(subject.value(), commitment.hex())
                        .update()
                == 1;
    }

    private void sealAnew(PartyId subject, int from, int to) {
        SecretKey old = keys.find(subject, from).orElseThrow(() -> lost(subject));
        database.sql("select commitment, sealed from private_field where subject = ?")
                .param(subject.value())
                .query((row, i) -> Sealing.open(row.getBytes(2), old, new Digest(row.getString(1))))
                .list()
                .forEach(field -> database.sql("update private_field set sealed = ? where commitment = ?")
                        .params(
                                Sealing.seal(field, keys.orMake(subject, to)),
                                field.commitment().hex())
                        .update());
    }

    private ErasureReceipt record(PartyId subject, List<Digest> erased, int keyDestroyed) {
        ErasureReceipt receipt = ErasureReceipt.sign(
                ErasureReceipt.Statement.of(
                        UUID.randomUUID().toString(),
                        ledger,
                        signer.mspId(),
                        subject,
                        erased,
                        keyDestroyed,
                        clock.instant().truncatedTo(ChronoUnit.MILLIS)),
                signer);
        database.sql("insert into erasure_receipt (id, subject, receipt) values (?, ?, ?::jsonb)")
                .params(receipt.statement().id(), subject.value(), Json.MAPPER.writeValueAsString(receipt))
                .update();
        return receipt;
    }

    /** The receipts of what was erased for a subject. */
    public List<ErasureReceipt> receipts(PartyId subject) {
        return database.sql("select receipt from erasure_receipt where subject = ? order by id")
                .param(subject.value())
                .query((row, i) -> Json.MAPPER.readValue(row.getString(1), ErasureReceipt.class))
                .list();
    }

    /** Locks the subject's row. */
    private Optional<Integer> keyNumber(PartyId subject) {
        return database.sql("select key_number from private_subject where subject = ? for update")
                .param(subject.value())
                .query(Integer.class)
                .optional();
    }

    private static IllegalStateException lost(PartyId subject) {
        return new IllegalStateException("the key of subject " + subject + " is not where it was kept");
    }
}
