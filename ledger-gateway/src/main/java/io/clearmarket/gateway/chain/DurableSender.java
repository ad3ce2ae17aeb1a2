package io.clearmarket.gateway.chain;

import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.gateway.chain.ChainTransaction.Outcome;
import io.clearmarket.wallet.eth.EthAddress;
import io.clearmarket.wallet.eth.Secp256k1Key;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
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
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.Sign;
import org.web3j.crypto.TransactionEncoder;
import org.web3j.protocol.core.DefaultBlockParameterName;
import org.web3j.protocol.core.methods.response.TransactionReceipt;

/**
 * Sends transactions from one account so that each takes effect at most once and, while the node lives, at last: a row
 * with the signed bytes and its nonce is committed before anything is sent; what is in doubt is sent again as the same bytes;
 * what became of it is looked up once the account's finalized nonce is past it. Many may be under way at once.
 */
final class DurableSender {
    private static final Logger LOG = LoggerFactory.getLogger(DurableSender.class);
    private static final Duration DOUBT = Duration.ofSeconds(15);
    private static final int AT_ONCE = 200;
    private static final int WORD = 32;

    /** The account is this sender's alone, so the chain only has to be asked in case the rows were lost. */
    private static final Duration FRESH = Duration.ofSeconds(5);

    private final Rpc rpc;
    private final long chainId;
    private final EthAddress sender;
    private final Secp256k1Key key;
    private final Fees fees;
    private final FreshValue<BigInteger> pendingNonce;
    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final SendProbe probe;
    private final Clock clock;

    /** This gateway's threads take turns here, several gateways at the database's lock. */
    private final ReentrantLock turn = new ReentrantLock();

    DurableSender(
            Rpc rpc,
            long chainId,
            Secp256k1Key key,
            JdbcClient jdbc,
            TransactionOperations transactions,
            SendProbe probe,
            Clock clock) {
        this.rpc = rpc;
        this.chainId = chainId;
        this.sender = key.address();
        this.key = key;
        this.fees = new Fees(rpc);
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
                RawTransaction raw = RawTransaction.createTransaction(
                        chainId,
                        nonce,
                        gasLimit,
                        to.lower(),
                        BigInteger.ZERO,
                        data,
                        offer.maxPriorityFee(),
                        offer.maxFee());
                return insert(purpose, nonce, signed(raw));
            });
        });
    }

    private byte[] signed(RawTransaction raw) {
        byte[] signature = key.signDigest(Hash.sha3(TransactionEncoder.encode(raw)));
        return TransactionEncoder.encode(
                raw,
                new Sign.SignatureData(
                        signature[2 * WORD],
                        Arrays.copyOfRange(signature, 0, WORD),
                        Arrays.copyOfRange(signature, WORD, 2 * WORD)));
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
                .params(sender.lower(), DOUBT.toSeconds(), AT_ONCE)
                .query((row, i) -> new Signed(row.getString("hash"), row.getString("raw")))
                .list();
        if (!doubtful.isEmpty()) {
            LOG.info("Sending {} transactions again, the first is {}", doubtful.size(), doubtful.getFirst().hash);
            send(doubtful);
        }
    }

    /** Looks up what became of the transactions whose nonces are final. */
    void resolve() {
        if (open() == 0) {
            return;
        }
        List<String> hashes = openBelow(rpc.transactionCount(sender, DefaultBlockParameterName.FINALIZED));
        if (hashes.isEmpty()) {
            return;
        }
        Map<String, TransactionReceipt> receipts =
                rpc.receipts(hashes.stream().map(hash -> "0x" + hash).toList()).stream()
                        .collect(Collectors.toMap(
                                receipt -> receipt.getTransactionHash().substring(2), Function.identity()));
        Map<Outcome, List<String>> outcomes =
                hashes.stream().collect(Collectors.groupingBy(hash -> outcome(receipts.get(hash))));
        outcomes.forEach((outcome, ended) -> {
            jdbc.sql("update chain_transaction set outcome = ? where hash = any(?) and outcome = 'OPEN'")
                    .params(outcome.name(), ended.toArray(String[]::new))
                    .update();
            if (outcome != Outcome.SUCCEEDED) {
                LOG.warn("Transactions {} are final: {}", ended, outcome);
            }
        });
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

    private List<String> openBelow(BigInteger finalizedNonce) {
        return jdbc.sql("""
                        select hash from chain_transaction
                        where sender = ? and outcome = 'OPEN' and nonce < ? order by nonce limit ?""")
                .params(sender.lower(), finalizedNonce.longValueExact(), AT_ONCE)
                .query((row, i) -> row.getString("hash"))
                .list();
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
