package io.clearmarket.gateway.chain;

import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.gateway.chain.ChainTransaction.Outcome;
import io.clearmarket.wallet.eth.EthAddress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** {@link TransactionStore} in PostgreSQL; its clock is the database's, which several gateways share. */
final class JdbcTransactionStore implements TransactionStore {
    private static final double MILLIS = 1000.0;

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final String sender;

    JdbcTransactionStore(JdbcClient jdbc, TransactionOperations transactions, EthAddress sender) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.sender = sender.lower();
    }

    @Override
    public void lock() {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(?, 0))")
                .param("chain_transaction")
                .query((row, i) -> true)
                .single();
    }

    @Override
    public Optional<ChainTransaction> find(String purpose) {
        return jdbc.sql("select hash, outcome from chain_transaction where purpose = ?")
                .param(purpose)
                .query((row, i) -> new ChainTransaction(
                        purpose, new Digest(row.getString("hash")), Outcome.valueOf(row.getString("outcome"))))
                .optional();
    }

    @Override
    public long nextNonce() {
        return jdbc.sql("select coalesce(max(nonce) + 1, 0) from chain_transaction where sender = ?")
                .param(sender)
                .query(Long.class)
                .single();
    }

    @Override
    public void insert(Stored signed) {
        insert(signed, "");
    }

    @Override
    public void insertIfFree(Stored signed) {
        insert(signed, " on conflict do nothing");
    }

    private void insert(Stored signed, String onConflict) {
        jdbc.sql("insert into chain_transaction (purpose, sender, nonce, hash, raw) values (?, ?, ?, ?, ?)"
                        + onConflict)
                .params(signed.purpose(), sender, signed.nonce(), signed.hash().hex(), signed.raw())
                .update();
    }

    @Override
    public List<Stored> unsent(int limit) {
        return jdbc.sql("""
                        select purpose, nonce, hash, raw from chain_transaction
                        where sender = ? and outcome = 'OPEN' and sent_at is null order by nonce limit ?""")
                .params(sender, limit)
                .query(JdbcTransactionStore::stored)
                .list();
    }

    @Override
    public List<Stored> sentBefore(Duration ago, int limit) {
        return openSince("sent_at", ago, limit);
    }

    @Override
    public List<Stored> pricedBefore(Duration ago, int limit) {
        return openSince("priced_at", ago, limit);
    }

    /** Those whose outcome is open, and of which this column's time is longer ago. */
    private List<Stored> openSince(String column, Duration ago, int limit) {
        return jdbc.sql(
                        "select purpose, nonce, hash, raw from chain_transaction where sender = ? and outcome = 'OPEN' and "
                                + column + " < now() - make_interval(secs => ?) order by nonce limit ?")
                .params(sender, ago.toMillis() / MILLIS, limit)
                .query(JdbcTransactionStore::stored)
                .list();
    }

    @Override
    public boolean isKnown(long nonce) {
        return jdbc.sql("""
                        select exists (select 1 from chain_transaction
                                       where sender = ? and nonce = ? and outcome <> 'REPLACED')""").params(sender, nonce).query(Boolean.class).single();
    }

    @Override
    public void sent(List<Digest> hashes) {
        jdbc.sql("update chain_transaction set sent_at = now() where hash = any(?)")
                .param(hashes.stream().map(Digest::hex).toArray(String[]::new))
                .update();
    }

    @Override
    public void replace(Stored old, Stored better) {
        transactions.executeWithoutResult(status -> {
            int changed = jdbc.sql("""
                            update chain_transaction set hash = ?, raw = ?, priced_at = now(), sent_at = null
                            where purpose = ? and hash = ? and outcome = 'OPEN'""")
                    .params(
                            better.hash().hex(),
                            better.raw(),
                            old.purpose(),
                            old.hash().hex())
                    .update();
            if (changed == 1) {
                jdbc.sql("insert into chain_attempt (hash, purpose) values (?, ?)")
                        .params(old.hash().hex(), old.purpose())
                        .update();
            }
        });
    }

    @Override
    public Map<String, List<Digest>> openBelow(long nonce, int limit) {
        return jdbc
                .sql("""
                        with open as (
                            select purpose, hash, nonce from chain_transaction
                            where sender = ? and outcome = 'OPEN' and nonce < ? order by nonce limit ?)
                        select purpose, hash, nonce, now() as at from open
                        union all
                        select purpose, a.hash, nonce, a.replaced_at from chain_attempt a join open using (purpose)
                        order by nonce, at desc""")
                .params(sender, nonce, limit)
                .query((row, i) -> Map.entry(row.getString("purpose"), new Digest(row.getString("hash"))))
                .list()
                .stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey,
                        LinkedHashMap::new,
                        Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    }

    @Override
    public void finish(String purpose, Digest hash, Outcome outcome) {
        jdbc.sql("update chain_transaction set hash = ?, outcome = ? where purpose = ? and outcome = 'OPEN'")
                .params(hash.hex(), outcome.name(), purpose)
                .update();
    }

    @Override
    public long open() {
        return jdbc.sql("select count(*) from chain_transaction where sender = ? and outcome = 'OPEN'")
                .param(sender)
                .query(Long.class)
                .single();
    }

    private static Stored stored(ResultSet row, int index) throws SQLException {
        return new Stored(
                row.getString("purpose"),
                row.getLong("nonce"),
                new Digest(row.getString("hash")),
                row.getString("raw"));
    }
}
