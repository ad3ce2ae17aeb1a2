package io.clearmarket.gateway.chain;

import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.wallet.eth.EthAddress;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;
import org.web3j.crypto.Hash;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.TransactionDecoder;
import org.web3j.crypto.transaction.type.Transaction1559;
import org.web3j.protocol.core.DefaultBlockParameterName;

/**
 * Gets an account's transactions moving again. One that offers less than blocks now cost is signed anew with the same nonce,
 * call and a higher fee, and committed before it is sent, so that one of the two happens and never both. A nonce that no row
 * has, as after a database was restored from an old copy, is filled with a transaction that does nothing.
 */
final class Repricer {
    private static final Logger LOG = LoggerFactory.getLogger(Repricer.class);
    private static final BigInteger TRANSFER_GAS = BigInteger.valueOf(21_000);
    private static final int AT_ONCE = 50;

    private final Rpc rpc;
    private final TransactionSigner signer;
    private final Fees fees;
    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final Clock clock;
    private final Duration stuck;

    /** So that each is said once and not in every round. */
    private final Set<String> saidStuck = ConcurrentHashMap.newKeySet();

    /** @param stuck how long a transaction may be in no block before its price is looked at */
    Repricer(
            Rpc rpc,
            TransactionSigner signer,
            Fees fees,
            JdbcClient jdbc,
            TransactionOperations transactions,
            Clock clock,
            Duration stuck) {
        this.rpc = rpc;
        this.signer = signer;
        this.fees = fees;
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
        this.stuck = stuck;
    }

    private record Open(String purpose, long nonce, String hash, String raw) {}

    /** Looks at what is overdue; asks the node only if something is. */
    void run() {
        List<Open> overdue = overdue();
        if (overdue.isEmpty()) {
            return;
        }
        long next =
                rpc.transactionCount(sender(), DefaultBlockParameterName.LATEST).longValueExact();
        if (overdue.getFirst().nonce() > next && !isKnown(next)) {
            fillGap(next);
        }
        overdue.stream().filter(open -> open.nonce() >= next).forEach(this::reprice);
    }

    private EthAddress sender() {
        return signer.address();
    }

    private List<Open> overdue() {
        return jdbc.sql("""
                        select purpose, nonce, hash, raw from chain_transaction
                        where sender = ? and outcome = 'OPEN' and priced_at < now() - make_interval(secs => ?)
                        order by nonce limit ?""")
                .params(sender().lower(), stuck.toMillis() / 1000.0, AT_ONCE)
                .query((row, i) -> new Open(
                        row.getString("purpose"), row.getLong("nonce"), row.getString("hash"), row.getString("raw")))
                .list();
    }

    private void reprice(Open open) {
        Instant now = clock.instant();
        RawTransaction raw = TransactionDecoder.decode(open.raw());
        if (!(raw.getTransaction() instanceof Transaction1559 offered)
                || !fees.isTooLow(offered.getMaxFeePerGas(), now)) {
            return;
        }
        Fees.Offer better =
                fees.above(new Fees.Offer(offered.getMaxPriorityFeePerGas(), offered.getMaxFeePerGas()), now);
        if (fees.isOverCap(better) || fees.isTooLow(better.maxFee(), now)) {
            if (saidStuck.add(open.purpose())) {
                LOG.warn("{} is stuck: what would get it into a block is over the cap", open.purpose());
            }
            return;
        }
        byte[] signed =
                signer.call(BigInteger.valueOf(open.nonce()), raw.getGasLimit(), raw.getTo(), raw.getData(), better);
        LOG.info("{} offers {} wei per gas instead of {}", open.purpose(), better.maxFee(), offered.getMaxFeePerGas());
        replace(open, signed);
    }

    private void replace(Open open, byte[] signed) {
        transactions.executeWithoutResult(status -> {
            int changed = jdbc.sql("""
                            update chain_transaction set hash = ?, raw = ?, priced_at = now(), sent_at = null
                            where purpose = ? and hash = ? and outcome = 'OPEN'""")
                    .params(Digest.of(Hash.sha3(signed)).hex(), Hex.of(signed), open.purpose(), open.hash())
                    .update();
            if (changed == 1) {
                jdbc.sql("insert into chain_attempt (hash, purpose) values (?, ?)")
                        .params(open.hash(), open.purpose())
                        .update();
            }
        });
    }

    private boolean isKnown(long nonce) {
        return jdbc.sql("""
                        select exists (select 1 from chain_transaction
                                       where sender = ? and nonce = ? and outcome <> 'REPLACED')""")
                .params(sender().lower(), nonce)
                .query(Boolean.class)
                .single();
    }

    private void fillGap(long nonce) {
        byte[] signed = signer.call(
                BigInteger.valueOf(nonce), TRANSFER_GAS, sender().lower(), "", fees.current(clock.instant()));
        LOG.warn("No transaction here has nonce {}, for which all others wait: an empty one takes it", nonce);
        jdbc.sql("""
                        insert into chain_transaction (purpose, sender, nonce, hash, raw) values (?, ?, ?, ?, ?)
                        on conflict do nothing""")
                .params(
                        "gap:" + nonce,
                        sender().lower(),
                        nonce,
                        Digest.of(Hash.sha3(signed)).hex(),
                        Hex.of(signed))
                .update();
    }
}
