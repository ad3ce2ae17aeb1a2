package io.clearmarket.gateway.chain;

import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.gateway.chain.ChainTransaction.Outcome;
import io.clearmarket.wallet.eth.EthAddress;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.web3j.crypto.Hash;
import org.web3j.protocol.core.DefaultBlockParameterName;
import org.web3j.protocol.core.methods.response.TransactionReceipt;

/**
 * Sends transactions from one account so that each takes effect at most once and, while the node lives, at last: a row
 * with the signed bytes and its nonce is committed before anything is sent; what is in doubt is sent again as the same bytes;
 * what offers too little is replaced under its own nonce; what became of it is looked up once the account's finalized nonce is past it. Many may be under way at once.
 */
final class DurableSender {
    private static final Logger LOG = LoggerFactory.getLogger(DurableSender.class);
    private static final int AT_ONCE = 200;

    /** The account is this sender's alone, so the chain only has to be asked in case the rows were lost. */
    private static final Duration FRESH = Duration.ofSeconds(5);

    private final Rpc rpc;
    private final EthAddress sender;
    private final TransactionSigner signer;
    private final Fees fees;
    private final Duration doubt;
    private final Repricer repricer;
    private final FreshValue<BigInteger> pendingNonce;
    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final SendProbe probe;
    private final Clock clock;

    /** This gateway's threads take turns here, several gateways at the database's lock. */
    private final ReentrantLock turn = new ReentrantLock();

    DurableSender(
            Rpc rpc,
            TransactionSigner signer,
            SenderSettings settings,
            JdbcClient jdbc,
            TransactionOperations transactions,
            SendProbe probe,
            Clock clock) {
        this.rpc = rpc;
        this.signer = signer;
        this.sender = signer.address();
        this.fees = new Fees(rpc, settings.feeCap());
        this.doubt = settings.doubt();
        this.repricer = new Repricer(rpc, signer, fees, jdbc, transactions, clock, settings.stuck());
        this.pendingNonce =
                new FreshValue<>(FRESH, () -> rpc.transactionCount(sender, DefaultBlockParameterName.PENDING));
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.probe = probe;
        this.clock = clock;
    }

    EthAddress sender() {
        return sender;
    }

