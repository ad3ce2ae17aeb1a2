package io.clearmarket.gateway.chain;

import io.clearmarket.gateway.chain.TransactionStore.Stored;
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
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.TransactionDecoder;
import org.web3j.crypto.transaction.type.Transaction1559;

/**
 * Gets an account's transactions moving again. One that offers less than blocks now cost is signed anew with the same nonce,
 * call and a higher fee, and committed before it is sent, so that one of the two happens and never both. A nonce that no row
 * has, as after a database was restored from an old copy, is filled with a transaction that does nothing.
 */
final class Repricer {
    private static final Logger LOG = LoggerFactory.getLogger(Repricer.class);
    private static final BigInteger TRANSFER_GAS = BigInteger.valueOf(21_000);
    private static final int AT_ONCE = 50;

    private final EscrowReader reader;
    private final TransactionSigner signer;
    private final Fees fees;
    private final TransactionStore store;
    private final SendProbe probe;
    private final Clock clock;
    private final Duration stuck;

    /** So that each is said once and not in every round. */
    private final Set<String> saidStuck = ConcurrentHashMap.newKeySet();

    /** @param stuck how long a transaction may be in no block before its price is looked at */
    Repricer(
            EscrowReader reader,
            TransactionSigner signer,
            Fees fees,
            TransactionStore store,
            SendProbe probe,
            Clock clock,
            Duration stuck) {
        this.reader = reader;
        this.signer = signer;
        this.fees = fees;
        this.store = store;
        this.probe = probe;
        this.clock = clock;
        this.stuck = stuck;
    }

    /** Looks at what is overdue; asks the node only if something is. */
    void run() {
        List<Stored> overdue = store.pricedBefore(stuck, AT_ONCE);
        if (overdue.isEmpty()) {
            return;
        }
        long next = reader.latestCount(sender());
        if (overdue.getFirst().nonce() > next && !store.isKnown(next)) {
            fillGap(next);
        }
        overdue.stream().filter(open -> open.nonce() >= next).forEach(this::reprice);
    }

    private EthAddress sender() {
        return signer.address();
    }

    private void reprice(Stored open) {
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
        store.replace(open, DurableSender.stored(open.purpose(), open.nonce(), signed));
        probe.repricedNotSent();
    }

    private void fillGap(long nonce) {
        byte[] signed = signer.call(
                BigInteger.valueOf(nonce), TRANSFER_GAS, sender().lower(), "", fees.current(clock.instant()));
        LOG.warn("No transaction here has nonce {}, for which all others wait: an empty one takes it", nonce);
        store.insertIfFree(DurableSender.stored("gap:" + sender().lower() + ":" + nonce, nonce, signed));
    }
}
