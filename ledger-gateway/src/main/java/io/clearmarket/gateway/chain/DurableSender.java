package io.clearmarket.gateway.chain;

import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.gateway.chain.ChainTransaction.Outcome;
import io.clearmarket.gateway.chain.TransactionStore.Stored;
import io.clearmarket.wallet.eth.EthAddress;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.web3j.crypto.Hash;

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

    private final SendingNode node;
    private final EscrowReader reader;
    private final EthAddress sender;
    private final TransactionSigner signer;
    private final Fees fees;
    private final Duration doubt;
    private final Repricer repricer;
    private final FreshValue<Long> pendingNonce;
    private final TransactionStore store;
    private final TransactionOperations transactions;
    private final SendProbe probe;
    private final Clock clock;

    /** This gateway's threads take turns here, several gateways at the store's lock. */
    private final ReentrantLock turn = new ReentrantLock();

    /**
     * @param node for sending
     * @param reader for looking up what became of what was sent
     * @param store of the signer's account
     */
    DurableSender(
            SendingNode node,
            EscrowReader reader,
            TransactionSigner signer,
            SenderSettings settings,
            TransactionStore store,
            TransactionOperations transactions,
            SendProbe probe,
            Clock clock) {
        this.node = node;
        this.reader = reader;
        this.signer = signer;
        this.sender = signer.address();
        this.fees = new Fees(node, settings.feeCap());
        this.doubt = settings.doubt();
        this.repricer = new Repricer(reader, signer, fees, store, probe, clock, settings.stuck());
        this.pendingNonce = new FreshValue<>(FRESH, () -> reader.pendingCount(sender));
        this.store = store;
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
        long pending = pendingNonce.current(clock.instant());
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            return signInTurn(purpose, to, data, gasLimit, offer, pending);
        }
        // whoever waits here holds no connection and no snapshot, unlike at the store's lock
        turn.lock();
        try {
            return signInTurn(purpose, to, data, gasLimit, offer, pending);
        } finally {
            turn.unlock();
        }
    }

    private Digest signInTurn(
            String purpose, EthAddress to, String data, BigInteger gasLimit, Fees.Offer offer, long pending) {
        return transactions.execute(status -> {
            store.lock();
            return store.find(purpose).map(ChainTransaction::hash).orElseGet(() -> {
                long nonce = Math.max(store.nextNonce(), pending);
                Stored signed = stored(
                        purpose, nonce, signer.call(BigInteger.valueOf(nonce), gasLimit, to.lower(), data, offer));
                store.insert(signed);
                return signed.hash();
            });
        });
    }

    /** A signed transaction as it is stored. */
    static Stored stored(String purpose, long nonce, byte[] signed) {
        return new Stored(purpose, nonce, Digest.of(Hash.sha3(signed)), Hex.of(signed));
    }

    /** What became of a purpose, if it was ever signed. */
    Optional<ChainTransaction> find(String purpose) {
        return store.find(purpose);
    }

    /** Sends what is signed and not sent, in order of nonces. */
    void flush() {
        send(store.unsent(AT_ONCE));
    }

    /** Sends again what was sent a while ago and is in no block. */
    void resendDoubtful() {
        List<Stored> doubtful = store.sentBefore(doubt, AT_ONCE);
        if (!doubtful.isEmpty()) {
            LOG.info(
                    "Sending {} transactions again, the first is {}",
                    doubtful.size(),
                    doubtful.getFirst().hash());
            send(doubtful);
        }
    }

    /** Raises the price of what offers too little, and fills gaps of nonces. */
    void reprice() {
        repricer.run();
    }

    /** Looks up what became of the transactions whose nonces are final. */
    void resolve() {
        if (store.open() == 0) {
            return;
        }
        long head = reader.finalizedBlock().number();
        Map<String, List<Digest>> open = store.openBelow(reader.transactionCount(sender, head), AT_ONCE);
        if (open.isEmpty()) {
            return;
        }
        Map<Digest, Boolean> executed =
                reader.executed(open.values().stream().flatMap(List::stream).toList(), head);
        open.forEach((purpose, hashes) -> {
            Digest happened =
                    hashes.stream().filter(executed::containsKey).findFirst().orElse(hashes.getFirst());
            finish(purpose, happened, outcome(executed.get(happened)));
        });
    }

    private void finish(String purpose, Digest hash, Outcome outcome) {
        store.finish(purpose, hash, outcome);
        if (outcome != Outcome.SUCCEEDED) {
            LOG.warn("{}: transaction {} is final: {}", purpose, hash, outcome);
        }
    }

    private static Outcome outcome(@Nullable Boolean succeeded) {
        if (succeeded == null) {
            return Outcome.REPLACED;
        }
        return succeeded ? Outcome.SUCCEEDED : Outcome.REVERTED;
    }

    /** How many are signed and not final. */
    long open() {
        return store.open();
    }

    private void send(List<Stored> signed) {
        if (signed.isEmpty()) {
            return;
        }
        List<Optional<String>> answers =
                node.sendRaw(signed.stream().map(Stored::raw).toList());
        probe.sentNotMarked();
        for (int i = 0; i < signed.size(); i++) {
            Digest hash = signed.get(i).hash();
            // "already known" and "nonce too low" mean that it arrived; whatever else it is, the row stays and is tried
            // again
            answers.get(i).ifPresent(error -> LOG.debug("The node said of {}: {}", hash, error));
        }
        store.sent(signed.stream().map(Stored::hash).toList());
    }
}
