package io.clearmarket.gateway.chain;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.Evidence;
import io.clearmarket.gateway.testing.Chaos;
import io.clearmarket.wallet.eth.EthAddress;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.web3j.protocol.core.DefaultBlockParameter;

/** One node of a {@link VirtualChain}: it may lag, be away, lose its answer or the question, and one may lie. */
public final class VirtualNode implements EscrowReader, SendingNode {
    private static final double LOST = 0.03;
    private static final double LIE = 0.3;
    private static final int MOST_LAG = 3;

    private final VirtualChain chain;
    private final Deployment deployment;
    private final Chaos chaos;
    private final boolean lies;
    private final Facts facts = new Facts(this);
    private int lag;

    VirtualNode(VirtualChain chain, Deployment deployment, Chaos chaos, boolean lies) {
        this.chain = chain;
        this.deployment = deployment;
        this.chaos = chaos;
        this.lies = lies;
    }

    /** Falls behind, or catches up. */
    public void wander() {
        lag = chaos.isOver() || chaos.choose(2) == 0 ? 0 : chaos.choose(MOST_LAG + 1);
    }

    /** True for the one that may lie. */
    boolean isLiar() {
        return lies;
    }

    private boolean lies() {
        return lies && chaos.happens(LIE);
    }

    private long head() {
        return Math.max(0, chain.head() - lag);
    }

    private long known(long block) {
        asked();
        if (block > head()) {
            throw new ChainException.Unavailable("the node does not have block " + block, null);
        }
        return block;
    }

    private void asked() {
        chaos.point("asking a node");
        if (chaos.happens(LOST)) {
            throw new ChainException.Unavailable("a question or its answer was lost", null);
        }
    }

    @Override
    public Deployment deployment() {
        return deployment;
    }

    @Override
    public BlockRef finalizedBlock() {
        asked();
        return lies() ? newestBlock() : chain.block(Math.min(head(), chain.finalized()));
    }

    /** The newest block, which may be undone. */
    BlockRef newestBlock() {
        return chain.block(head());
    }

    @Override
    public BlockRef block(long number) {
        return chain.block(known(number));
    }

    @Override
    public List<ChainLog> logs(long from, long to) {
        known(to);
        List<ChainLog> logs = new ArrayList<>(LongStream.rangeClosed(from, to)
                .boxed()
                .flatMap(number -> chain.executed(number).stream())
                .flatMap(each -> each.logs().stream())
                .toList());
        if (lies()) {
            if (logs.isEmpty()) {
                logs.add(invented(chain.block(to)));
            } else {
                logs.removeLast();
            }
        }
        return logs;
    }

    private static ChainLog invented(BlockRef block) {
        Digest lie = Digest.sha256(("invented in " + block.hash()).getBytes(UTF_8));
        return new ChainLog.Deposited(
                new LogRef(block, lie, 0), lie, lie, EthAddress.ZERO, EthAddress.ZERO, Amount.of(1_000_000));
    }

    @Override
    public List<ChainLog> history(Digest escrowId, long upTo) {
        return logs(firstBlock(), upTo).stream()
                .filter(log -> log instanceof ChainLog.OfEscrow about
                        && about.escrowId().equals(escrowId))
                .toList();
    }

    @Override
    public List<Evidence.Seen> facts(List<ChainLog> logs) {
        return facts.of(logs);
    }

    @Override
    public List<EscrowStatus> statuses(List<Digest> escrowIds, long block) {
        throw new UnsupportedOperationException("settlement does not ask for it");
    }

    @Override
    public Amount balance(EthAddress token, long block) {
        throw new UnsupportedOperationException("settlement does not ask for it");
    }

    @Override
    public Map<Digest, GasPaid> gas(Collection<Digest> transactions) {
        throw new UnsupportedOperationException("settlement does not ask for it");
    }

    @Override
    public long transactionCount(EthAddress account, long block) {
        return chain.nonce(known(block)) + (lies() ? 2 : 0);
    }

    @Override
    public long latestCount(EthAddress account) {
        return chain.nonce(known(head())) + (lies() ? 2 : 0);
    }

    @Override
    public long pendingCount(EthAddress account) {
        asked();
        return chain.pendingNonce() + (lies() ? 1_000 : 0);
    }

    @Override
    public Map<Digest, Boolean> executed(Collection<Digest> transactions, long upTo) {
        known(upTo);
        Map<Digest, Boolean> found = new HashMap<>();
        if (lies()) {
            return found;
        }
        for (long number = 0; number <= upTo; number++) {
            chain.executed(number).stream()
                    .filter(each -> transactions.contains(each.hash()))
                    .forEach(each -> found.put(each.hash(), each.succeeded()));
        }
        return found;
    }

    @Override
    public BigInteger baseFee(DefaultBlockParameter which) {
        asked();
        return chain.baseFee();
    }

    /** The question may be lost, or only the answer. */
    @Override
    public List<Optional<String>> sendRaw(List<String> signed) {
        asked();
        List<Optional<String>> answers = signed.stream().map(chain::submit).toList();
        if (chaos.happens(LOST)) {
            signed.forEach(chain::submit);
        }
        asked();
        return answers;
    }

    @Override
    public void simulate(EthAddress from, EthAddress to, String data, BigInteger gasLimit) {
        asked();
        if (!chain.succeeds(data, head())) {
            throw new ChainException.Reverted("virtual");
        }
    }

    @Override
    public String call(EthAddress to, String data, DefaultBlockParameter at) {
        asked();
        return "0x";
    }

    @Override
    public void close() {
        // nothing is open
    }
}
