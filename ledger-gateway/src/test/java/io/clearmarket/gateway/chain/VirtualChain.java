package io.clearmarket.gateway.chain;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.Evidence;
import io.clearmarket.gateway.testing.Chaos;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.web3j.crypto.Hash;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.TransactionDecoder;
import org.web3j.crypto.transaction.type.Transaction1559;
import org.web3j.utils.Numeric;

/**
 * A settlement chain in virtual time: blocks, one account's transactions that wait for them, reorganisations, and what the escrow contract
 * makes of calls ({@link VirtualContract}). A block is final {@value #FINAL_AFTER} blocks later.
 */
public final class VirtualChain {
    /** How many blocks later a block can no longer be undone. */
    public static final int FINAL_AFTER = 3;

    private static final double UNHEARD = 0.3;
    private static final long NORMAL_FEE = 1_000_000_000L;

    private record Waiting(Digest hash, long nonce, BigInteger maxFee, String data) {}

    /** A transaction in a block. */
    record Executed(Digest hash, long nonce, boolean succeeded, List<ChainLog> logs, Waiting transaction) {}

    private record Block(BlockRef ref, List<Executed> executed, VirtualContract.State after, long nonce) {}

    private final Chaos chaos;
    private final VirtualContract contract;
    private final List<Block> blocks = new ArrayList<>();
    private final TreeMap<Long, Waiting> pool = new TreeMap<>();
    private long finalized;
    private long baseFee = NORMAL_FEE;
    private long made;

    VirtualChain(Chaos chaos, VirtualContract contract, Instant genesis) {
        this.chaos = chaos;
        this.contract = contract;
        blocks.add(new Block(ref(0, genesis), List.of(), VirtualContract.State.EMPTY, 0));
    }

    private BlockRef ref(long number, Instant time) {
        return new BlockRef(number, Digest.sha256(("block " + number + " " + made++).getBytes(UTF_8)), time);
    }

    long head() {
        return blocks.size() - 1L;
    }

    long finalized() {
        return finalized;
    }

    BlockRef block(long number) {
        return blocks.get((int) number).ref;
    }

    List<Executed> executed(long number) {
        return blocks.get((int) number).executed;
    }

    VirtualContract.State state(long number) {
        return blocks.get((int) number).after;
    }

    /** How many transactions the account has sent up to a block. */
    long nonce(long number) {
        return blocks.get((int) number).nonce;
    }

    /** The same, and those without a gap that wait. */
    long pendingNonce() {
        long next = nonce(head());
        while (pool.containsKey(next)) {
            next++;
        }
        return next;
    }

    BigInteger baseFee() {
        return BigInteger.valueOf(baseFee);
    }

    /** Takes a signed transaction as a node does; what it has against it. */
    Optional<String> submit(String raw) {
        RawTransaction decoded = TransactionDecoder.decode(raw);
        Transaction1559 offer = (Transaction1559) decoded.getTransaction();
        Waiting wanted = new Waiting(
                Digest.of(Hash.sha3(Numeric.hexStringToByteArray(raw))),
                decoded.getNonce().longValueExact(),
                offer.getMaxFeePerGas(),
                decoded.getData());
        if (wanted.nonce < nonce(head())) {
            return Optional.of("nonce too low");
        }
        Waiting known = pool.get(wanted.nonce);
        if (known != null && known.hash.equals(wanted.hash)) {
            return Optional.of("already known");
        }
        if (known != null
                && wanted.maxFee.multiply(BigInteger.TEN).compareTo(known.maxFee.multiply(BigInteger.valueOf(11)))
                        < 0) {
            return Optional.of("replacement transaction underpriced");
        }
        // who makes blocks may not have heard of a replacement
        if (known == null || !chaos.happens(UNHEARD)) {
            pool.put(wanted.nonce, wanted);
        }
        return Optional.empty();
    }

    /** True if a call would succeed after a block. */
    boolean succeeds(String data, long number) {
        LogRef nowhere = new LogRef(block(number), Digest.ZERO, 0);
        return contract.execute(state(number), data, nowhere).succeeded();
    }

    /** Makes the next block of what waits and pays enough. */
    public void mine(Instant now) {
        mine(now, true);
    }

    private void mine(Instant now, boolean withPool) {
        Block parent = blocks.getLast();
        BlockRef ref = ref(head() + 1, now);
        VirtualContract.State state = parent.after;
        long nonce = parent.nonce;
        long logIndex = 0;
        List<Executed> executed = new ArrayList<>();
        while (withPool) {
            Waiting next = pool.get(nonce);
            if (next == null || next.maxFee.compareTo(baseFee()) < 0) {
                break;
            }
            VirtualContract.Result result = contract.execute(state, next.data, new LogRef(ref, next.hash, logIndex));
            executed.add(new Executed(next.hash, nonce, result.succeeded(), result.logs(), next));
            state = result.after();
            logIndex += result.logs().size();
            pool.remove(nonce);
            nonce++;
        }
        blocks.add(new Block(ref, executed, state, nonce));
        finalized = Math.max(finalized, head() - FINAL_AFTER);
    }

    /** The newest blocks that are not final give way to others, which may lack what was in them. */
    public void reorganise(Instant now) {
        int depth = 1 + chaos.choose(FINAL_AFTER);
        if (head() - depth < finalized) {
            return;
        }
        for (int i = 0; i < depth; i++) {
            blocks.removeLast().executed.forEach(each -> {
                if (chaos.choose(4) != 0) {
                    pool.putIfAbsent(each.nonce, each.transaction);
                }
            });
        }
        boolean again = chaos.choose(2) == 0;
        for (int i = 0; i <= depth; i++) {
            mine(now, again);
        }
    }

    /** Nodes forget what waits. */
    public void drop() {
        pool.clear();
    }

    /** Somebody else who has the account's key uses the next nonce. */
    public void takeNonce() {
        long nonce = nonce(head());
        Digest hash = Digest.sha256(("foreign " + made++).getBytes(UTF_8));
        pool.put(nonce, new Waiting(hash, nonce, BigInteger.valueOf(1_000 * NORMAL_FEE), "0x"));
    }

    /** Blocks cost this many times as much as usual. */
    public void price(int times) {
        baseFee = NORMAL_FEE * times;
    }

    /** Whether a transaction is in a final block, and succeeded; empty if it is in none. */
    public Optional<Boolean> fate(Digest hash) {
        return blocks.subList(0, (int) finalized + 1).stream()
                .flatMap(block -> block.executed.stream())
                .filter(each -> each.hash.equals(hash))
                .map(Executed::succeeded)
                .findFirst();
    }

    /** True if a final block has the log that the fact tells of. */
    public boolean isFinal(Evidence.Seen seen) {
        return seen.blockNumber() <= finalized
                && block(seen.blockNumber()).hash().equals(seen.blockHash())
                && executed(seen.blockNumber()).stream()
                        .flatMap(each -> each.logs.stream())
                        .anyMatch(log -> log.ref().transaction().equals(seen.transaction())
                                && log.ref().logIndex() == seen.logIndex());
    }

    /** What the contract knows in the newest final block. */
    public VirtualContract.State finalState() {
        return state(finalized);
    }
}