    /**
     * Signs and persists; joins the caller's database transaction, if there is one. Nothing is sent before {@link #flush}. A
     * purpose that was signed before is answered with what was signed then.
     */
    Digest sign(String purpose, EthAddress to, String data, BigInteger gasLimit) {
        Fees.Offer offer = fees.current(clock.instant());
        BigInteger pending = pendingNonce.current(clock.instant());
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            return signInTurn(purpose, to, data, gasLimit, offer, pending);
        }
        // whoever waits here holds no connection and no snapshot, unlike at the database's lock
        turn.lock();
        try {
            return signInTurn(purpose, to, data, gasLimit, offer, pending);
        } finally {
            turn.unlock();
        }
    }

    private Digest signInTurn(
            String purpose, EthAddress to, String data, BigInteger gasLimit, Fees.Offer offer, BigInteger pending) {
        return transactions.execute(status -> {
            lockSender();
            return find(purpose).map(ChainTransaction::hash).orElseGet(() -> {
                BigInteger nonce = nextNonce(pending);
                return insert(purpose, nonce, signer.call(nonce, gasLimit, to.lower(), data, offer));
            });
        });
    }

    /** What became of a purpose, if it was ever signed. */
    Optional<ChainTransaction> find(String purpose) {
        return jdbc.sql("select hash, outcome from chain_transaction where purpose = ?")
                .param(purpose)
                .query((row, i) -> new ChainTransaction(
                        purpose, new Digest(row.getString("hash")), Outcome.valueOf(row.getString("outcome"))))
                .optional();
    }

    /** Sends what is signed and not sent, in order of nonces. */
    void flush() {
        send(jdbc.sql("""
                        select hash, raw from chain_transaction
                        where sender = ? and outcome = 'OPEN' and sent_at is null order by nonce limit ?""")
                .params(sender.lower(), AT_ONCE)
                .query((row, i) -> new Signed(row.getString("hash"), row.getString("raw")))
                .list());
    }

    /** Sends again what was sent a while ago and is in no block. */
    void resendDoubtful() {
        List<Signed> doubtful = jdbc.sql("""
                        select hash, raw from chain_transaction
                        where sender = ? and outcome = 'OPEN' and sent_at < now() - make_interval(secs => ?)
                        order by nonce limit ?""")
                .params(sender.lower(), doubt.toMillis() / 1000.0, AT_ONCE)
                .query((row, i) -> new Signed(row.getString("hash"), row.getString("raw")))
                .list();
        if (!doubtful.isEmpty()) {
            LOG.info("Sending {} transactions again, the first is {}", doubtful.size(), doubtful.getFirst().hash);
            send(doubtful);
        }
    }

    /** Raises the price of what offers too little, and fills gaps of nonces. */
    void reprice() {
        repricer.run();
    }

    /** Looks up what became of the transactions whose nonces are final. */
    void resolve() {
        if (open() == 0) {
            return;
        }
        Map<String, List<String>> open = openBelow(rpc.transactionCount(sender, DefaultBlockParameterName.FINALIZED));
        if (open.isEmpty()) {
            return;
        }
        Map<String, TransactionReceipt> receipts =
                rpc
                        .receipts(open.values().stream()
                                .flatMap(List::stream)
                                .map(hash -> "0x" + hash)
                                .toList())
                        .stream()
                        .collect(Collectors.toMap(
                                receipt -> receipt.getTransactionHash().substring(2), Function.identity()));
        open.forEach((purpose, hashes) -> {
            String happened =
                    hashes.stream().filter(receipts::containsKey).findFirst().orElse(hashes.getFirst());
            finish(purpose, happened, outcome(receipts.get(happened)));
        });
    }

    private void finish(String purpose, String hash, Outcome outcome) {
        jdbc.sql("update chain_transaction set hash = ?, outcome = ? where purpose = ? and outcome = 'OPEN'")
                .params(hash, outcome.name(), purpose)
                .update();
        if (outcome != Outcome.SUCCEEDED) {
            LOG.warn("{}: transaction {} is final: {}", purpose, hash, outcome);
        }
    }

    private static Outcome outcome(@Nullable TransactionReceipt receipt) {
        if (receipt == null) {
            return Outcome.REPLACED;
        }
        return receipt.isStatusOK() ? Outcome.SUCCEEDED : Outcome.REVERTED;
    }

    /** How many are signed and not final. */
    long open() {
        return jdbc.sql("select count(*) from chain_transaction where sender = ? and outcome = 'OPEN'")
                .param(sender.lower())
                .query(Long.class)
                .single();
    }

    private record Signed(String hash, String raw) {}

    private void send(List<Signed> signed) {
        if (signed.isEmpty()) {
            return;
        }
        List<Optional<String>> answers =
                rpc.sendRaw(signed.stream().map(Signed::raw).toList());
        probe.sentNotMarked();
        for (int i = 0; i < signed.size(); i++) {
            String hash = signed.get(i).hash;
            // "already known" and "nonce too low" mean that it arrived; whatever else it is, the row stays and is tried
            // again
            answers.get(i).ifPresent(error -> LOG.debug("The node said of {}: {}", hash, error));
        }
        jdbc.sql("update chain_transaction set sent_at = now() where hash = any(?)")
                .param(signed.stream().map(Signed::hash).toArray(String[]::new))
                .update();
    }

    /** By purpose the hashes that it ever had, the newest first. */
    private Map<String, List<String>> openBelow(BigInteger finalizedNonce) {
        return jdbc
                .sql("""
                        with open as (
                            select purpose, hash, nonce from chain_transaction
                            where sender = ? and outcome = 'OPEN' and nonce < ? order by nonce limit ?)
                        select purpose, hash, nonce, now() as at from open
                        union all
                        select purpose, a.hash, nonce, a.replaced_at from chain_attempt a join open using (purpose)
                        order by nonce, at desc""")
                .params(sender.lower(), finalizedNonce.longValueExact(), AT_ONCE)
                .query((row, i) -> Map.entry(row.getString("purpose"), row.getString("hash")))
                .list()
                .stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey,
                        LinkedHashMap::new,
                        Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    }

    /** One signs at a time: a nonce is taken by the row that is committed with it. */
    private void lockSender() {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(?, 0))")
                .param("chain_transaction " + sender.lower())
                .query((row, i) -> true)
                .single();
    }

    private BigInteger nextNonce(BigInteger pending) {
        long stored = jdbc.sql("select coalesce(max(nonce) + 1, 0) from chain_transaction where sender = ?")
                .param(sender.lower())
                .query(Long.class)
                .single();
        return BigInteger.valueOf(stored).max(pending);
    }

    private Digest insert(String purpose, BigInteger nonce, byte[] signed) {
        Digest hash = Digest.of(Hash.sha3(signed));
        jdbc.sql("insert into chain_transaction (purpose, sender, nonce, hash, raw) values (?, ?, ?, ?, ?)")
                .params(purpose, sender.lower(), nonce.longValueExact(), hash.hex(), Hex.of(signed))
                .update();
        return hash;
    }
}
