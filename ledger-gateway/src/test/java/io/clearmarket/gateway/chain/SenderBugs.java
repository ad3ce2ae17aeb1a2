package io.clearmarket.gateway.chain;

import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.gateway.testing.Bug;
import io.clearmarket.wallet.eth.EthAddress;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.TransactionDecoder;
import org.web3j.crypto.transaction.type.Transaction1559;
import org.web3j.protocol.core.DefaultBlockParameter;

/** Known bugs of senders, put around the real store and node; without a bug they are the real ones. */
final class SenderBugs {
    private static final String AGAIN = " again";
    private static final int ALL = 1_000;

    private final Set<Bug> bugs;
    private final TransactionStore store;
    private final TransactionSigner signer;
    private final SendingNode node;

    SenderBugs(Set<Bug> bugs, TransactionStore store, TransactionSigner signer, SendingNode node) {
        this.bugs = bugs;
        this.store = store;
        this.signer = signer;
        this.node = node;
    }

    TransactionStore store() {
        return Stream.of(Bug.SENT_BEFORE_PERSISTED, Bug.REPLACEMENT_FORGOTTEN, Bug.REPLACED_UNDER_NEW_NONCE)
                        .anyMatch(bugs::contains)
                ? new BrokenStore()
                : store;
    }

    SendingNode node() {
        return bugs.contains(Bug.DOUBLE_SEND_AFTER_TIMEOUT) ? new BrokenNode() : node;
    }

    /** The same call under the next nonce, as a row of its own. */
    private void signAgain(TransactionStore.Stored stored, Fees.Offer offer) {
        if (stored.purpose().contains(AGAIN)) {
            return;
        }
        RawTransaction raw = TransactionDecoder.decode(stored.raw());
        long nonce = store.nextNonce();
        byte[] signed = signer.call(BigInteger.valueOf(nonce), raw.getGasLimit(), raw.getTo(), raw.getData(), offer);
        store.insertIfFree(DurableSender.stored(stored.purpose() + AGAIN, nonce, signed));
    }

    private static Fees.Offer offer(String raw) {
        Transaction1559 offered =
                (Transaction1559) TransactionDecoder.decode(raw).getTransaction();
        return new Fees.Offer(offered.getMaxPriorityFeePerGas(), offered.getMaxFeePerGas());
    }

    private final class BrokenNode implements SendingNode {
        @Override
        public BigInteger baseFee(DefaultBlockParameter which) {
            return node.baseFee(which);
        }

        @Override
        public List<Optional<String>> sendRaw(List<String> signed) {
            try {
                return node.sendRaw(signed);
            } catch (ChainException.Unavailable noAnswer) {
                Stream.concat(store.unsent(ALL).stream(), store.sentBefore(Duration.ZERO, ALL).stream())
                        .filter(stored -> signed.contains(stored.raw()))
                        .forEach(stored -> signAgain(stored, offer(stored.raw())));
                throw noAnswer;
            }
        }

        @Override
        public void simulate(EthAddress from, EthAddress to, String data, BigInteger gasLimit) {
            node.simulate(from, to, data, gasLimit);
        }

        @Override
        public String call(EthAddress to, String data, DefaultBlockParameter at) {
            return node.call(to, data, at);
        }

        @Override
        public void close() {
            node.close();
        }
    }

    private final class BrokenStore implements TransactionStore {
        @Override
        public void insert(Stored signed) {
            if (bugs.contains(Bug.SENT_BEFORE_PERSISTED)) {
                node.sendRaw(List.of(signed.raw()));
            }
            store.insert(signed);
        }

        @Override
        public void replace(Stored old, Stored better) {
            if (bugs.contains(Bug.REPLACED_UNDER_NEW_NONCE)) {
                signAgain(old, offer(better.raw()));
            } else {
                store.replace(old, better);
            }
        }

        @Override
        public Map<String, List<Digest>> openBelow(long nonce, int limit) {
            Map<String, List<Digest>> open = store.openBelow(nonce, limit);
            if (bugs.contains(Bug.REPLACEMENT_FORGOTTEN)) {
                open.replaceAll((purpose, hashes) -> hashes.subList(0, 1));
            }
            return open;
        }

        @Override
        public void lock() {
            store.lock();
        }

        @Override
        public Optional<ChainTransaction> find(String purpose) {
            return store.find(purpose);
        }

        @Override
        public long nextNonce() {
            return store.nextNonce();
        }

        @Override
        public void insertIfFree(Stored signed) {
            store.insertIfFree(signed);
        }

        @Override
        public List<Stored> unsent(int limit) {
            return store.unsent(limit);
        }

        @Override
        public List<Stored> sentBefore(Duration ago, int limit) {
            return store.sentBefore(ago, limit);
        }

        @Override
        public List<Stored> pricedBefore(Duration ago, int limit) {
            return store.pricedBefore(ago, limit);
        }

        @Override
        public boolean isKnown(long nonce) {
            return store.isKnown(nonce);
        }

        @Override
        public void sent(List<Digest> hashes) {
            store.sent(hashes);
        }

        @Override
        public void finish(String purpose, Digest hash, ChainTransaction.Outcome outcome) {
            store.finish(purpose, hash, outcome);
        }

        @Override
        public long open() {
            return store.open();
        }
    }
}
