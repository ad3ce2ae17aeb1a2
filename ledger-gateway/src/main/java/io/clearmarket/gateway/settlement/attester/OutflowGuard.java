package io.clearmarket.gateway.settlement.attester;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Asset;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.wallet.eth.EthAddress;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** The limit and the pause of an attester in the gateway's process, in the gateway's database. */
public final class OutflowGuard implements OutflowLimit, Pausable {
    private final EthAddress attester;
    private final Amount limitPerHour;
    private final JdbcClient jdbc;
    private final TransactionOperations transactions;

    public OutflowGuard(EthAddress attester, Amount limitPerHour, JdbcClient jdbc, TransactionOperations transactions) {
        this.attester = attester;
        this.limitPerHour = limitPerHour;
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    @Override
    public Map<Integer, String> reserve(List<Outflow> outflows) {
        return transactions.execute(status -> {
            jdbc.sql("select pg_advisory_xact_lock(hashtextextended(?, 0))")
                    .param("attester " + attester.lower())
                    .query((row, i) -> true)
                    .single();
            Map<Integer, String> reasons = isPaused() ? paused(outflows) : overLimit(outflows);
            if (!reasons.isEmpty()) {
                status.setRollbackOnly();
            }
            return reasons;
        });
    }

    @Override
    public void pause(boolean paused, String by) {
        jdbc.sql("""
                        insert into attester_pause (attester, paused, changed_by) values (?, ?, ?)
                        on conflict (attester) do update
                        set paused = excluded.paused, changed_by = excluded.changed_by, changed_at = now()""").params(attester.lower(), paused, by).update();
    }

    @Override
    public boolean isPaused() {
        return jdbc.sql("select paused from attester_pause where attester = ?")
                .param(attester.lower())
                .query(Boolean.class)
                .optional()
                .orElse(false);
    }

    private static Map<Integer, String> paused(List<Outflow> outflows) {
        Map<Integer, String> reasons = new HashMap<>();
        for (int i = 0; i < outflows.size(); i++) {
            reasons.put(i, "paused by an operator");
        }
        return reasons;
    }

    private Map<Integer, String> overLimit(List<Outflow> outflows) {
        Map<Integer, String> reasons = new LinkedHashMap<>();
        Map<Asset, BigInteger> used = new HashMap<>();
        for (int i = 0; i < outflows.size(); i++) {
            Outflow outflow = outflows.get(i);
            BigInteger more = outflow.cumulative().units().subtract(signedFor(outflow.escrowId()));
            if (more.signum() <= 0) {
                continue;
            }
            BigInteger total =
                    used.computeIfAbsent(outflow.asset(), this::usedThisHour).add(more);
            if (total.compareTo(limitPerHour.units()) > 0) {
                reasons.put(i, "over the limit of " + limitPerHour + " of " + outflow.asset() + " an hour");
            } else {
                used.put(outflow.asset(), total);
                insert(outflow, more);
            }
        }
        return reasons;
    }

    private BigInteger signedFor(Digest escrowId) {
        return jdbc.sql("select coalesce(sum(amount), 0) from attester_outflow where attester = ? and escrow_id = ?")
                .params(attester.lower(), escrowId.hex())
                .query(BigDecimal.class)
                .single()
                .toBigIntegerExact();
    }

    private BigInteger usedThisHour(Asset asset) {
        return jdbc.sql("""
                        select coalesce(sum(amount), 0) from attester_outflow
                        where attester = ? and asset = ? and signed_at > now() - interval '1 hour'""")
                .params(attester.lower(), asset.caip19())
                .query(BigDecimal.class)
                .single()
                .toBigIntegerExact();
    }

    private void insert(Outflow outflow, BigInteger amount) {
        jdbc.sql("insert into attester_outflow (attester, escrow_id, asset, amount) values (?, ?, ?, ?)")
                .params(
                        attester.lower(),
                        outflow.escrowId().hex(),
                        outflow.asset().caip19(),
                        new BigDecimal(amount))
                .update();
    }
}
