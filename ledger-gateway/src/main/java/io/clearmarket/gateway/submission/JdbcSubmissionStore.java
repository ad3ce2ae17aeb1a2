package io.clearmarket.gateway.submission;

import io.clearmarket.chaincode.api.CommandId;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.gateway.fabric.CommitListener.Commit;
import io.clearmarket.wallet.identity.PartyId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** {@link SubmissionStore} in PostgreSQL. */
@Component
class JdbcSubmissionStore implements SubmissionStore {
    private final JdbcClient jdbc;

    JdbcSubmissionStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Optional<Row> find(PartyId party, CommandId commandId) {
        return jdbc.sql("SELECT * FROM submission WHERE party = ? AND command_id = ?")
                .params(party.value(), commandId.value())
                .query(JdbcSubmissionStore::row)
                .optional();
    }

    @Override
    public Optional<Row> find(String transactionId) {
        return jdbc.sql("SELECT * FROM submission WHERE transaction_id = ?")
                .param(transactionId)
                .query(JdbcSubmissionStore::row)
                .optional();
    }

    @Override
    public List<Row> sent() {
        return jdbc.sql("SELECT * FROM submission WHERE status = 'sent' ORDER BY sent_at")
                .query(JdbcSubmissionStore::row)
                .list();
    }

    @Override
    public boolean keep(SignedCommand signed) {
        try {
            return jdbc.sql("""
                            INSERT INTO submission
                              (party, command_id, function, content, transaction_id, payload, signature, status)
                            VALUES (?, ?, ?, ?, ?, ?, ?, 'sent')
                            ON CONFLICT (party, command_id) DO UPDATE SET
                              function = excluded.function, content = excluded.content,
                              transaction_id = excluded.transaction_id, payload = excluded.payload,
                              signature = excluded.signature, status = 'sent', code = NULL, block = NULL,
                              tx_index = NULL, sent_at = now()
                            WHERE submission.status = 'invalid'""")
                            .params(
                                    signed.party().value(),
                                    signed.command().commandId().value(),
                                    signed.command().function(),
                                    signed.command().content().bytes(),
                                    signed.transactionId(),
                                    signed.payload(),
                                    signed.signature())
                            .update()
                    == 1;
        } catch (DuplicateKeyException sameTransactionUnderAnotherCommand) {
            return false;
        }
    }

    @Override
    public void forget(String transactionId) {
        jdbc.sql("DELETE FROM submission WHERE transaction_id = ? AND status = 'sent'")
                .param(transactionId)
                .update();
    }

    @Override
    public long nextBlock() {
        return jdbc.sql("SELECT next_block FROM submission_position")
                .query(Long.class)
                .single();
    }

    @Override
    @Transactional
    public void settle(long block, List<Commit> commits) {
        if (!commits.isEmpty()) {
            note(block, commits);
        }
        jdbc.sql("UPDATE submission_position SET next_block = ?")
                .param(block + 1)
                .update();
    }

    @Override
    public Optional<Entry> onLedger(String transactionId) {
        return jdbc.sql("""
                        SELECT block, tx_index, valid, code FROM ledger_transaction WHERE id = ?
                        ORDER BY block, tx_index LIMIT 1""")
                .param(transactionId)
                .query((row, number) -> new Entry(
                        row.getLong("block"),
                        new Commit(
                                transactionId, row.getInt("tx_index"), row.getBoolean("valid"), row.getString("code"))))
                .optional();
    }

    @Override
    public void note(Entry entry) {
        note(entry.block(), List.of(entry.commit()));
    }

    private void note(long block, List<Commit> commits) {
        jdbc.sql("""
                        UPDATE submission s SET
                          status = CASE WHEN c.valid THEN 'committed' ELSE 'invalid' END,
                          code = c.code, block = ?, tx_index = c.tx_index, payload = NULL, signature = NULL
                        FROM unnest(?::text[], ?::boolean[], ?::text[], ?::int[])
                          AS c (transaction_id, valid, code, tx_index)
                        WHERE s.transaction_id = c.transaction_id AND s.status = 'sent'""")
                .params(
                        block,
                        commits.stream().map(Commit::transactionId).toArray(String[]::new),
                        commits.stream().map(Commit::valid).toArray(Boolean[]::new),
                        commits.stream().map(Commit::code).toArray(String[]::new),
                        commits.stream().map(Commit::index).toArray(Integer[]::new))
                .update();
    }

    private static Row row(ResultSet row, int number) throws SQLException {
        return new Row(
                PartyId.parse(row.getString("party")),
                new CommandId(row.getString("command_id")),
                row.getString("function"),
                Digest.of(row.getBytes("content")),
                row.getString("transaction_id"),
                row.getBytes("payload"),
                row.getBytes("signature"),
                SubmissionStore.Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
                row.getString("code"),
                row.getObject("block", Long.class),
                row.getObject("tx_index", Integer.class));
    }
}
