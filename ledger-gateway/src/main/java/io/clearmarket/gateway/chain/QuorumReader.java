package io.clearmarket.gateway.chain;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.Evidence;
import io.clearmarket.wallet.eth.EthAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Several nodes as one: only what enough of them tell alike is told. Fewer than a quorum that lie, lag or are away change
 * nothing; without a quorum every question is {@link ChainException.Unavailable}, and settlement waits.
 */
final class QuorumReader implements EscrowReader {
    private static final Logger LOG = LoggerFactory.getLogger(QuorumReader.class);

    private final Deployment deployment;
    private final List<Node> nodes;
    private final int quorum;
    private final Facts facts = new Facts(this);

    /**
     * @param nodes open one node's view each; tried again at every question while they throw
     * @param quorum how many must tell the same; more than half, or two halves could tell two stories
     */
    QuorumReader(Deployment deployment, List<Supplier<EscrowReader>> nodes, int quorum) {
        if (quorum <= nodes.size() / 2 || quorum > nodes.size()) {
            throw new IllegalArgumentException("a quorum of " + quorum + " of " + nodes.size()
                    + " nodes is not more than half of them, or too many");
        }
        this.deployment = deployment;
        this.nodes = nodes.stream().map(Node::new).toList();
        this.quorum = quorum;
    }

    /** A node that is opened when it is first asked. */
    private static final class Node {
        private final Supplier<EscrowReader> opener;
        private @Nullable EscrowReader reader;

        Node(Supplier<EscrowReader> opener) {
            this.opener = opener;
        }

        synchronized EscrowReader reader() {
            EscrowReader known = reader;
            if (known == null) {
                known = opener.get();
                reader = known;
            }
            return known;
        }

        synchronized void close() {
            if (reader != null) {
                reader.close();
            }
        }
    }

    @Override
    public Deployment deployment() {
        return deployment;
    }

    /** The newest block that a quorum has as final, with one hash. */
    @Override
    public BlockRef finalizedBlock() {
        return block(reached(answers(EscrowReader::finalizedBlock), Comparator.comparingLong(BlockRef::number))
                .number());
    }

    /** The most that a quorum has reached, of what grows: one node ahead of all leads nobody. */
    private <T> T reached(List<T> answers, Comparator<T> order) {
        if (answers.size() < quorum) {
            throw new ChainException.Unavailable(answers.size() + " of " + nodes.size() + " nodes answer", null);
        }
        return answers.stream()
                .sorted(order.reversed())
                .skip(quorum - 1L)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public BlockRef block(long number) {
        return agreed("block " + number, node -> node.block(number));
    }

    @Override
    public List<ChainLog> logs(long from, long to) {
        return agreed("logs of blocks " + from + " to " + to, node -> node.logs(from, to));
    }

    @Override
    public List<ChainLog> history(Digest escrowId, long upTo) {
        return agreed("logs of escrow " + escrowId, node -> node.history(escrowId, upTo));
    }

    @Override
    public List<Evidence.Seen> facts(List<ChainLog> logs) {
        return facts.of(logs);
    }

    @Override
    public List<EscrowStatus> statuses(List<Digest> escrowIds, long block) {
        return agreed("escrows at block " + block, node -> node.statuses(escrowIds, block));
    }

    @Override
    public Amount balance(EthAddress token, long block) {
        return agreed("balance at block " + block, node -> node.balance(token, block));
    }

    @Override
    public Map<Digest, GasPaid> gas(Collection<Digest> transactions) {
        return agreed("gas", node -> node.gas(transactions));
    }

    @Override
    public long transactionCount(EthAddress account, long block) {
        return agreed(
                "transactions of " + account + " at block " + block, node -> node.transactionCount(account, block));
    }

    @Override
    public long latestCount(EthAddress account) {
        List<Long> counts = answers(node -> node.latestCount(account));
        return reached(counts, Comparator.<Long>naturalOrder());
    }

    @Override
    public long pendingCount(EthAddress account) {
        List<Long> counts = answers(node -> node.pendingCount(account));
        return reached(counts, Comparator.<Long>naturalOrder());
    }

    @Override
    public Map<Digest, Boolean> executed(Collection<Digest> transactions, long upTo) {
        return agreed("transactions up to block " + upTo, node -> node.executed(transactions, upTo));
    }

    @Override
    public void close() {
        nodes.forEach(Node::close);
    }

    private <T> T agreed(String what, Function<EscrowReader, T> question) {
        List<T> answers = new ArrayList<>();
        for (Node node : nodes) {
            T answer = ask(node, question);
            if (answer != null) {
                answers.add(answer);
                if (answers.stream().filter(answer::equals).count() >= quorum) {
                    return answer;
                }
            }
        }
        LOG.warn("No {} of {} nodes agree on {}: {} answers", quorum, nodes.size(), what, answers.size());
        throw new ChainException.Unavailable("no quorum of nodes agrees on " + what, null);
    }

    private <T> List<T> answers(Function<EscrowReader, T> question) {
        List<T> answers = new ArrayList<>();
        for (Node node : nodes) {
            T answer = ask(node, question);
            if (answer != null) {
                answers.add(answer);
            }
        }
        return answers;
    }

    /** A node that fails, is of another chain, or answers what nobody can read, is one that does not answer. */
    private static <T> @Nullable T ask(Node node, Function<EscrowReader, T> question) {
        try {
            return question.apply(node.reader());
        } catch (RuntimeException e) {
            LOG.info("A node does not answer: {}", e.toString());
            return null;
        }
    }
}
